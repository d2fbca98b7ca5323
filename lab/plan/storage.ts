import { awsTypes } from "../../rehearsal/model/resourceTypes";
import { text } from "../../rehearsal/model/values";
import type { Estate } from "../../rehearsal/estate/estate";
import { LabError } from "../machine/processes";
import { required } from "./required";

/** What stands at the end of the tunnel, and who may use it. */
export interface StoragePlan {
  readonly region: string;
  readonly endpoint: EndpointPlan;
  readonly buckets: readonly BucketPlan[];
  readonly reader: ReaderPlan;
  /** The stack's output, run word for word. */
  readonly listCommand: string;
}

export interface EndpointPlan {
  readonly id: string;
  readonly vpcId: string;
  /** Regional name first; without the wildcard that AWS shows before some. */
  readonly names: readonly string[];
  readonly policy: string | undefined;
}

export interface BucketPlan {
  readonly name: string;
  readonly policy: string | undefined;
  readonly objects: readonly { readonly key: string; readonly content: string }[];
}

export interface ReaderPlan {
  readonly arn: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export function planStorage(estate: Estate): StoragePlan {
  const [endpoint] = estate.aws.endpoints;
  if (endpoint === undefined) throw new LabError("the recording has no S3 endpoint: nothing to reach");
  const names = endpoint.dnsNames.map((name) => name.replace(/^\*\.(bucket\.)?/, ""));
  const { listCommand } = estate.outputs;
  return {
    region: required(
      /^com\.amazonaws\.([^.]+)\.s3$/.exec(endpoint.service ?? "")?.[1],
      "the endpoint's region",
    ),
    // The zonal names carry the zone after the regional one's suffix.
    endpoint: {
      id: endpoint.resource.id,
      vpcId: required(endpoint.vpcId, "the endpoint's VPC"),
      names: [...new Set(names)].sort((one, other) => one.length - other.length),
      policy: endpoint.policy,
    },
    buckets: estate.ofType(awsTypes.bucket).map((bucket) => planBucket(estate, bucket.id)),
    reader: planReader(estate),
    listCommand: required(
      typeof listCommand === "string" ? listCommand : undefined,
      "the output listCommand",
    ),
  };
}

function planBucket(estate: Estate, name: string): BucketPlan {
  const inBucket = (type: string) => estate.ofType(type).filter((r) => text(r.inputs, "bucket") === name);
  return {
    name,
    policy: text(inBucket(awsTypes.bucketPolicy)[0]?.inputs, "policy"),
    objects: inBucket(awsTypes.bucketObjectv2).map(({ inputs }) => ({
      key: required(text(inputs, "key"), "an object's key"),
      content: text(inputs, "content") ?? "",
    })),
  };
}

function planReader(estate: Estate): ReaderPlan {
  const [accessKey] = estate.ofType(awsTypes.accessKey);
  const user = estate
    .ofType(awsTypes.user)
    .find((one) => text(one.outputs, "name") === text(accessKey?.inputs, "user"));
  return {
    arn: required(text(user?.outputs, "arn"), "the reader's ARN"),
    accessKeyId: required(accessKey?.id, "the reader's access key"),
    secretAccessKey: required(text(accessKey?.outputs, "secret"), "the reader's secret access key"),
  };
}
