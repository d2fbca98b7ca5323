/** Plain JSON as the clouds see it: secrets unwrapped; in a preview, `UNKNOWN` stands for what is not known yet. */
export type Value = null | boolean | number | string | readonly Value[] | Props;
export interface Props {
  readonly [key: string]: Value;
}

/** The engine's own mark for a value that a preview cannot know (pulumi/sdk `UnknownStringValue`). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** One resource as the program registered it, and what the simulated cloud answered. */
export interface RecordedResource {
  readonly urn: string;
  /** Pulumi's token, as `aws:ec2/vpc:Vpc`. */
  readonly type: string;
  /** The logical name, as `vpn-connection1`. */
  readonly name: string;
  /** True for a cloud resource, false for a component. */
  readonly custom: boolean;
  /** The cloud's id; empty for components and in previews. */
  readonly id: string;
  /** URN of the parent; undefined for the stack itself. */
  readonly parent: string | undefined;
  readonly inputs: Props;
  readonly outputs: Props;
  /** Top-level input properties whose value held a secret anywhere inside. */
  readonly secretInputs: readonly string[];
  /** URNs this resource waits for: through values and `dependsOn` alike. */
  readonly dependencies: readonly string[];
  /** Per input property, the URNs whose outputs it was made of. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly options: RecordedOptions;
  /** True for what others own: it comes from a snapshot, and no stack of ours may change it. */
  readonly foreign?: true;
}

export interface RecordedOptions {
  readonly protect: boolean;
  readonly deleteBeforeReplace: boolean;
  readonly replaceOnChanges: readonly string[];
  /** URNs that it is replaced with. */
  readonly replaceWith: readonly string[];
  /** Whose change replaces it; `undefined` where it has none. */
  readonly replacementTrigger: Value | undefined;
  readonly ignoreChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  /** URN of the resource whose deletion takes it along; undefined where it is deleted by itself. */
  readonly deletedWith: string | undefined;
  readonly retainOnDelete: boolean;
  /** The id of what the program would take over (`import`); absent where it creates. */
  readonly importId?: string;
  /** Go durations, as `90m0s`. */
  readonly customTimeouts: { readonly create?: string; readonly update?: string; readonly delete?: string };
}

/** The options of a resource that is registered with none. */
export const neutralOptions: RecordedOptions = {
  protect: false,
  deleteBeforeReplace: false,
  replaceOnChanges: [],
  replaceWith: [],
  replacementTrigger: undefined,
  ignoreChanges: [],
  additionalSecretOutputs: [],
  deletedWith: undefined,
  retainOnDelete: false,
  customTimeouts: {},
};

/** What the clouds answer instead of doing what they are told. */
export interface Refusal {
  /** The cloud's own error code, as `InvalidParameterValue`. */
  readonly code: string;
  /** One sentence in the cloud's words; never a secret. */
  readonly message: string;
  /** The property at fault, where there is one. */
  readonly property?: string;
  /** Where the rule is documented. */
  readonly source: string;
  /** Set where the cloud refuses because something is not there: outside of the simulated clouds it may be. */
  readonly absent?: string;
  /** URN of what is in the way: with it gone, the change is possible. */
  readonly heldBy?: string;
  /** How the change is made all the same, where the way is not simply to delete what is in the way. */
  readonly procedure?: string;
}

/** Everything one run of the program did to the simulated clouds. */
export interface Recording {
  readonly stack: string;
  readonly resources: readonly RecordedResource[];
  /** What others own, as the stack's snapshot shows it; absent where the stack joins nothing. */
  readonly surroundings?: readonly RecordedResource[];
  /** When that was read (UTC), and in one sentence why it no longer counts, where it does not. */
  readonly snapshot?: { readonly readAt: string; readonly stale?: string };
  /** The stack's outputs, secrets unwrapped. */
  readonly outputs: Props;
  /** Names of the stack outputs that are secret. */
  readonly secretOutputs: readonly string[];
  readonly refusals: readonly (Refusal & { readonly urn: string })[];
  /** Settings problems or other errors of the program itself, in the words a user sees. */
  readonly errors: readonly string[];
  /** What the program told the user beside that, in the same words. */
  readonly notices?: readonly string[];
}
