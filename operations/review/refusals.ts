import { cloudTypes } from "../../rehearsal/clouds/cloudTypes";
import type { CloudPlace, LiveResource } from "../../rehearsal/clouds/cloudType";
import { type Order, SimulatedClouds } from "../../rehearsal/clouds/clouds";
import { target } from "../../rehearsal/clouds/schema";
import type { Refusal } from "../../rehearsal/model/recording";
import { knownStrings } from "../../rehearsal/model/values";
import type { Change, Resource } from "./changes";
import type { Preview, Step } from "./preview";

/** What a cloud will answer instead of doing it, and how it is done all the same. */
export interface Refused {
  readonly code: string;
  readonly message: string;
  readonly source: string;
  readonly procedure: string;
}

const replaces = ["replace", "create-replacement", "delete-replaced"];

export function isReplaced({ op }: Step): boolean {
  return replaces.includes(op);
}

/** What Pulumi refuses before any cloud is asked: to delete or replace what is protected, whatever the program says now. */
export function refusedByPulumi(step: Step): readonly Refused[] {
  if (step.isProtected !== true || !(step.op === "delete" || isReplaced(step))) return [];
  return [
    {
      code: "protect",
      message: "Pulumi refuses: it is protected",
      source: "https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
      procedure: "lift the protection first, as docs/runbooks/teardown.md says",
    },
  ];
}

/**
 * Plays the deployment on simulated clouds that hold what the preview shows: per URN, what they refuse. What is refused is
 * played on as if it had passed, so that nothing is told twice. Where the preview leaves unchanged resources out, nothing
 * of them is known, and what they keep from changing passes.
 */
export function refusalsIn(preview: Preview): ReadonlyMap<string, readonly Refused[]> {
  const found = new Map<string, readonly Refused[]>();
  const clouds = new SimulatedClouds(placeOf(preview));
  const { changes } = preview;
  for (const { before } of changes) if (before !== undefined) put(clouds, before);
  const note = (urn: string, all: readonly Refusal[]) => {
    // What the stack does not have may be there all the same.
    const refusals = all.filter(({ absent }) => absent === undefined);
    if (refusals.length === 0) return;
    found.set(urn, [...(found.get(urn) ?? []), ...refusals.map(refusedOf)]);
  };
  const leaving = new Set(changes.filter(({ kind }) => kind === "delete"));
  for (const change of changes) {
    const { kind, before, after } = change;
    if (after === undefined || kind === "same" || !(after.type in cloudTypes)) continue;
    if (kind === "update" && before !== undefined) note(after.urn, updateRefusals(clouds, before, after));
    if (change.deletedFirst && before !== undefined)
      for (const [urn, refusals] of deleteFirst(clouds, change, changes)) note(urn, refusals);
    else if (kind === "replace") leaving.add(change);
    if (kind !== "update") note(after.urn, createRefusals(clouds, after, leaving));
    put(clouds, after);
  }
  for (const [urn, refusals] of deleteTogether(clouds, [...leaving])) note(urn, refusals);
  return found;
}

function refusedOf({ code, message, source, heldBy, procedure }: Refusal): Refused {
  const usual =
    heldBy === undefined
      ? "set another value"
      : `\`pulumi destroy --target-dependents --target '${heldBy}'\`, then \`pulumi up\``;
  return { code, message, source, procedure: procedure ?? usual };
}

/** Where the deployment goes, as far as rules look at it. */
function placeOf({ config, outputs }: Preview): CloudPlace {
  const readerArn = outputs["readerArn"];
  return {
    region: config["aws:region"] ?? "",
    location: config["azure-native:location"] ?? "",
    accountId: typeof readerArn === "string" ? (readerArn.split(":")[4] ?? "") : "",
    subscriptionId: "00000000-0000-0000-0000-000000000000",
  };
}

function put(clouds: SimulatedClouds, resource: Resource): void {
  const { type, id, name, outputs } = resource;
  if (type in cloudTypes) clouds.put({ ...orderOf(resource), id: id ?? `the new ${name}`, outputs });
}

function orderOf({ urn, type, name, inputs }: Resource): Order {
  return { urn, type, name, inputs };
}

/** Those that the resource as it is does not have already. */
function updateRefusals(clouds: SimulatedClouds, before: Resource, after: Resource): readonly Refusal[] {
  const key = ({ code, property }: Refusal) => `${code} ${property ?? ""}`;
  const already = new Set(clouds.ruleRefusals(orderOf(before), before.id).map(key));
  return clouds.ruleRefusals(orderOf(after), before.id).filter((refusal) => !already.has(key(refusal)));
}

/** An old one that goes after its successor has come is not in its way where Pulumi or AWS gives another name. */
function createRefusals(
  clouds: SimulatedClouds,
  after: Resource,
  leaving: ReadonlySet<Change>,
): readonly Refusal[] {
  const own = [...leaving].find(({ before }) => before?.urn === after.urn)?.before;
  if (own?.id !== undefined) clouds.remove(own.type, own.id);
  const refusals = clouds.ruleRefusals(orderOf(after));
  if (own !== undefined) put(clouds, own);
  return refusals;
}

/** Pulumi deletes what is replaced with another before that one. */
function deleteFirst(
  clouds: SimulatedClouds,
  { before }: Change,
  changes: readonly Change[],
): ReadonlyMap<string, readonly Refusal[]> {
  const withAnother = new Set(changes.flatMap((one) => (one.withAnother ? (one.before?.urn ?? []) : [])));
  const together: LiveResource[] = [];
  const add = (resource: LiveResource | undefined) => {
    if (resource === undefined || together.includes(resource)) return;
    together.push(resource);
    for (const other of clouds.resources())
      if (withAnother.has(other.urn) && refersTo(clouds, other, resource)) add(other);
  };
  add(before?.id === undefined ? undefined : clouds.find(before.type, before.id));
  return removed(clouds, together);
}

function refersTo(clouds: SimulatedClouds, other: LiveResource, resource: LiveResource): boolean {
  return Object.entries(cloudTypes[other.type]?.references ?? {}).some(([property, reference]) =>
    knownStrings(other.inputs, property).some(
      (value) => target(reference, value, clouds)?.urn === resource.urn,
    ),
  );
}

function deleteTogether(
  clouds: SimulatedClouds,
  leaving: readonly Change[],
): ReadonlyMap<string, readonly Refusal[]> {
  const live = leaving.flatMap(({ before }) =>
    before?.id === undefined ? [] : (clouds.find(before.type, before.id) ?? []),
  );
  return removed(clouds, live);
}

/** Deletes in whatever order works; what is left is refused, and taken away all the same. */
function removed(
  clouds: SimulatedClouds,
  resources: readonly LiveResource[],
): ReadonlyMap<string, readonly Refusal[]> {
  let left = resources;
  for (let before = Infinity; left.length < before;) {
    before = left.length;
    left = left.filter((one) => {
      if (clouds.deleteRefusals(one).length > 0) return true;
      clouds.remove(one.type, one.id);
      return false;
    });
  }
  const refused = new Map(left.map((one) => [one.urn, clouds.deleteRefusals(one)]));
  for (const { type, id } of left) clouds.remove(type, id);
  return refused;
}
