import { joiningSettings, type SnapshotResource } from "../../rehearsal/model/snapshot";
import { readSnapshot } from "../../rehearsal/run/surroundings";
import type { Change } from "./changes";
import type { Preview } from "./preview";

/** What others have around the stack of a preview; a sentence where the stack joins something and nobody knows what. */
export type Surroundings = readonly SnapshotResource[] | string;

/** Of the snapshot beside the stack's file; nothing where the stack joins nothing. */
export function surroundingsOf(
  { config, steps }: Preview,
  place: { readonly projectDir: string; readonly configFile?: string },
): Surroundings {
  const isNamed = ([key, value]: readonly [string, string]) =>
    joiningSettings.some((setting) => key.endsWith(`:${setting}`)) && value !== "" && value !== "[]";
  if (!Object.entries(config).some(isNamed)) return [];
  const stack = /^urn:pulumi:([^:]+)::/.exec(steps[0]?.urn ?? "")?.[1];
  const snapshot = stack === undefined ? undefined : readSnapshot({ ...place, stack });
  if (snapshot !== undefined) return snapshot.resources;
  return "The stack joins existing networks, and has no snapshot: flows are judged by what the preview shows alone, and not whom else the link connects. `npm run snapshot` writes it.";
}

/** The resources of others as a preview would show what does not change. */
export function asUnchanged(resources: readonly SnapshotResource[]): readonly Change[] {
  return resources.map(({ type, id, inputs, outputs }) => {
    const name = id.slice(id.lastIndexOf("/") + 1);
    const one = { urn: `others::${id}`, type, name, id, inputs, outputs, madeOf: {} };
    return { kind: "same", before: one, after: one, deletedFirst: false, withAnother: false };
  });
}
