import { readEstate, type Estate } from "../rehearsal/estate/estate";
import type { Props as RecordedProps, RecordedResource } from "../rehearsal/model/recording";
import { stackOf, type StackResource } from "./rule";
import { text, type Props } from "./values";

/** What decides who gets into the buckets. Anything else stays unread: one unknown value would keep the rule from running. */
const deciding = [
  "aws:s3/bucket:Bucket",
  "aws:s3/bucketPolicy:BucketPolicy",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  "aws:s3/bucketLogging:BucketLogging",
  "aws:ec2/flowLog:FlowLog",
  "aws:cloudtrail/trail:Trail",
  "aws:ec2/vpcEndpoint:VpcEndpoint",
  "aws:iam/user:User",
  "aws:iam/accessKey:AccessKey",
  "azure-native:network:Subnet",
];

/** The stack as the rehearsal reads one that it ran: of a pack's resources, those that decide about access. */
export function estateOf(resources: readonly StackResource[], outputs: Props): Estate {
  return readEstate({
    stack: stackOf(resources[0]?.urn ?? ""),
    resources: resources.filter(({ type }) => deciding.includes(type)).map(asRecorded),
    outputs: outputs as RecordedProps,
    secretOutputs: [],
    refusals: [],
    errors: [],
  });
}

/** A pack sees what the cloud answered, with what was asked for in it, but no id: an endpoint's ARN ends with it. */
function asRecorded({ urn, type, name, props }: StackResource): RecordedResource {
  return {
    ...{ urn, type, name, custom: true, parent: undefined },
    id: text(props, "arn")?.split("/").at(-1) ?? "",
    inputs: props as RecordedProps,
    outputs: props as RecordedProps,
    ...{ secretInputs: [], dependencies: [], propertyDependencies: {} },
    options: {
      ...{ protect: false, deleteBeforeReplace: false, retainOnDelete: false, customTimeouts: {} },
      ...{ replaceOnChanges: [], replaceWith: [], ignoreChanges: [], additionalSecretOutputs: [] },
      ...{ replacementTrigger: undefined, deletedWith: undefined },
    },
  };
}
