import { existsSync, readFileSync } from "node:fs";

/** What the engine did, or in a preview would do, to one resource. */
export interface Step {
  readonly op: string;
  readonly type: string;
  readonly name: string;
  /** Top-level properties that differ. */
  readonly diffs: readonly string[];
  /** Paths of the properties that force a replacement. */
  readonly replacing: readonly string[];
}

export interface Events {
  /** All steps but `same`, in order. */
  readonly steps: readonly Step[];
  /** How many resources each kind of step concerned. */
  readonly counts: Readonly<Record<string, number>>;
  /** Errors as the user reads them, each with the resource that it is about. */
  readonly errors: readonly { readonly name: string; readonly message: string }[];
  readonly warnings: readonly string[];
}

interface EngineEvent {
  readonly resourcePreEvent?: {
    readonly metadata: {
      readonly op: string;
      readonly urn: string;
      readonly type: string;
      readonly diffs?: readonly string[] | null;
      readonly detailedDiff?: Readonly<Record<string, { readonly diffKind: string }>> | null;
    };
  };
  readonly summaryEvent?: { readonly resourceChanges?: Readonly<Record<string, number>> };
  readonly diagnosticEvent?: { readonly severity: string; readonly message: string; readonly urn?: string };
}

/** Reads what the CLI wrote with `--event-log`: one event on each line. */
export function readEvents(file: string): Events {
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  const events = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as EngineEvent);
  const diagnostics = events.flatMap(({ diagnosticEvent }) =>
    diagnosticEvent === undefined ? [] : [diagnosticEvent],
  );
  return {
    steps: events.flatMap(({ resourcePreEvent }) =>
      resourcePreEvent === undefined ? [] : stepOf(resourcePreEvent),
    ),
    counts: Object.assign(
      {},
      ...events.map(({ summaryEvent }) => summaryEvent?.resourceChanges ?? {}),
    ) as Record<string, number>,
    errors: diagnostics
      .filter(({ severity }) => severity === "error")
      .map(({ urn, message }) => ({ name: nameOf(urn ?? ""), message: message.trim() })),
    warnings: diagnostics
      .filter(({ severity }) => severity === "warning")
      .map(({ message }) => message.trim()),
  };
}

function stepOf({ metadata }: NonNullable<EngineEvent["resourcePreEvent"]>): Step[] {
  const { op, urn, type, diffs, detailedDiff } = metadata;
  if (op === "same") return [];
  const replacing = Object.entries(detailedDiff ?? {}).flatMap(([path, { diffKind }]) =>
    diffKind.endsWith("-replace") ? [path] : [],
  );
  return [{ op, type, name: nameOf(urn), diffs: diffs ?? [], replacing }];
}

export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
