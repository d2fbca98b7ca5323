import type { Resource, StackResource } from "../../policy/rule";
import type { Props } from "../../policy/values";

/** A resource of a stack that the rules are strict with, unless another is named. */
export function resource(type: string, props: Props, stack = "prod"): Resource {
  return { urn: urn(stack, type, "it"), type, name: "it", props, additionalSecretOutputs: [] };
}

/** One of a stack's resources; `madeOf` names the origins of its properties by their names. */
export function stackResource(
  type: string,
  name: string,
  given: {
    readonly props?: Props;
    readonly parentType?: string;
    readonly madeOf?: Readonly<Record<string, StackResource>>;
  } = {},
): StackResource {
  return {
    ...resource(type, given.props ?? {}),
    urn: urn("prod", type, name),
    name,
    parentType: given.parentType,
    madeOf: Object.fromEntries(Object.entries(given.madeOf ?? {}).map(([key, from]) => [key, [from.urn]])),
  };
}

function urn(stack: string, type: string, name: string): string {
  return `urn:pulumi:${stack}::azure-s3-privatelink::${type}::${name}`;
}
