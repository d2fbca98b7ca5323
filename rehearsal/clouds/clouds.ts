import { awsTypes, azureTypes, isAzure } from "../model/resourceTypes";
import type { Props, Refusal } from "../model/recording";
import { withDefaults } from "./defaults";
import { cloudTypes } from "./cloudTypes";
import { deployer } from "./functions";
import type { CloudPlace, CloudType, CloudView, LiveResource } from "./cloudType";
import { refuseTags } from "./tags";
import { danglingReferences, holders, missingProperties, unknownProperties, wrongValues } from "./schema";

/** A resource as a door hands it in: plain values, secrets unwrapped. */
export interface Order {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: Props;
  /** What Pulumi proposes as an automatic name (`pulumi:autonaming`); the provider's own choice when absent. */
  readonly proposedName?: string;
}

export interface Checked {
  /** The inputs with what the provider fills in: automatic names and the default location. */
  readonly inputs: Props;
  readonly refusals: readonly Refusal[];
}

/** Either the resource as it is now, or why the cloud would not. */
export type Outcome =
  | { readonly resource: LiveResource; readonly refusals: readonly [] }
  | { readonly resource?: never; readonly refusals: readonly [Refusal, ...Refusal[]] };

/** Everything that outlives a process: written and read as JSON. */
export interface CloudsSnapshot {
  readonly live: readonly LiveResource[];
  /** How often each URN was created: what keeps seeds fresh. */
  readonly generations: Readonly<Record<string, number>>;
  /** The seed that each live resource was created with, by type and id: an update computes the same again. */
  readonly seeds: Readonly<Record<string, string>>;
  /** What was deleted and is not back, by type and id. Absent in snapshots of before. */
  readonly deleted?: readonly string[];
}

/** Both clouds of one run. Nothing here waits or prints, and nothing changes unless it is asked to. */
export class SimulatedClouds implements CloudView {
  readonly region: string;
  readonly location: string;
  readonly accountId: string;
  readonly subscriptionId: string;
  readonly principal: string;
  readonly defaultTags: Readonly<Record<string, string>>;
  readonly awsZones?: readonly string[];
  readonly resourceGroups: readonly string[];
  private readonly live: Map<string, LiveResource>;
  private readonly generations: Map<string, number>;
  private readonly seeds: Map<string, string>;
  private readonly deleted: Set<string>;

  /** Ids of others in lower case, by type and id: Azure spells one resource's id in several ways. */
  private readonly foreignIds = new Map<string, LiveResource>();

  constructor(place: CloudPlace, before: CloudsSnapshot = { live: [], generations: {}, seeds: {} }) {
    this.region = place.region;
    this.location = place.location;
    this.accountId = place.accountId;
    this.subscriptionId = place.subscriptionId;
    this.principal = place.principal ?? deployer(place.accountId);
    this.defaultTags = place.defaultTags ?? {};
    if (place.awsZones !== undefined) this.awsZones = place.awsZones;
    this.resourceGroups = place.resourceGroups ?? [];
    this.live = new Map(before.live.map((resource) => [keyOf(resource), resource]));
    this.generations = new Map(Object.entries(before.generations));
    this.seeds = new Map(Object.entries(before.seeds));
    this.deleted = new Set(before.deleted);
    this.indexForeign();
  }

  /** Puts there what others own, in place of what they owned before. No order may change it. */
  surround(others: readonly LiveResource[]): void {
    for (const [key, { foreign }] of this.live) if (foreign === true) this.live.delete(key);
    const groups = new Map(others.flatMap(groupOf));
    for (const resource of [...groups.values(), ...others]) {
      const { urn, type, name, id, inputs, outputs } = resource;
      this.live.set(keyOf(resource), { urn, type, name, id, inputs, outputs, foreign: true });
    }
    this.indexForeign();
  }

  private indexForeign(): void {
    this.foreignIds.clear();
    for (const [key, resource] of this.live)
      if (resource.foreign === true) this.foreignIds.set(key.toLowerCase(), resource);
  }

  /** These clouds as they look from another place, or to somebody else who signs in. */
  seenFrom(place: Partial<CloudPlace>, snapshot: CloudsSnapshot = this.snapshot()): SimulatedClouds {
    const { region, location, accountId, subscriptionId, principal, defaultTags, resourceGroups } = this;
    const zones = this.awsZones === undefined ? {} : { awsZones: this.awsZones };
    const signedIn = { accountId, subscriptionId, principal };
    const here = { region, location, ...signedIn, defaultTags, resourceGroups, ...zones };
    return new SimulatedClouds({ ...here, ...place }, snapshot);
  }

  all(type: string): readonly LiveResource[] {
    return this.resources().filter((resource) => resource.type === type);
  }

  find(type: string, id: string): LiveResource | undefined {
    const key = keyOf({ type, id });
    return this.live.get(key) ?? (isAzure(type) ? this.foreignIds.get(key.toLowerCase()) : undefined);
  }

  wasDeleted(type: string, id: string): boolean {
    return this.deleted.has(keyOf({ type, id }));
  }

  resources(): readonly LiveResource[] {
    return [...this.live.values()];
  }

  snapshot(): CloudsSnapshot {
    return {
      live: this.resources(),
      generations: Object.fromEntries(this.generations),
      seeds: Object.fromEntries(this.seeds),
      deleted: [...this.deleted],
    };
  }

  /** What a provider's Check does: fills in names, refuses what needs no cloud to be wrong. */
  check(order: Order, previous?: Props): Checked {
    const type = cloudTypes[order.type];
    if (type === undefined) return { inputs: order.inputs, refusals: [unknownType(order.type)] };
    const inputs = withDefaults(order, type, this, this.nextSeed(order.urn), previous);
    return {
      inputs,
      refusals: [
        ...unknownProperties(inputs, type),
        ...missingProperties(inputs, type),
        ...wrongValues(inputs, type),
      ],
    };
  }

  /** Every reason why the cloud would refuse to create (or, with an id, to update) this. */
  refusals(order: Order, id?: string): readonly Refusal[] {
    const type = cloudTypes[order.type];
    if (type === undefined) return [unknownType(order.type)];
    return [
      ...unknownProperties(order.inputs, type),
      ...missingProperties(order.inputs, type),
      ...wrongValues(order.inputs, type),
      ...danglingReferences(order.inputs, type, this),
      ...this.ruleRefusals(order, id),
    ];
  }

  /** Those that neither the type's schema nor a reference to what is not there explains. */
  ruleRefusals(order: Order, id?: string): readonly Refusal[] {
    const type = cloudTypes[order.type];
    if (type === undefined) return [];
    const subject = { urn: order.urn, name: order.name, id, seed: this.seedFor(order, id) };
    const target = this.find(order.type, id ?? type.id(order.inputs, this, subject));
    if (target?.foreign === true) return [notOurs(target)];
    return [
      ...refuseTags(order.type, order.inputs, this),
      ...(id === undefined ? this.duplicates(order, type) : []),
      ...(type.refuse?.(order.inputs, this, subject) ?? []),
    ];
  }

  /** Creates what `check` has filled in; refused, nothing is made. */
  create(order: Order): Outcome {
    const [first, ...others] = this.refusals(order);
    if (first !== undefined) return { refusals: [first, ...others] };
    return { resource: this.createUnchecked(order), refusals: [] };
  }

  /** Creates without asking the rules: how a rehearsal goes on past a refusal to find the next one. */
  createUnchecked(order: Order): LiveResource {
    const type = typeOf(order.type);
    const subject = { urn: order.urn, name: order.name, id: undefined, seed: this.nextSeed(order.urn) };
    const id = type.id(order.inputs, this, subject);
    const computed = type.outputs?.(order.inputs, this, { ...subject, id }) ?? {};
    const resource = { ...order, id, outputs: { ...order.inputs, ...computed } };
    this.generations.set(order.urn, this.generationOf(order.urn) + 1);
    if (type.stateOnly === true) return resource;
    this.seeds.set(keyOf(resource), subject.seed);
    this.live.set(keyOf(resource), resource);
    this.deleted.delete(keyOf(resource));
    return resource;
  }

  /** Changes a live resource in place: its own seed gives the same ids and addresses as at its creation. */
  update(order: Order, id: string): Outcome {
    const before = this.find(order.type, id);
    if (before === undefined) return { refusals: [gone(order.type, id)] };
    const [first, ...others] = this.refusals(order, id);
    if (first !== undefined) return { refusals: [first, ...others] };
    const type = typeOf(order.type);
    const inputs = type.afterUpdate?.(before, order.inputs) ?? order.inputs;
    const subject = { urn: order.urn, name: order.name, id, seed: this.seedFor(order, id) };
    const computed = type.outputs?.(inputs, this, subject) ?? {};
    const resource = { ...order, id, inputs, outputs: { ...inputs, ...computed } };
    this.live.set(keyOf(resource), resource);
    return { resource, refusals: [] };
  }

  /** Deletes; what hangs below by its id (a subnet of a network, everything in a resource group) goes with it. */
  delete(type: string, id: string): readonly Refusal[] {
    const resource = this.find(type, id);
    if (resource === undefined) return []; // deleting what is gone already succeeds in every provider
    const refusals = this.deleteRefusals(resource);
    if (refusals.length > 0) return refusals;
    this.remove(type, id);
    for (const other of this.resources()) if (hangsBelow(other, resource)) this.live.delete(keyOf(other));
    if (type === awsTypes.bucket) this.forgetSettings(id);
    return [];
  }

  deleteRefusals(resource: LiveResource): readonly Refusal[] {
    const others = this.resources();
    return [
      ...[resource, ...others.filter((other) => hangsBelow(other, resource))]
        .filter(({ foreign }) => foreign === true)
        .map(notOurs),
      ...holders(resource, others, cloudTypes),
      ...(cloudTypes[resource.type]?.refuseDelete?.(resource, this) ?? []),
    ];
  }

  /** Takes a resource away behind everybody's back, asking no rule. */
  remove(type: string, id: string): void {
    this.live.delete(keyOf({ type, id }));
    this.deleted.add(keyOf({ type, id }));
  }

  /** Puts a resource there behind everybody's back, as it is: drift, or an estate recorded elsewhere. */
  put(resource: LiveResource): void {
    this.live.set(keyOf(resource), resource);
  }

  /** A bucket's settings go with it, and another bucket of its name starts with those of a new one. */
  private forgetSettings(bucket: string): void {
    for (const [key, { type, id }] of this.live)
      if (id === bucket && type.startsWith("aws:s3/bucket")) this.live.delete(key);
    for (const key of this.deleted) if (key.endsWith(` ${bucket}`)) this.deleted.delete(key);
  }

  private duplicates(order: Order, type: CloudType): readonly Refusal[] {
    const id = type.id(order.inputs, this, { ...order, id: undefined, seed: this.nextSeed(order.urn) });
    if (type.duplicate === undefined || this.find(order.type, id) === undefined) return [];
    return [{ ...type.duplicate, message: `${order.type} ${id} already exists` }];
  }

  private generationOf(urn: string): number {
    return this.generations.get(urn) ?? 0;
  }

  private nextSeed(urn: string): string {
    return `${urn}#${String(this.generationOf(urn) + 1)}`;
  }

  /** A live resource keeps the seed of its creation; several generations of a URN may be live at once. */
  private seedFor(order: Order, id: string | undefined): string {
    const atCreation = id === undefined ? undefined : this.seeds.get(keyOf({ type: order.type, id }));
    return atCreation ?? this.nextSeed(order.urn);
  }
}

function keyOf(resource: Pick<LiveResource, "type" | "id">): string {
  return `${resource.type} ${resource.id}`;
}

/** Only Azure's ids and S3's objects are paths: a bucket's policy has the id of its bucket, and holds nothing. */
function hangsBelow(other: LiveResource, { type, id }: LiveResource): boolean {
  const holds = isAzure(type) || type === awsTypes.bucket;
  return holds && other.id.startsWith(`${id}/`);
}

/** The resource group that something of others is in. */
function groupOf({ id, inputs, urn }: LiveResource): readonly (readonly [string, LiveResource])[] {
  const [, groupId] = /^(\/subscriptions\/[^/]+\/resourceGroups\/[^/]+)\//i.exec(id) ?? [];
  const name = inputs["resourceGroupName"] ?? groupId?.split("/").at(-1);
  if (groupId === undefined || typeof name !== "string") return [];
  const given = { inputs: { resourceGroupName: name }, outputs: { resourceGroupName: name, name } };
  const type = azureTypes.resourceGroup;
  const [stack = ""] = urn.split("::");
  return [
    [groupId.toLowerCase(), { urn: `${stack}::others::${type}::${name}`, type, name, id: groupId, ...given }],
  ];
}

/** A real cloud would often do it: here no order reaches what others own. */
function notOurs({ type, id }: LiveResource): Refusal {
  return {
    code: "OwnedByOthers",
    message: `${type} ${id} belongs to others, and no order of this stack may change it`,
    source: "rehearsal/clouds/clouds.ts",
  };
}

function typeOf(type: string): CloudType {
  const known = cloudTypes[type];
  if (known === undefined) throw new Error(unknownType(type).message);
  return known;
}

function unknownType(type: string): Refusal {
  return {
    code: "UnknownResourceType",
    message: `the simulated clouds have no model of ${type}; describe it in rehearsal/clouds before using it`,
    source: "rehearsal/clouds/cloudTypes.ts",
  };
}

function gone(type: string, id: string): Refusal {
  return {
    code: "NotFound",
    message: `${type} ${id} does not exist`,
    source: "rehearsal/clouds/cloudTypes.ts",
  };
}
