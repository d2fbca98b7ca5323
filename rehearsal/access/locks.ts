import type { RecordedResource } from "../model/recording";
import { awsTypes } from "../model/resourceTypes";
import { number, text } from "../model/values";
import type { AccessCase } from "./report";

/**
 * What gets past an object lock in governance mode, or changes it: deleting in spite of it, shortening an object's retention,
 * setting and lifting legal holds, and what new objects get.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-bypass
 */
export const lockActions = [
  "s3:BypassGovernanceRetention",
  "s3:PutObjectRetention",
  "s3:PutObjectLegalHold",
  "s3:PutBucketObjectLockConfiguration",
] as const;
export type LockAction = (typeof lockActions)[number];

/** Those of these actions that are about object locks. */
export function lockActionsAmong(actions: readonly string[]): readonly LockAction[] {
  return lockActions.filter((action) => actions.includes(action));
}

/** A bucket that locks what is written, and who gets past that. */
export interface LockAccess {
  readonly bucket: string;
  readonly days: number;
  readonly lifts: readonly (Pick<AccessCase, "caller" | "way"> & {
    readonly action: LockAction;
    /** Whether it is meant to. */
    readonly ok: boolean;
  })[];
}

/** Each bucket with a lock. What calls for somebody gets what they get, and is among them only where that is wrong. */
export function locksOf(
  resources: readonly RecordedResource[],
  cases: readonly AccessCase[],
): readonly LockAccess[] {
  return resources
    .filter(({ type }) => type === awsTypes.bucketObjectLockConfiguration)
    .map(({ inputs }) => {
      const bucket = text(inputs, "bucket") ?? "";
      const allowed = cases.filter((one) => one.bucket === bucket && one.scope === "all" && one.allowed);
      const lifts = allowed.flatMap(({ caller, by, way, via, action, alike, outcome }) => {
        const ok = outcome === "holds";
        if (ok && by !== undefined) return [];
        const who = via === undefined ? caller : `${caller}, ${via}`;
        return lockActionsAmong([action, ...alike]).map((one) => ({ caller: who, way, action: one, ok }));
      });
      return { bucket, days: number(inputs, "rule.defaultRetention.days") ?? 0, lifts: once(lifts) };
    });
}

/** A call is asked for several objects, with and without TLS: it is wrong where one of them is. */
function once(lifts: LockAccess["lifts"]): LockAccess["lifts"] {
  const wrong = new Set(lifts.filter(({ ok }) => !ok).map(keyOf));
  const all = new Map(lifts.map((lift) => [keyOf(lift), { ...lift, ok: !wrong.has(keyOf(lift)) }]));
  return [...all.values()];
}

function keyOf({ caller, way, action }: LockAccess["lifts"][number]): string {
  return [caller, way, action].join("\n");
}
