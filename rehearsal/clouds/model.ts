import type { Props, Refusal, RecordedResource } from "../recording";

/** How long an operation takes, in minutes. */
export interface Minutes {
  readonly min: number;
  readonly typical: number;
  readonly max: number;
  /** Where the figures come from; starts with "guess:" where nobody documents them. */
  readonly source: string;
}

/** What a type's rules may look at: the other live resources of the same simulated clouds. */
export interface CloudView {
  readonly region: string;
  readonly accountId: string;
  readonly subscriptionId: string;
  /** Live resources of one type. */
  all(type: string): readonly LiveResource[];
  /** The live resource with this id, of whatever type. */
  byId(id: string): LiveResource | undefined;
}

export type LiveResource = Pick<RecordedResource, "urn" | "type" | "name" | "id" | "inputs" | "outputs">;

/** A resource about to be created or updated. */
export interface Subject {
  readonly urn: string;
  readonly name: string;
  /** Undefined before creation. */
  readonly id: string | undefined;
  /** Fresh for each creation, the same from run to run: where ids and addresses come from. */
  readonly seed: string;
}

/**
 * One resource type of a simulated cloud: what it refuses, computes, replaces and how long it takes.
 * The table of these serves the in-process rehearsal and the provider servers of the real engine alike.
 */
export interface CloudType {
  /** Input properties the cloud knows; a nested object or list item is spelt `a.b`. Anything else is refused. */
  readonly properties: readonly string[];
  readonly required: readonly string[];
  /** Properties whose change forces a replacement, each with its source. */
  readonly replaces: Readonly<Record<string, string>>;
  /** Outputs that the provider itself marks secret. */
  readonly secretOutputs?: readonly string[];
  /** The property that Pulumi names automatically when absent. */
  readonly autoName?: string;
  readonly create: Minutes;
  readonly update: Minutes;
  readonly delete: Minutes;
  /** The refusals of a create or update. Values may be `UNKNOWN` in a preview: then a rule passes. */
  refuse?(inputs: Props, cloud: CloudView, subject: Subject): readonly Refusal[];
  /** The refusals of a delete: what still uses it. */
  refuseDelete?(resource: LiveResource, cloud: CloudView): readonly Refusal[];
  id(inputs: Props, cloud: CloudView, subject: Subject): string;
  /** Output properties beyond the inputs. In a preview of a create they are all unknown. */
  outputs?(inputs: Props, cloud: CloudView, subject: Subject & { readonly id: string }): Props;
}

/** A provider function such as `aws:index/getCallerIdentity:getCallerIdentity`. */
export type CloudFunction = (args: Props, cloud: CloudView) => Props;
