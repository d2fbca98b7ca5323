import { isPublic, refuseBucketPolicy } from "../policies";
import { bucketSetting, publicAccess } from "./bucketSetting";
import type { CloudView, ResourceRecord } from "../../cloudType";
import { access, awsImpacts, none } from "../../impact";
import { refuseIf, words } from "../../rules";
import type { Refusal } from "../../../model/recording";
import { awsTypes, componentTypes } from "../../../model/resourceTypes";
import { isTrue, text } from "../../../model/values";

const policies = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html";
const deliveries = "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html";

const setting = bucketSetting({
  file: "s3/bucket_policy",
  action: "BucketPolicy",
  create: access("the reader gets access through the endpoint", policies),
  change: access(
    "without its policy the reader has no access, and administrators have access from anywhere",
    policies,
  ),
  inPlace: { policy: access("who may do what with the data changes at once", policies) },
});
const delivery = access(
  "which services may deliver logs changes, and logs that are not delivered are lost; no data is affected",
  deliveries,
);

export const bucketPolicy: ResourceRecord = {
  ...setting,
  properties: words(`bucket policy region`),
  required: ["bucket", "policy"],
  decides: ["access"],
  permissions: { ...setting.permissions, delete: ["s3:DeleteBucketPolicy"] },
  impactIn: {
    [componentTypes.trafficLogs]: awsImpacts({
      create: none("AWS's services may deliver logs, and nobody else", deliveries),
      replace: delivery,
      replaces: setting.replaces,
      properties: { policy: delivery },
    }),
  },
  refuse: (inputs, cloud) => {
    const [name, policy] = [text(inputs, "bucket"), text(inputs, "policy")];
    if (name === undefined || policy === undefined) return [];
    return [...refuseBucketPolicy(policy, name, cloud), ...refusePublic(policy, name, cloud)];
  },
};

/**
 * A new bucket blocks public policies even where nobody has said so (since April 2023), but not one whose block was
 * deleted: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeletePublicAccessBlock.html
 */
function refusePublic(policy: string, name: string, cloud: CloudView): readonly Refusal[] {
  const block = cloud.find(awsTypes.bucketPublicAccessBlock, name);
  const blocked =
    block === undefined
      ? !cloud.wasDeleted(awsTypes.bucketPublicAccessBlock, name)
      : isTrue(block.inputs, "blockPublicPolicy");
  return refuseIf(blocked && isPublic(policy), {
    code: "AccessDenied",
    message: "public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access",
    property: "policy",
    source: publicAccess,
    ...(block === undefined ? { absent: `the public access block of ${name}` } : {}),
  });
}
