import type { Props, Refusal } from "../../../model/recording";
import { awsTypes } from "../../../model/resourceTypes";
import { isProps, number, text, valuesAt } from "../../../model/values";
import type { CloudView, ResourceRecord } from "../../cloudType";
import { awsImpacts, none } from "../../impact";
import { aboutMinutes, refuseIf, words } from "../../rules";
import { regionOf } from "../aws";
import { takesFlowLogs, withoutPolicy } from "../logDelivery";
import { ec2Actions, ec2Errors, ec2Id, ec2Outputs, ec2Replaces, ec2Tags } from "./ec2";
import { subnetReference, vpcReference } from "./references";
import { awsProviderPage } from "../../pins";

const docs = "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html";
const create = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html";
const permissions = "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html";
/** A creation that fails for one resource answers with success, and the failure in a list. */
const unsuccessful = "https://github.com/getmoto/moto/blob/master/moto/ec2/models/flow_logs.py";
const provider = awsProviderPage("r/flow_log");
const logged = words(`eniId regionalNatGatewayId subnetId transitGatewayAttachmentId transitGatewayId vpcId`);
// Only its tags change in place: EC2 has no call to modify a flow log.
const replaces = ec2Replaces("vpc_flow_log", [
  ...words(`
    deliverCrossAccountRole destinationOptions iamRoleArn logDestination logDestinationType logFormat
    maxAggregationInterval tagFieldSpecifications trafficType`),
  ...logged,
]);
const onlyLogging = none("only the logging changes: traffic continues as before", docs);

/**
 * AWS keeps a delivery behind each flow log to S3, with the permissions of whoever creates it:
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3.html
 */
const flowLogDelivery = ["logs:CreateLogDelivery", "s3:GetBucketPolicy"];

export const flowLog: ResourceRecord = {
  properties: [
    ...words(`
      deliverCrossAccountRole destinationOptions.fileFormat destinationOptions.hiveCompatiblePartitions
      destinationOptions.perHourPartition iamRoleArn logDestination logDestinationType logFormat maxAggregationInterval
      region tagFieldSpecifications.resourceType tagFieldSpecifications.tagKeys tags.* trafficType`),
    ...logged,
  ],
  required: [],
  values: { "destinationOptions.fileFormat": ["plain-text", "parquet"] },
  replaces,
  // What is logged can be deleted all the same.
  references: { vpcId: vpcReference, subnetId: subnetReference },
  decides: ["path"],
  permissions: {
    create: ["ec2:CreateFlowLogs", "ec2:CreateTags", ...flowLogDelivery],
    read: ["ec2:DescribeFlowLogs"],
    update: ec2Tags,
    delete: ["ec2:DeleteFlowLogs", "logs:DeleteLogDelivery"],
    source: `${ec2Actions}; https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3.html`,
  },
  impact: awsImpacts({ create: onlyLogging, replace: onlyLogging, replaces }),
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
  outputs: (inputs, cloud, subject) => ({
    ...ec2Outputs("vpc-flow-log", inputs, cloud, subject),
    logDestinationType: inputs["logDestinationType"] ?? "cloud-watch-logs",
    // EC2 answers them for logs to S3 also where nobody set them; the provider then sees no difference
    // (SuppressMissingOptionalConfigurationBlock).
    ...(text(inputs, "logDestinationType") === "s3" ? { destinationOptions: optionsOf(inputs) } : {}),
    maxAggregationInterval: inputs["maxAggregationInterval"] ?? 600,
    logFormat:
      inputs["logFormat"] ??
      "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}",
  }),
};

function optionsOf(inputs: Props): Props {
  const asked = valuesAt(inputs, "destinationOptions").find(isProps);
  return { fileFormat: "plain-text", hiveCompatiblePartitions: false, perHourPartition: false, ...asked };
}

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

/** A second flow log of the same traffic to the same destination. */
function refuseTwin(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const same = (property: string) => (other: { readonly inputs: Props }) =>
    JSON.stringify(other.inputs[property]) === JSON.stringify(inputs[property]);
  const twins = cloud
    .all(awsTypes.flowLog)
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
      message: `a bucket cannot be a destination of type ${kind}`,
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
  if (cloud.find(awsTypes.bucket, bucket) === undefined)
    return [
      {
        code: "400",
        message: `LogDestination: ${bucket} does not exist`,
        absent: bucket,
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
      message: "AWS reserves the folder name AWSLogs: choose another one",
      property: "logDestination",
      source: create,
    }),
    // If the caller has the permissions, AWS adds its statements to the policy instead, overwriting the program's own.
    ...refuseIf(!takesFlowLogs(bucket, prefix, regionOf(inputs, cloud), cloud), {
      code: "400",
      message: `Access Denied for LogDestination: ${bucket}. Please check LogDestination permission`,
      ...withoutPolicy(bucket, cloud),
      property: "logDestination",
      source: `guess: the code, as that of another failure; ${permissions}; the words: https://github.com/awsdocs/amazon-vpc-user-guide/pull/28`,
    }),
  ];
}
