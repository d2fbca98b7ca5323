import { isDevelopment } from "./organisation";
import type { Props } from "./values";

/** A resource as the engine is about to create or update it. */
export interface Resource {
  readonly urn: string;
  /** Pulumi's token, as `aws:ec2/vpc:Vpc`. */
  readonly type: string;
  /** The logical name. */
  readonly name: string;
  /** The inputs; in a stack rule the outputs. Reading what a preview does not know yet throws (@pulumi/policy). */
  readonly props: Props;
  /** Outputs that the state keeps encrypted whatever the provider says. */
  readonly additionalSecretOutputs: readonly string[];
}

/** A resource among all others of the stack. */
export interface StackResource extends Resource {
  /** Type of the component that holds it. */
  readonly parentType: string | undefined;
  /** Per property, the URNs of the resources whose outputs it was made of: known in a preview as well. */
  readonly madeOf: Readonly<Record<string, readonly string[]>>;
}

interface Described {
  /** In kebab-case: the engine prints it with each violation. */
  readonly name: string;
  /** One sentence: what is required, and why. */
  readonly description: string;
  /** Absent where the rule applies to stacks for development as well. */
  readonly development?: "exempt";
}

/** Judges one resource by itself: returns every problem with its fix. */
export type Check = (resource: Resource) => readonly string[];

/** The problem where the condition does not hold: checks then read as a list. */
export function unless(holds: boolean, problem: string): readonly string[] {
  return holds ? [] : [problem];
}

/** The same check for each of these types. */
export function each(types: readonly string[], check: Check): Readonly<Record<string, Check>> {
  return Object.fromEntries(types.map((type) => [type, check]));
}

export interface ResourceRule extends Described {
  readonly kind: "resource";
  /** Equal problems of several resources are one, reported once all are known: no reason to stop one before it exists. */
  readonly together?: true;
  /** By the resource's type, for Azure without the API version. */
  readonly checks: Readonly<Record<string, Check>>;
}

export interface Problem {
  readonly urn: string;
  readonly says: string;
}

/** Judges several resources together. */
export interface StackRule extends Described {
  readonly kind: "stack";
  readonly check: (resources: readonly StackResource[]) => readonly Problem[];
}

/** The properties that the engine must keep secret, by the resource's type; the engine marks those that are not. */
export interface SecretRule extends Described {
  readonly kind: "secret";
  readonly properties: Readonly<Record<string, readonly string[]>>;
}

export type Rule = ResourceRule | StackRule | SecretRule;

/** The problems of one resource. */
export function judgeResource(rule: ResourceRule, resource: Resource): readonly string[] {
  if (isExempt(rule, resource.urn)) return [];
  return rule.checks[unversioned(resource.type)]?.(resource) ?? [];
}

/** The problems of many resources, each once, with the names of those that have it. */
export function judgeTogether(rule: ResourceRule, resources: readonly Resource[]): readonly string[] {
  const names = new Map<string, string[]>();
  for (const resource of resources)
    for (const says of judgeResource(rule, resource))
      names.set(says, [...(names.get(says) ?? []), resource.name]);
  return [...names].map(([says, of]) => inOneLine(says, of));
}

/** A problem that several resources have. */
export function inOneLine(says: string, names: readonly string[]): string {
  return `${says}. Resources (${names.length}): ${[...names].sort().join(", ")}`;
}

/** The problems of a whole stack. */
export function judgeStack(rule: StackRule, resources: readonly StackResource[]): readonly Problem[] {
  const [first] = resources;
  if (first === undefined || isExempt(rule, first.urn)) return [];
  return rule.check(resources.map((resource) => ({ ...resource, type: unversioned(resource.type) })));
}

function isExempt(rule: Described, urn: string): boolean {
  return rule.development === "exempt" && isDevelopment(stackOf(urn));
}

/** `urn:pulumi:STACK::PROJECT::TYPE::NAME` */
export function stackOf(urn: string): string {
  return urn.split(":")[2] ?? "";
}

/** `azure-native:network/v20240501:Subnet` is `azure-native:network:Subnet` of one version of Azure's API. */
export function unversioned(type: string): string {
  const [provider, module = "", kind] = type.split(":");
  return provider === "azure-native" ? [provider, module.split("/")[0], kind].join(":") : type;
}
