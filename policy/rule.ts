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
  /** In kebab-case; what somebody who is refused searches for. */
  readonly name: string;
  /** One sentence: what must be, and why. */
  readonly description: string;
  /** Whether stacks for development are let off. */
  readonly development: "as strict" | "let off";
}

/** Judges one resource by itself: what it answers is what is wrong, each with its fix. */
export type Check = (resource: Resource) => readonly string[];

export interface ResourceRule extends Described {
  readonly kind: "resource";
  /** By the resource's type. Azure's tokens stand without the version of the interface. */
  readonly checks: Readonly<Record<string, Check>>;
}

export interface Problem {
  readonly urn: string;
  readonly says: string;
}

/** Judges what only several resources together show. */
export interface StackRule extends Described {
  readonly kind: "stack";
  readonly check: (resources: readonly StackResource[]) => readonly Problem[];
}

/** Names the properties that the engine must keep secret, by the resource's type. What is not secret is made so. */
export interface SecretRule extends Described {
  readonly kind: "secret";
  readonly properties: Readonly<Record<string, readonly string[]>>;
}

export type Rule = ResourceRule | StackRule | SecretRule;

/** What a rule for single resources has to say about one. */
export function judgeResource(rule: ResourceRule, resource: Resource): readonly string[] {
  if (letOff(rule, resource.urn)) return [];
  return rule.checks[unversioned(resource.type)]?.(resource) ?? [];
}

/** What a rule for whole stacks has to say about one. */
export function judgeStack(rule: StackRule, resources: readonly StackResource[]): readonly Problem[] {
  const [first] = resources;
  if (first === undefined || letOff(rule, first.urn)) return [];
  return rule.check(resources.map((resource) => ({ ...resource, type: unversioned(resource.type) })));
}

function letOff(rule: Described, urn: string): boolean {
  return rule.development === "let off" && isDevelopment(stackOf(urn));
}

/** `urn:pulumi:STACK::PROJECT::TYPE::NAME` */
export function stackOf(urn: string): string {
  return /^urn:pulumi:([^:]+)::/.exec(urn)?.[1] ?? "";
}

/** `azure-native:network/v20240501:Subnet` is `azure-native:network:Subnet` of one version of Azure's interface. */
export function unversioned(type: string): string {
  return type.replace(/^(azure-native:\w+)\/v\d{8}\w*:/, "$1:");
}
