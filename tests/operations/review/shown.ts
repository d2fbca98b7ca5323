import { type Preview, readPreview } from "../../../operations/review/preview";

/** One step of a preview, as far as it matters. */
export interface Shown {
  readonly op: "same" | "create" | "update" | "replace" | "delete";
  readonly type: string;
  readonly name: string;
  /** The id before the deployment; the name when absent. */
  readonly id?: string;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** Per input, names of what it is made of. */
  readonly madeOf?: Readonly<Record<string, { readonly type: string; readonly name: string }>>;
  readonly deletedFirst?: true;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
}

export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function urnOf({ type, name }: Pick<Shown, "type" | "name">): string {
  return `urn:pulumi:t::p::${type}::${name}`;
}

/** A preview with these steps; `leftOut` unchanged resources are not shown. */
export function shownPreview(steps: readonly Shown[], leftOut = 0): Preview {
  return readPreview(shownJson(steps, leftOut));
}

export function shownJson(steps: readonly Shown[], leftOut = 0): string {
  const shown = steps.map((step) => {
    const { op, id = step.name, before, after = before, outputs = {}, madeOf = {} } = step;
    const urns = Object.entries(madeOf).map(([property, one]) => [property, [urnOf(one)]]);
    const changes = Object.keys({ ...before, ...after }).filter(
      (name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]),
    );
    return {
      op,
      urn: urnOf(step),
      ...(op === "update" || op === "replace" ? { diffReasons: changes } : {}),
      ...(op === "create"
        ? {}
        : {
            oldState: {
              ...{ id, inputs: before, outputs, pendingReplacement: step.deletedFirst },
              ...{ protect: step.protect, retainOnDelete: step.retainOnDelete },
            },
          }),
      ...(op === "delete"
        ? {}
        : { newState: { inputs: after, propertyDependencies: Object.fromEntries(urns) as object } }),
    };
  });
  const stack = { op: "same", urn: "urn:pulumi:t::p::pulumi:pulumi:Stack::p-t", oldState: { outputs: {} } };
  const same = 1 + leftOut + steps.filter(({ op }) => op === "same").length;
  return JSON.stringify({
    config: { "aws:region": "ap-northeast-1", "azure-native:location": "japaneast" },
    steps: [stack, ...shown],
    changeSummary: { same },
  });
}
