import { accessLogRequests, flowLogRequests, type LogTarget, trailRequests } from "../../iam/logDelivery";
import { parsePolicy } from "../../iam/document";
import { type AccessRequest, evaluate } from "../../iam/evaluator";
import type { Refusal } from "../../model/recording";
import { awsTypes } from "../../model/resourceTypes";
import { text } from "../../model/values";
import type { CloudView } from "../cloudType";

/** Whether the bucket's policy lets flow logs be delivered below the prefix. */
export function takesFlowLogs(bucket: string, prefix: string, region: string, cloud: CloudView): boolean {
  return lets(bucket, cloud, flowLogRequests(targetOf(bucket, prefix, region, cloud)));
}

/** Whether the bucket's policy lets S3 deliver the access logs of the other below the prefix. */
export function takesAccessLogs(
  bucket: string,
  prefix: string,
  logged: { readonly bucket: string; readonly region: string },
  cloud: CloudView,
): boolean {
  const target = targetOf(bucket, prefix, logged.region, cloud);
  return lets(bucket, cloud, accessLogRequests(target, `arn:aws:s3:::${logged.bucket}`));
}

/** Whether the bucket's policy lets CloudTrail deliver what the trail records below the prefix. */
export function takesTrail(bucket: string, prefix: string, trail: string, cloud: CloudView): boolean {
  const target = targetOf(bucket, prefix, trail.split(":")[3] ?? "", cloud);
  return lets(bucket, cloud, trailRequests(target, trail));
}

/** Marks the refusal by a bucket without any policy. */
export function withoutPolicy(bucket: string, cloud: CloudView): Pick<Refusal, "absent"> {
  return cloud.find(awsTypes.bucketPolicy, bucket) === undefined ? { absent: `the policy of ${bucket}` } : {};
}

function targetOf(bucket: string, prefix: string, region: string, { accountId }: CloudView): LogTarget {
  return { bucketArn: `arn:aws:s3:::${bucket}`, prefix, region, accountId };
}

function lets(bucket: string, cloud: CloudView, requests: readonly AccessRequest[]): boolean {
  const json = text(cloud.find(awsTypes.bucketPolicy, bucket)?.inputs, "policy");
  if (json === undefined) return false;
  try {
    const policies = { bucket: parsePolicy("bucket", json), endpoint: undefined, identity: [] };
    return requests.every((request) => evaluate(policies, request).allowed);
  } catch {
    // What the evaluator does not cover is reported where access is judged; here it counts as accepted.
    return true;
  }
}
