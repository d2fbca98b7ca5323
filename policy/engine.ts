import { Secret, type Policies, type PolicyResource, type ResourceValidationArgs } from "@pulumi/policy";
import {
  judgeResource,
  judgeStack,
  judgeTogether,
  unversioned,
  type Resource,
  type Rule,
  type SecretRule,
  type StackResource,
} from "./rule";
import type { Props } from "./values";

/** A rule as the engine runs it. Where a preview does not have a value yet, the SDK reports that the rule cannot run. */
export function asPolicy(rule: Rule): Policies[number] {
  const { name, description } = rule;
  const policy = { name, description, enforcementLevel: "mandatory" } as const;
  switch (rule.kind) {
    case "resource":
      if (rule.together === true) {
        return {
          ...policy,
          validateStack: ({ resources }, report) => {
            for (const says of judgeTogether(rule, resources.map(resource))) report(says);
          },
        };
      }
      return {
        ...policy,
        validateResource: (given, report) => {
          for (const says of judgeResource(rule, resource(given))) report(says);
        },
      };
    case "stack":
      return {
        ...policy,
        validateStack: ({ resources }, report) => {
          for (const { urn, says } of judgeStack(rule, resources.map(stackResource))) report(says, urn);
        },
      };
    case "secret":
      // Only remediations see what is secret, validations do not: so this rule fixes what it finds.
      return { ...policy, enforcementLevel: "remediate", remediateResource: (given) => encrypt(rule, given) };
  }
}

function resource({ urn, type, name, props, opts }: ResourceValidationArgs | PolicyResource): Resource {
  const { additionalSecretOutputs } = opts;
  return { urn, type, name, props: props as Props, additionalSecretOutputs };
}

function stackResource(given: PolicyResource): StackResource {
  const madeOf = Object.entries(given.propertyDependencies).map(
    ([key, sources]) => [key, sources.map(({ urn }) => urn)] as const,
  );
  return { ...resource(given), parentType: given.parent?.type, madeOf: Object.fromEntries(madeOf) };
}

function encrypt(rule: SecretRule, { type, props }: ResourceValidationArgs) {
  const plaintext = (rule.properties[unversioned(type)] ?? []).filter((key) => isPlaintext(props, key));
  if (plaintext.length === 0) return undefined;
  for (const key of plaintext) props[key] = new Secret(props[key]);
  return props;
}

/** Reading a property unwraps a secret; its descriptor does not. What a preview does not have yet is left alone. */
function isPlaintext(props: object, key: string): boolean {
  const property = Object.getOwnPropertyDescriptor(props, key);
  return property !== undefined && !(property.value instanceof Secret) && isKnown(props, key);
}

/** The SDK throws when an unknown value is read, and has no other way to detect one. */
function isKnown(props: object, key: string): boolean {
  try {
    Reflect.get(props, key);
    return true;
  } catch {
    return false;
  }
}
