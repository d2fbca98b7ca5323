import type { Run } from "./engineStack";

/** What a run does to cloud resources, by their names; components and providers left out. */
export interface Plan {
  readonly create: readonly string[];
  readonly update: readonly string[];
  readonly replace: readonly string[];
  readonly delete: readonly string[];
}

export function planOf({ steps }: Pick<Run, "steps">): Plan {
  const named = (op: string): string[] =>
    steps
      .filter((step) => step.op === op && !/^(pulumi:|azure-s3-privatelink:)/.test(step.type))
      .map(({ name }) => name)
      .sort();
  return {
    create: named("create"),
    update: named("update"),
    replace: named("replace"),
    delete: named("delete"),
  };
}

/** A plan as a table writes it: names separated by spaces, what is not there left out. */
export function plan(words: { readonly [Kind in keyof Plan]?: string }): Plan {
  const listed = (text = ""): string[] =>
    text
      .split(/\s+/)
      .filter((word) => word !== "")
      .sort();
  return {
    create: listed(words.create),
    update: listed(words.update),
    replace: listed(words.replace),
    delete: listed(words.delete),
  };
}
