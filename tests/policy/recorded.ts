import { judgeResource, judgeStack, type StackResource } from "../../policy/rule";
import { rules } from "../../policy/rules";
import type { Recording } from "../../rehearsal/model/recording";
import type { Props } from "../../policy/values";

/** A recorded resource as the engine shows it to a pack: rules about resources see its inputs, rules about stacks its outputs. */
export interface RecordedStackResource extends StackResource {
  readonly outputs: Props;
}

export interface Violation {
  readonly rule: string;
  readonly urn: string;
  readonly says: string;
}

/** A recorded stack as the engine shows it to a pack. */
export function stackResources({ resources, outputs }: Recording): readonly RecordedStackResource[] {
  return resources.map((resource) => ({
    urn: resource.urn,
    type: resource.type,
    name: resource.name,
    props: resource.inputs,
    // The recording keeps the stack's own apart.
    outputs: resource.type === "pulumi:pulumi:Stack" ? outputs : resource.outputs,
    additionalSecretOutputs: resource.options.additionalSecretOutputs,
    parentType: resources.find(({ urn }) => urn === resource.parent)?.type,
    madeOf: resource.propertyDependencies,
  }));
}

/** Whatever the pack finds wrong with a stack. */
export function violations(resources: readonly RecordedStackResource[]): readonly Violation[] {
  // Clouds answer with what they were asked for.
  const made = resources.map((one) => ({ ...one, props: { ...one.outputs, ...one.props } }));
  return rules.flatMap((rule): readonly Violation[] => {
    switch (rule.kind) {
      case "resource":
        return resources.flatMap((resource) =>
          judgeResource(rule, resource).map((says) => ({ rule: rule.name, urn: resource.urn, says })),
        );
      case "stack":
        return judgeStack(rule, made).map((problem) => ({ rule: rule.name, ...problem }));
      case "secret":
        return [];
    }
  });
}
