import { access, awsCommon, dataLoss, each, none, type Impacts } from "../../rehearsal/clouds/impact";

const deliveries = "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html";
const lifecycles = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html";

const policy = access(
  "who delivers logs changes, and what is not delivered is lost; no data is touched",
  deliveries,
);
const expiry = dataLoss("logs go sooner than before, or are kept for longer and paid for", lifecycles);

/** Where the log bucket's guards do otherwise than those of a bucket with data. */
export const awsLogRules: Readonly<Record<string, Impacts>> = {
  "aws:s3/bucketPolicy:BucketPolicy": {
    create: none("AWS's services get in to deliver logs, and nobody else", deliveries),
    delete: policy,
    replace: policy,
    properties: { ...awsCommon(policy), ...each(["bucket", "policy"], policy) },
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    create: none("from then on logs go by themselves", lifecycles),
    delete: none("from then on no log goes by itself, and all are paid for", lifecycles),
    replace: expiry,
    properties: { ...awsCommon(expiry), ...each(["bucket", "rules"], expiry) },
  },
};
