import type { Props, Refusal } from "../../../model/recording";
import {
  arnOf,
  ec2Errors,
  ec2Id,
  forceNew,
  regional,
  regionOf,
  subnetReference,
  tagsAll,
  vpcReference,
} from "../aws";
import { takesFlowLogs } from "../logDelivery";
import type { CloudType, CloudView } from "../../cloudType";
import { aboutMinutes, each, refuseIf, words } from "../../rules";
import { number, text, valuesAt } from "../../../model/values";

const type = "aws:ec2/flowLog:FlowLog";
const create = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html";
const permissions = "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html";
/** A creation that fails for one resource answers with success, and the failure in a list. */
const unsuccessful = "https://github.com/getmoto/moto/blob/master/moto/ec2/models/flow_logs.py";
const provider = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/flow_log";
const logged = [
  "eniId",
  "regionalNatGatewayId",
  "subnetId",
  "transitGatewayAttachmentId",
  "transitGatewayId",
  "vpcId",
];

export const awsFlowLog: Readonly<Record<string, CloudType>> = {
  [type]: {
    properties: words(`
      deliverCrossAccountRole destinationOptions.fileFormat destinationOptions.hiveCompatiblePartitions
      destinationOptions.perHourPartition eniId iamRoleArn logDestination logDestinationType logFormat
      maxAggregationInterval region regionalNatGatewayId subnetId tagFieldSpecifications.resourceType
      tagFieldSpecifications.tagKeys tags.* trafficType transitGatewayAttachmentId transitGatewayId vpcId`),
    required: [],
    // Nothing but its tags changes: EC2 has no call to modify a flow log.
    replaces: {
      ...regional,
      ...each(
        `deliverCrossAccountRole destinationOptions eniId iamRoleArn logDestination logDestinationType logFormat
         maxAggregationInterval regionalNatGatewayId subnetId tagFieldSpecifications trafficType
         transitGatewayAttachmentId transitGatewayId vpcId`,
        forceNew("ec2/vpc_flow_log"),
      ),
    },
    // What is logged may go all the same.
    references: {
      vpcId: { types: vpcReference.types, missing: vpcReference.missing, source: ec2Errors },
      subnetId: { types: subnetReference.types, missing: subnetReference.missing, source: ec2Errors },
    },
    create: aboutMinutes(0.2, "one call; the first file comes some ten minutes later"),
    update: aboutMinutes(0.1, "its tags change within seconds"),
    delete: aboutMinutes(0.1, "one call"),
    refuse: (inputs, cloud, { id }) => [
      ...refuseSubject(inputs),
      ...refuseTwin(inputs, cloud, id),
      ...refuseInterval(inputs),
      ...refuseDestination(inputs, cloud),
    ],
    id: ec2Id("fl"),
    outputs: (inputs, cloud, { id }) => ({
      ...tagsAll(inputs),
      arn: arnOf("ec2", inputs, cloud, `vpc-flow-log/${id}`),
      region: regionOf(inputs, cloud),
      logDestinationType: inputs["logDestinationType"] ?? "cloud-watch-logs",
      maxAggregationInterval: inputs["maxAggregationInterval"] ?? 600,
      logFormat:
        inputs["logFormat"] ??
        "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}",
    }),
  },
};

function refuseSubject(inputs: Props): readonly Refusal[] {
  const subjects = logged.filter((property) => valuesAt(inputs, property).length > 0);
  const traffic = text(inputs, "trafficType");
  const everything = subjects.some((property) => property.startsWith("transitGateway"));
  return [
    ...refuseIf(subjects.length !== 1, {
      code: "InvalidCombination",
      message: `one of ${logged.join(", ")} must be specified`,
      property: subjects[1] ?? "vpcId",
      source: provider,
    }),
    ...refuseIf(
      (valuesAt(inputs, "trafficType").length === 0 && !everything) ||
        (traffic !== undefined && !["ACCEPT", "ALL", "REJECT"].includes(traffic)),
      {
        code: "InvalidParameterValue",
        message: "the traffic to log is ACCEPT, REJECT or ALL",
        property: "trafficType",
        source: create,
      },
    ),
  ];
}

/** Two that say the same of the same would only cost twice. */
function refuseTwin(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const same = (property: string) => (other: { readonly inputs: Props }) =>
    JSON.stringify(other.inputs[property]) === JSON.stringify(inputs[property]);
  const twins = cloud
    .all(type)
    .filter((other) => other.id !== id)
    .filter((other) =>
      [...logged, "logDestination", "trafficType"].every((property) => same(property)(other)),
    );
  return refuseIf(twins.length > 0, {
    code: "FlowLogAlreadyExists",
    message: "there is an existing flow log with the same configuration and log destination",
    source: ec2Errors,
  });
}

function refuseInterval(inputs: Props): readonly Refusal[] {
  const interval = number(inputs, "maxAggregationInterval");
  return refuseIf(interval !== undefined && interval !== 60 && interval !== 600, {
    code: "InvalidParameterValue",
    message: `flows are aggregated over 60 or 600 seconds, not ${interval ?? 0}`,
    property: "maxAggregationInterval",
    source: create,
  });
}

function refuseDestination(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const stated = valuesAt(inputs, "logDestinationType");
  const kind = stated.length === 0 ? "cloud-watch-logs" : text(inputs, "logDestinationType");
  if (kind === undefined) return [];
  return [
    ...refuseIf(!["cloud-watch-logs", "kinesis-data-firehose", "s3"].includes(kind), {
      code: "InvalidParameterValue",
      message: `logs go to cloud-watch-logs, s3 or kinesis-data-firehose, not to '${kind}'`,
      property: "logDestinationType",
      source: create,
    }),
    ...refuseIf(valuesAt(inputs, "logDestination").length === 0, {
      code: "MissingParameter",
      message: "a flow log must have a log destination",
      property: "logDestination",
      source: create,
    }),
    ...(kind === "s3" ? refuseS3(inputs, cloud) : refuseRole(inputs, kind)),
  ];
}

function refuseRole(inputs: Props, kind: string): readonly Refusal[] {
  return [
    ...refuseIf(kind === "cloud-watch-logs" && valuesAt(inputs, "iamRoleArn").length === 0, {
      code: "MissingParameter",
      message: "DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs",
      property: "iamRoleArn",
      source: create,
    }),
    ...refuseIf(text(inputs, "logDestination")?.startsWith("arn:aws:s3:") === true, {
      code: "InvalidParameterValue",
      message: `a bucket is no destination of the kind ${kind}`,
      property: "logDestination",
      source: create,
    }),
  ];
}

function refuseS3(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const destination = text(inputs, "logDestination");
  if (destination === undefined) return [];
  const [, bucket = "", folder = ""] = /^arn:aws:s3:::([^/]+)\/?(.*)$/.exec(destination) ?? [];
  const prefix = folder === "" || folder.endsWith("/") ? folder : `${folder}/`;
  if (cloud.find("aws:s3/bucket:Bucket", bucket) === undefined)
    return [
      {
        code: "400",
        message: `LogDestination: ${bucket} does not exist`,
        property: "logDestination",
        source: unsuccessful,
      },
    ];
  return [
    ...refuseIf(valuesAt(inputs, "iamRoleArn").length > 0, {
      code: "InvalidParameter",
      message: "DeliverLogsPermissionArn is not applicable for s3 delivery",
      property: "iamRoleArn",
      source: "https://github.com/aws-samples/aws-secure-environment-accelerator/issues/1111",
    }),
    ...refuseIf(/(^|\/)AWSLogs(\/|$)/.test(folder), {
      code: "InvalidParameterValue",
      message: "AWSLogs is a name that AWS keeps: no folder of one's own may bear it",
      property: "logDestination",
      source: create,
    }),
    // With the rights to, AWS puts its statements into the policy instead; the program's own would then be overwritten.
    ...refuseIf(!takesFlowLogs(bucket, prefix, regionOf(inputs, cloud), cloud), {
      code: "400",
      message: `Access Denied for LogDestination: ${bucket}. Please check LogDestination permission`,
      property: "logDestination",
      source: `guess: the code, as that of another failure; ${permissions}; the words: https://github.com/awsdocs/amazon-vpc-user-guide/pull/28`,
    }),
  ];
}
