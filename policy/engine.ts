import {
  Secret,
  type Policies,
  type PolicyResource,
  type ResourceValidationArgs,
  type StackValidationArgs,
} from "@pulumi/policy";
import {
  judgeResource,
  judgeStack,
  unversioned,
  type ResourceRule,
  type Rule,
  type SecretRule,
  type StackResource,
  type StackRule,
} from "./rule";
import type { Props } from "./values";

/** A rule as the engine runs it. Whatever a preview does not know yet makes the SDK say that it cannot judge it. */
export function asPolicy(rule: Rule): Policies[number] {
  switch (rule.kind) {
    case "resource":
      return asResourcePolicy(rule);
    case "stack":
      return asStackPolicy(rule);
    case "secret":
      return asRemediation(rule);
  }
}

function asResourcePolicy(rule: ResourceRule): Policies[number] {
  const { name, description } = rule;
  return {
    name,
    description,
    enforcementLevel: "mandatory",
    validateResource: ({ urn, type, name, props, opts }, report) => {
      const { additionalSecretOutputs } = opts;
      for (const says of judgeResource(rule, {
        urn,
        type,
        name,
        props: props as Props,
        additionalSecretOutputs,
      }))
        report(says);
    },
  };
}

function asStackPolicy(rule: StackRule): Policies[number] {
  const { name, description } = rule;
  return {
    name,
    description,
    enforcementLevel: "mandatory",
    validateStack: ({ resources }: StackValidationArgs, report) => {
      for (const { urn, says } of judgeStack(rule, resources.map(plain))) report(says, urn);
    },
  };
}

function plain({
  urn,
  type,
  name,
  props,
  opts,
  parent,
  propertyDependencies,
}: PolicyResource): StackResource {
  return {
    urn,
    type,
    name,
    props: props as Props,
    additionalSecretOutputs: opts.additionalSecretOutputs,
    parentType: parent?.type,
    madeOf: Object.fromEntries(
      Object.entries(propertyDependencies).map(([key, sources]) => [
        key,
        sources.map((source) => source.urn),
      ]),
    ),
  };
}

/** Validations never learn what is secret, only remediations do: so this rule mends what others would refuse. */
function asRemediation(rule: SecretRule): Policies[number] {
  const { name, description } = rule;
  return {
    name,
    description,
    enforcementLevel: "remediate",
    remediateResource: ({ type, props }: ResourceValidationArgs) => {
      const plaintext = (rule.properties[unversioned(type)] ?? []).filter((key) => isPlaintext(props, key));
      if (plaintext.length === 0) return undefined;
      for (const key of plaintext) props[key] = new Secret(props[key]);
      return props;
    },
  };
}

/** Reading a property unwraps a secret; its descriptor shows it as it came. What a preview does not know is let be. */
function isPlaintext(props: object, key: string): boolean {
  const property = Object.getOwnPropertyDescriptor(props, key);
  return property !== undefined && !(property.value instanceof Secret) && isKnown(props, key);
}

/** The SDK throws at a read of what is unknown, and tells it in no other way. */
function isKnown(props: object, key: string): boolean {
  try {
    Reflect.get(props, key);
    return true;
  } catch {
    return false;
  }
}
