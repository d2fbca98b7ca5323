import { type Props, UNKNOWN, type Value } from "../../rehearsal/model/recording";
import { isList, isProps } from "../../rehearsal/model/values";

/** A cloud resource before or after the deployment, as far as a preview knows it. Secrets are unknown as well. */
export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Undefined where the deployment creates it. */
  readonly id: string | undefined;
  readonly inputs: Props;
  readonly outputs: Props;
  /** Per input, the URNs of what it is made of; empty in the streaming form. */
  readonly madeOf: Readonly<Record<string, readonly string[]>>;
}

/** What becomes of one resource. */
export interface Change {
  readonly kind: "same" | "create" | "update" | "replace" | "delete";
  readonly before: Resource | undefined;
  readonly after: Resource | undefined;
  /** Of a replacement: whether the old one is deleted before the new one is created. */
  readonly deletedFirst: boolean;
  /** Whether it is replaced for no reason of its own: then Pulumi deletes it before what it depends on. */
  readonly withAnother: boolean;
}

interface ShownStep {
  readonly op: string;
  readonly urn: string;
  readonly diffReasons?: readonly string[] | null | undefined;
  readonly replaceReasons?: readonly string[] | null | undefined;
  readonly oldState?: ShownState | null | undefined;
  readonly newState?: ShownState | null | undefined;
}

interface ShownState {
  readonly id?: string | null | undefined;
  readonly inputs?: Readonly<Record<string, unknown>> | null | undefined;
  readonly outputs?: Readonly<Record<string, unknown>> | null | undefined;
  readonly propertyDependencies?:
    Readonly<Record<string, readonly string[] | null | undefined>> | null | undefined;
  readonly pendingReplacement?: boolean | null | undefined;
}

const kinds: Readonly<Record<string, Change["kind"]>> = {
  same: "same",
  refresh: "same",
  create: "create",
  import: "same",
  update: "update",
  replace: "replace",
  "create-replacement": "replace",
  "delete-replaced": "replace",
  delete: "delete",
};

/** One change for each resource; a replacement in three steps is one, at the place of its creation. */
export function changesIn(steps: readonly ShownStep[]): readonly Change[] {
  const changes = new Map<string, Change>();
  const deleted = new Set<string>();
  for (const { op, urn, oldState, newState, diffReasons, replaceReasons } of steps) {
    const kind = kinds[op];
    if (kind === undefined || (oldState?.inputs ?? newState?.inputs) == null) continue;
    if (op === "delete-replaced") {
      deleted.add(urn);
      continue;
    }
    const before = kind === "create" ? undefined : resourceOf(urn, oldState);
    const after = kind === "delete" ? undefined : resourceOf(urn, newState ?? oldState);
    const known = kind === "replace" ? {} : { id: before?.id, outputs: before?.outputs ?? {} };
    const deletedFirst = oldState?.pendingReplacement === true || deleted.has(urn);
    if (!changes.has(urn))
      changes.set(urn, {
        kind,
        before,
        after: after === undefined || kind === "create" ? after : { ...after, id: undefined, ...known },
        deletedFirst: kind === "replace" && deletedFirst,
        withAnother: kind === "replace" && [...(diffReasons ?? []), ...(replaceReasons ?? [])].length === 0,
      });
  }
  return [...changes.values()];
}

/** Type and logical name: `aws:ec2/vpnConnection:VpnConnection` and `vpn-aws-connection1`. */
export function namesIn(urn: string): { readonly type: string; readonly name: string } {
  const parts = urn.split("::");
  return { type: parts.at(-2)?.split("$").at(-1) ?? "", name: parts.slice(3).join("::") };
}

function resourceOf(urn: string, state: ShownState | null | undefined): Resource | undefined {
  if (state == null) return undefined;
  const madeOf = Object.entries(state.propertyDependencies ?? {}).map(([name, urns]) => [name, urns ?? []]);
  return {
    urn,
    ...namesIn(urn),
    id: state.id ?? undefined,
    inputs: propsOf(state.inputs),
    outputs: propsOf(state.outputs),
    madeOf: Object.fromEntries(madeOf) as Resource["madeOf"],
  };
}

/** Without what Pulumi's providers note for themselves, as `__defaults`. */
function propsOf(shown: Readonly<Record<string, unknown>> | null | undefined): Props {
  return plain((shown ?? {}) as Props) as Props;
}

/** How Pulumi writes a secret in its JSON: https://www.pulumi.com/docs/iac/concepts/secrets/ */
const secretMark = "4dabf18193072939515e22adb298388d";

function plain(value: Value): Value {
  if (value === "[secret]") return UNKNOWN;
  if (isList(value)) return value.map(plain);
  if (!isProps(value)) return value;
  if (secretMark in value) return UNKNOWN;
  const own = Object.entries(value).filter(([name]) => !name.startsWith("__"));
  return Object.fromEntries(own.map(([name, inner]) => [name, plain(inner)]));
}
