import type { ComponentType } from "../model/resourceTypes";
import type { Impacts } from "./impact";
import type { Permissions } from "./permissions";
import type { Props, Refusal, RecordedResource } from "../model/recording";

/** How long an operation takes, in minutes. */
export interface Minutes {
  readonly min: number;
  readonly typical: number;
  readonly max: number;
  /** Where the figures come from; starts with "guess:" where nobody documents them. */
  readonly source: string;
}

/** The account, subscription and places that a run deploys into. */
export interface CloudPlace {
  /** AWS region, as `ap-northeast-1`. */
  readonly region: string;
  /** Azure location, as `japaneast`. */
  readonly location: string;
  /** AWS account, twelve digits. */
  readonly accountId: string;
  /** Azure subscription, a UUID. */
  readonly subscriptionId: string;
  /** ARN of the IAM user or role that the AWS provider signs in as; the user `deployer` of the account when absent. */
  readonly principal?: string;
  /** The availability zones that the AWS account has; all letters of the region when absent. */
  readonly awsZones?: readonly string[];
  /** Names of the resource groups in Azure that others made; none when absent. */
  readonly resourceGroups?: readonly string[];
  /** Tags that the AWS provider adds to everything (`aws:defaultTags`). */
  readonly defaultTags?: Readonly<Record<string, string>>;
}

/** What a type's rules may look at: the other live resources of the same simulated clouds. */
export interface CloudView extends CloudPlace {
  /** Live resources of one type. */
  all(type: string): readonly LiveResource[];
  /** The live resource of this type and id; ids alone are not unique (a bucket and its policy share one). */
  find(type: string, id: string): LiveResource | undefined;
  /** Whether a resource of this type and id was deleted and is not back: what a cloud sets up by itself is not, either. */
  wasDeleted(type: string, id: string): boolean;
}

export type LiveResource = Pick<
  RecordedResource,
  "urn" | "type" | "name" | "id" | "inputs" | "outputs" | "foreign"
>;

/** A resource about to be created or updated. */
export interface Subject {
  readonly urn: string;
  readonly name: string;
  /** Undefined before creation. */
  readonly id: string | undefined;
  /** Fresh for each creation, the same from run to run: where ids and addresses come from. */
  readonly seed: string;
}

/** An input property that must name a live resource. */
export interface Reference {
  /** The types that may be pointed at. */
  readonly types: readonly string[];
  /** The output that the value must equal; the resource's id when absent. */
  readonly by?: string;
  /** The cloud's code where nothing of that name exists. */
  readonly missing: string;
  /** The code with which the cloud refuses to delete what is pointed at; absent where it lets it go. */
  readonly inUse?: string;
  /** How what is pointed at is deleted all the same, where the way is not simply to delete this resource first. */
  readonly procedure?: string;
  /** Where both codes are documented. */
  readonly source: string;
}

/**
 * One resource type of a simulated cloud: what it refuses, computes, replaces and how long it takes.
 * The table of these serves the in-process rehearsal and the provider servers of the real engine alike.
 */
export interface CloudType {
  /**
   * Input properties the cloud knows; a nested object or list item is spelt `a.b`, an open map `a.*`.
   * Anything else is refused.
   */
  readonly properties: readonly string[];
  readonly required: readonly string[];
  /** What a property may say, spelt as in `properties`: the provider, or Azure, rejects anything else before it does anything. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
  /** Properties whose change forces a replacement, spelt as in `properties`, each with its source. */
  readonly replaces: Readonly<Record<string, string>>;
  /** Those of `replaces` that this very change leaves in place all the same. */
  inPlace?(olds: Props, news: Props): readonly string[];
  /** Properties, spelt as in `properties`, that point at other resources. */
  readonly references?: Readonly<Record<string, Reference>>;
  /** Outputs that the provider itself marks secret. */
  readonly secretOutputs?: readonly string[];
  /** The property that Pulumi names automatically when absent. */
  readonly autoName?: string;
  /** True for what lives in Pulumi's state alone (`random`): no cloud holds it, so it is never live. */
  readonly stateOnly?: boolean;
  /** The refusal of a second resource with the same id; absent where the cloud overwrites the first. */
  readonly duplicate?: { readonly code: string; readonly source: string };
  readonly create: Minutes;
  readonly update: Minutes;
  readonly delete: Minutes;
  /** The refusals of a create or update. Values may be `UNKNOWN` in a preview: then a rule passes. */
  refuse?(inputs: Props, cloud: CloudView, subject: Subject): readonly Refusal[];
  /** The refusals of a delete beyond those of `Reference.inUse`. */
  refuseDelete?(resource: LiveResource, cloud: CloudView): readonly Refusal[];
  id(inputs: Props, cloud: CloudView, subject: Subject): string;
  /** Output properties beyond the inputs. In a preview of a create they are all unknown. */
  outputs?(inputs: Props, cloud: CloudView, subject: Subject & { readonly id: string }): Props;
  /**
   * Inputs that a creation's answer holds and a read leaves out, nested ones spelt `a.b`: a refresh takes them for
   * removed. `osProfile.adminPassword`, which no answer holds, is none of them: its refresh sees no difference.
   */
  leftOutOfReads?(resource: LiveResource): readonly string[];
  /** What the cloud holds after an update, where that is not simply what it was told. */
  afterUpdate?(before: LiveResource, inputs: Props): Props;
}

/** A type that the program registers, with everything that is known of it. */
export interface ResourceRecord extends CloudType {
  /** Inputs that hold a secret: the program must mark them. */
  readonly secretInputs?: readonly string[];
  /** What it has a say in: whether packets arrive, or who may do what. */
  readonly decides: readonly ("path" | "access")[];
  /** What the deployer must be allowed to do. */
  readonly permissions: Permissions;
  /** What each change does to traffic and data. */
  readonly impact: Impacts;
  /** The same where the owning component makes a difference. */
  readonly impactIn?: Readonly<Partial<Record<ComponentType, Impacts>>>;
}

/** A provider function such as `aws:index/getCallerIdentity:getCallerIdentity`. */
export type CloudFunction = (args: Props, cloud: CloudView) => Props;
