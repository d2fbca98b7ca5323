import type { Estate } from "../../rehearsal/estate/estate";
import { awsTypes, type ResourceType } from "../../rehearsal/model/resourceTypes";
import { text } from "../../rehearsal/model/values";
import { required } from "./required";

/** What is at the end of the tunnel, and who may use it. */
export interface StoragePlan {
  readonly region: string;
  readonly endpoint: EndpointPlan;
  readonly buckets: readonly BucketPlan[];
  readonly reader: ReaderPlan;
  /** The stack's output, run word for word. */
  readonly listCommand: string;
  /** The endpoint's address in that command, as `https://bucket.vpce-….s3.….amazonaws.com`. */
  readonly endpointUrl: string;
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
  const endpoint = required(estate.link.endpoint, "S3 endpoint");
  const names = endpoint.dnsNames.map((name) => name.replace(/^\*\.(bucket\.)?/, ""));
  const listCommand = required(text(estate.outputs, "listCommand"), "output listCommand");
  const region = /^com\.amazonaws\.([^.]+)\.s3$/.exec(endpoint.service ?? "")?.[1];
  return {
    region: required(region, "region of the endpoint"),
    endpoint: {
      id: endpoint.resource.id,
      vpcId: required(endpoint.vpcId, "VPC of the endpoint"),
      // The zonal names have the zone after the regional one's suffix: they are longer.
      names: [...new Set(names)].sort((one, other) => one.length - other.length),
      policy: endpoint.policy,
    },
    buckets: estate.dataBuckets.map((bucket) => planBucket(estate, bucket.id)),
    reader: planReader(estate),
    listCommand,
    endpointUrl: required(/--endpoint-url (\S+)/.exec(listCommand)?.[1], "--endpoint-url in listCommand"),
  };
}

function planBucket(estate: Estate, name: string): BucketPlan {
  const inBucket = (type: ResourceType) =>
    estate.ofType(type).filter((r) => text(r.inputs, "bucket") === name);
  return {
    name,
    policy: text(inBucket(awsTypes.bucketPolicy)[0]?.inputs, "policy"),
    objects: inBucket(awsTypes.bucketObjectv2).map(({ inputs }) => ({
      key: required(text(inputs, "key"), "key of an object"),
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
    arn: required(text(user?.outputs, "arn"), "ARN of the reader"),
    accessKeyId: required(accessKey?.id, "access key of the reader"),
    secretAccessKey: required(text(accessKey?.outputs, "secret"), "secret access key of the reader"),
  };
}
