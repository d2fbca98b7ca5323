import type { Inputs, Preview, Step } from "./preview";
import { type AccessRow, rowsOf } from "./accessRows";
import { lockActionsAmong } from "../../rehearsal/access/locks";
import { type ChangedPolicy, differencesOf, type Place } from "../../rehearsal/access/differences";
import { less, none, access, type ImpactRule } from "../../rehearsal/clouds/impact";
import { parsePolicy } from "../../rehearsal/iam/document";
import type { Policy } from "../../rehearsal/iam/evaluator";
import { remarksOn } from "../../rehearsal/iam/remarks";
import { UNKNOWN } from "../../rehearsal/model/recording";
import { awsTypes } from "../../rehearsal/model/resourceTypes";

/** What a change of a policy means, or why that is not known. */
export type Comparison =
  | {
      readonly kind: "compared";
      readonly opened: readonly AccessRow[];
      readonly closed: readonly AccessRow[];
      /** Whether the reader, or a service of AWS, loses something. */
      readonly shutsOut: "users" | "nobody that uses it";
      /** Actions that somebody gains, and that get past the object lock which the bucket has. */
      readonly pastLock: readonly string[];
    }
  | { readonly kind: "not compared"; readonly reason: string };

const kinds: Readonly<Record<string, ChangedPolicy["kind"]>> = {
  [awsTypes.bucketPolicy]: "bucket",
  [awsTypes.vpcEndpoint]: "endpoint",
};

/** Undefined for steps that change no policy. */
export function comparePolicies(step: Step, preview: Preview): Comparison | undefined {
  const kind = kinds[step.type];
  if (kind === undefined || preview.isNew || !changesPolicy(step)) return undefined;
  const [before, after] = [
    step.op === "create" ? absent(kind) : readPolicy(kind, step.before),
    step.op === "delete" ? absent(kind) : readPolicy(kind, step.after),
  ];
  if (before.kind === "not read") return { kind: "not compared", reason: `the old policy ${before.reason}` };
  if (after.kind === "not read") return { kind: "not compared", reason: `the new policy ${after.reason}` };
  const place = placeOf(preview);
  if (place === undefined)
    return {
      kind: "not compared",
      reason: "the preview does not show the stack's outputs: readerArn, endpointId and awsNetwork.vpcId",
    };
  const name = step.before?.["bucket"] ?? step.after?.["bucket"];
  if (kind === "bucket" && typeof name !== "string")
    return { kind: "not compared", reason: "the preview does not show whose policy it is" };
  const bucketArn = kind === "bucket" ? `arn:${place.partition}:s3:::${String(name)}` : undefined;
  const { opened, closed } = differencesOf(
    { kind, before: before.policy, after: after.policy, bucketArn },
    place,
  );
  // Nobody had anything in a bucket that is new, and nobody has anything in one that is gone.
  const owner = kind === "bucket" ? preview.steps.find((one) => isBucketOf(step, one)) : undefined;
  return {
    kind: "compared",
    opened: owner?.op === "delete" ? [] : rowsOf(opened),
    closed: owner?.op === "create" ? [] : rowsOf(closed),
    pastLock: isLocked(preview, name) ? lockActionsAmong(opened.flatMap(({ actions }) => actions)) : [],
    shutsOut: closed.some(({ uses }) => uses === "uses") ? "users" : "nobody that uses it",
  };
}

function isLocked({ outputs }: Preview, name: unknown): boolean {
  const buckets = Object.values(outputs["buckets"] ?? {}) as readonly Inputs[];
  return buckets.some(({ bucketName, lockDays }) => bucketName === name && lockDays !== undefined);
}

function changesPolicy({ op, changes, before, after }: Step): boolean {
  switch (op) {
    case "create":
    case "delete":
      return true;
    case "update":
      return changes.includes("policy");
    case "replace":
      return before?.["policy"] !== after?.["policy"];
    default:
      return false;
  }
}

/** Without a policy of its own a bucket leaves everything to the callers' policies; an endpoint that is not there lets nobody through. */
function absent(kind: ChangedPolicy["kind"]): ReadPolicy {
  return { kind: "read", policy: kind === "bucket" ? undefined : { kind, statements: [] } };
}

function isBucketOf(policy: Step, { type, op, before, after }: Step): boolean {
  if (type !== awsTypes.bucket || (op !== "create" && op !== "delete")) return false;
  const [own, named] = op === "create" ? [after, policy.after] : [before, policy.before];
  return own?.["bucket"] !== undefined && own["bucket"] === named?.["bucket"];
}

type ReadPolicy =
  | { readonly kind: "read"; readonly policy: Policy | undefined }
  | { readonly kind: "not read"; readonly reason: string };

function readPolicy(kind: ChangedPolicy["kind"], inputs: Inputs | undefined): ReadPolicy {
  const notRead = (reason: string) => ({ kind: "not read", reason }) as const;
  if (inputs === undefined) return notRead("is not in the preview");
  const text = inputs["policy"];
  // An endpoint without a policy lets everything pass.
  if (text === undefined && kind === "endpoint") return { kind: "read", policy: undefined };
  if (typeof text !== "string") return notRead("is no text in the preview");
  if (text.includes(UNKNOWN)) return notRead("is not known before the update");
  try {
    const policy = parsePolicy(kind, text);
    const strange = remarksOn(policy).find(({ outcome }) => outcome === "not judged");
    return strange === undefined
      ? { kind: "read", policy }
      : notRead(`cannot be evaluated: ${strange.problem}`);
  } catch (error) {
    return notRead(`cannot be evaluated: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What the stack has put out of itself: an update of a policy changes none of it. */
function placeOf({ outputs }: Preview): Place | undefined {
  const text = (from: unknown, name: string) => {
    const value = typeof from === "object" && from !== null ? (from as Inputs)[name] : undefined;
    return typeof value === "string" ? value : undefined;
  };
  const readerArn = text(outputs, "readerArn");
  const endpointId = text(outputs, "endpointId");
  const vpcId = text(outputs["awsNetwork"], "vpcId");
  const clients = text(outputs["azureNetwork"], "cidr");
  if (readerArn === undefined || endpointId === undefined || vpcId === undefined) return undefined;
  const [, partition = "", , , ownerAccountId = ""] = readerArn.split(":");
  const clientNetworks = clients === undefined ? [] : [clients];
  return { readerArn, partition, ownerAccountId, endpoint: { endpointId, vpcId, clientNetworks, place: "" } };
}

const logic = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html";

/** What follows from a comparison, instead of the rule that knows only that the policy changes. */
export function ruleOfMeaning({
  opened,
  closed,
  shutsOut,
  pastLock,
}: Extract<Comparison, { kind: "compared" }>): ImpactRule {
  if (opened.length > 0) {
    const locks =
      pastLock.length === 0 ? "" : `, also past the bucket's object lock (${pastLock.join(", ")})`;
    return access(`the new policy allows what the old one does not${locks}: see below`, logic);
  }
  if (closed.length === 0) return none("rewritten, nobody gains or loses anything", logic);
  return shutsOut === "users"
    ? access("the reader, or a service of AWS, loses what the old policy allows: see below", logic)
    : less("the new policy allows less than the old one, and nobody more: see below", logic);
}
