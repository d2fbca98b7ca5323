import { awsTypes } from "../../../rehearsal/model/resourceTypes";
import type { Props, RecordedResource, Value } from "../../../rehearsal/model/recording";
import { awsNames } from "../../rehearsal/clouds/schemas/awsNames";
import { type Converter, picked, respelt } from "./conversion";

const capitals = (key: string): string => key.replace(/^\w/, (first) => first.toUpperCase());

const settings: Readonly<Record<string, (inputs: Props) => Props>> = {
  [awsTypes.bucketPublicAccessBlock]: ({
    blockPublicAcls = false,
    blockPublicPolicy = false,
    ignorePublicAcls = false,
    restrictPublicBuckets = false,
  }) => ({
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: blockPublicAcls,
      BlockPublicPolicy: blockPublicPolicy,
      IgnorePublicAcls: ignorePublicAcls,
      RestrictPublicBuckets: restrictPublicBuckets,
    },
  }),
  [awsTypes.bucketOwnershipControls]: ({ rule = {} }) => ({
    OwnershipControls: { Rules: [respelt(rule, capitals)] },
  }),
  [awsTypes.bucketVersioning]: ({ versioningConfiguration = {} }) => ({
    VersioningConfiguration: respelt(versioningConfiguration, capitals),
  }),
  [awsTypes.bucketServerSideEncryptionConfiguration]: ({ rules = [] }) => ({
    BucketEncryption: {
      ServerSideEncryptionConfiguration: respelt(rules, (key) =>
        key === "applyServerSideEncryptionByDefault"
          ? "ServerSideEncryptionByDefault"
          : key === "sseAlgorithm"
            ? "SSEAlgorithm"
            : capitals(key),
      ),
    },
  }),
  [awsTypes.bucketLogging]: (inputs) => ({
    LoggingConfiguration: picked(inputs, {
      targetBucket: "DestinationBucketName",
      targetPrefix: "LogFilePrefix",
    }),
  }),
  [awsTypes.bucketLifecycleConfiguration]: ({ rules = [] }) => ({
    LifecycleConfiguration: { Rules: respelt(rules, capitals) },
  }),
  [awsTypes.bucketObjectLockConfiguration]: ({ rule = {} }) => ({
    ObjectLockEnabled: true,
    ObjectLockConfiguration: { ObjectLockEnabled: "Enabled", Rule: respelt(rule, capitals) },
  }),
};

/** A bucket and the settings that Pulumi keeps beside it are one resource of CloudFormation. */
const bucket: Converter = ({ inputs }, all) => ({
  type: "AWS::S3::Bucket",
  properties: Object.assign(
    { BucketName: inputs["bucket"] ?? "", AccessControl: inputs["acl"] ?? "Private" },
    ...all
      .filter((one) => one.inputs["bucket"] === inputs["bucket"])
      .map((one) => settings[one.type]?.(one.inputs) ?? {}),
  ) as Props,
});

const ruleNames = {
  cidrIpv4: "CidrIp",
  cidrIpv6: "CidrIpv6",
  description: "Description",
  fromPort: "FromPort",
  ipProtocol: "IpProtocol",
  securityGroupId: "GroupId",
  toPort: "ToPort",
};

const converters: Readonly<Record<string, Converter>> = {
  [awsTypes.bucket]: bucket,
  [awsTypes.logGroup]: ({ inputs }) => ({
    type: "AWS::Logs::LogGroup",
    properties: picked(inputs, {
      kmsKeyId: "KmsKeyId",
      name: "LogGroupName",
      retentionInDays: "RetentionInDays",
    }),
  }),
  [awsTypes.securityGroup]: ({ inputs }) => ({
    type: "AWS::EC2::SecurityGroup",
    properties: picked(inputs, { description: "GroupDescription", name: "GroupName", vpcId: "VpcId" }),
  }),
  [awsTypes.securityGroupIngressRule]: ({ inputs }) => ({
    type: "AWS::EC2::SecurityGroupIngress",
    properties: picked(inputs, ruleNames),
  }),
  [awsTypes.trail]: ({ inputs }) => ({
    type: "AWS::CloudTrail::Trail",
    properties: {
      // CloudFormation demands it, and Pulumi's default is true.
      IsLogging: inputs["enableLogging"] ?? true,
      ...picked(inputs, {
        cloudWatchLogsGroupArn: "CloudWatchLogsLogGroupArn",
        enableLogFileValidation: "EnableLogFileValidation",
        isMultiRegionTrail: "IsMultiRegionTrail",
        kmsKeyId: "KMSKeyId",
        name: "TrailName",
        s3BucketName: "S3BucketName",
        s3KeyPrefix: "S3KeyPrefix",
        snsTopicName: "SnsTopicName",
      }),
    },
  }),
  [awsTypes.topic]: ({ inputs }) => ({
    type: "AWS::SNS::Topic",
    properties: picked(inputs, { kmsMasterKeyId: "KmsMasterKeyId", name: "TopicName" }),
  }),
  [awsTypes.user]: ({ inputs }) => ({
    type: "AWS::IAM::User",
    properties: picked(inputs, { name: "UserName" }),
  }),
};

/** Types that come into the template, by themselves or with their bucket. */
const convertedAws: readonly string[] = [...Object.keys(converters), ...Object.keys(settings)];

/** CloudFormation's name of what the comparison with its schemas calls otherwise, or has no type of. */
const alsoCalled: Readonly<Record<string, string>> = {
  [awsTypes.bucketObjectv2]: "AWS::S3::Object",
  // CloudFormation has no type of its own for it: it stands in its rule.
  [awsTypes.eventTarget]: "AWS::Events::Rule",
  [awsTypes.topicPolicy]: "AWS::SNS::TopicPolicy",
};

/** Types that are left out, as CloudFormation calls them: checkov has no check for them, and one that comes is noticed. */
export const uncheckedAws: readonly string[] = Object.values(awsTypes)
  .filter((type) => !convertedAws.includes(type))
  .map((type) => {
    const names = awsNames[type];
    const name = alsoCalled[type] ?? (typeof names === "string" ? undefined : names.type);
    if (name === undefined) throw new Error(`nothing says what CloudFormation calls ${type}`);
    return name;
  });

/** The AWS half of a stack as a template; each resource by its own name, in the letters that CloudFormation takes. */
export function cloudFormation(stack: readonly RecordedResource[]): Value {
  const resources = stack.flatMap((resource) => {
    const converted = converters[resource.type]?.(resource, stack);
    if (converted === undefined) return [];
    const name = resource.name.replace(/(?:^|[^a-zA-Z0-9]+)(\w)/g, (_, first: string) => first.toUpperCase());
    return [[name, { Type: converted.type, Properties: converted.properties }] as const];
  });
  return { AWSTemplateFormatVersion: "2010-09-09", Resources: Object.fromEntries(resources) };
}
