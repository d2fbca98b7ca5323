import { closest, distance } from "fastest-levenshtein";
import { readEstate } from "../estate/estate";
import type { RecordedResource, Recording } from "../model/recording";

/** Nothing of that name was recorded. */
export class UnknownNameError extends Error {
  override readonly name = "UnknownNameError";
}

/**
 * The estate as if somebody had deleted resources behind the program's back: what lies inside it in Azure, or below
 * it as a component, goes with it; what only points at it stays, and points at nothing.
 * Takes logical names, URNs, or tunnels, whose Azure connection it leaves out.
 */
export function leaveOut(
  recording: Recording,
  ...given: readonly string[]
): { readonly recording: Recording; readonly names: readonly string[] } {
  const { resources } = recording;
  const chosen = given.map((name) => chosenBy(recording, name));
  const gone = new Set(
    resources.filter((resource) => chosen.some((one) => isWithin(resource, one, resources))),
  );
  return {
    recording: { ...recording, resources: resources.filter((resource) => !gone.has(resource)) },
    names: [...gone].map((resource) => resource.name),
  };
}

function chosenBy(recording: Recording, name: string): RecordedResource {
  const tunnels = readEstate(recording).tunnels;
  const candidates = new Map<string, RecordedResource>();
  for (const { name: tunnel, azure } of tunnels)
    if (azure !== undefined) candidates.set(tunnel, azure.connection.resource);
  for (const resource of recording.resources) {
    if (resource.type === "pulumi:pulumi:Stack") continue;
    candidates.set(resource.name, resource).set(resource.urn, resource);
  }
  const chosen = candidates.get(name);
  if (chosen !== undefined) return chosen;
  const names = [...candidates.keys()].filter((known) => !known.startsWith("urn:"));
  throw new UnknownNameError(
    `--break ${name}: the stack has no such resource or tunnel; ${nearest(name, names)}`,
  );
}

/** `did you mean a, b or c?`, the likeliest first. */
export function nearest(name: string, names: readonly string[]): string {
  if (names.length === 0) return "there is none";
  const containing = names.filter((known) => known.includes(name));
  const ranked = [...names].sort((one, other) => distance(name, one) - distance(name, other));
  const [first = closest(name, names), ...others] = [...new Set([...containing, ...ranked])].slice(0, 3);
  return `did you mean ${[first, ...others].join(", ")}?`;
}

function isWithin(
  resource: RecordedResource,
  chosen: RecordedResource,
  all: readonly RecordedResource[],
): boolean {
  if (resource === chosen) return true;
  if (chosen.id.startsWith("/") && resource.id.toLowerCase().startsWith(`${chosen.id.toLowerCase()}/`))
    return true;
  const parent = all.find((other) => other.urn === resource.parent);
  return parent !== undefined && parent.type !== "pulumi:pulumi:Stack" && isWithin(parent, chosen, all);
}
