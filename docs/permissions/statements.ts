import { awsTypes, type ResourceType } from "../../rehearsal/model/resourceTypes";

/** A statement of an IAM policy, and which of a role's actions belong to it. */
export interface StatementPlan {
  readonly sid: string;
  /** Actions, or how they begin: `s3:Get*`. Of a policy's statements the longest fit decides. */
  readonly takes: readonly string[];
  /** The types whose actions those are, where its resources are theirs alone; all types when absent. */
  readonly types?: readonly ResourceType[];
  readonly resource: string | readonly string[];
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const region = "ap-northeast-1";
const account = "123456789012";
const regional = (service: string, name: string) => `arn:aws:${service}:${region}:${account}:${name}`;
const onlyHere = { "aws:RequestedRegion": region };

const whoDeploys = ["iam:GetRole", "sts:GetCallerIdentity"];
const everywhere = "*";
const buckets = ["arn:aws:s3:::s3-*", "arn:aws:s3:::logs-bucket-*"];
const sampleObject = "arn:aws:s3:::s3-*/hello.txt";

const readerTypes = [awsTypes.user, awsTypes.accessKey];
const bucketTypes = [
  awsTypes.bucket,
  awsTypes.bucketLifecycleConfiguration,
  awsTypes.bucketLogging,
  awsTypes.bucketObjectv2,
  awsTypes.bucketOwnershipControls,
  awsTypes.bucketPolicy,
  awsTypes.bucketPublicAccessBlock,
  awsTypes.bucketServerSideEncryptionConfiguration,
  awsTypes.bucketVersioning,
  // Whoever creates one must be able to read the log bucket's policy.
  awsTypes.flowLog,
];

export const deployerStatements: readonly StatementPlan[] = [
  { sid: "KnowMyself", takes: whoDeploys, resource: everywhere },
  { sid: "LookAround", takes: ["ec2:Describe*", "cloudwatch:DescribeAlarms"], resource: everywhere },
  {
    sid: "BuildTheNetworkAndTheVpn",
    takes: ["ec2:*", "ec2:DeleteTags", "ec2:DeleteVpnConnectionRoute"],
    resource: everywhere,
    condition: { StringEquals: onlyHere },
  },
  {
    sid: "DeleteOnlyWhatIsTaggedAsOurs",
    takes: ["ec2:Delete*", "ec2:ModifyVpnConnection", "ec2:ModifyVpnTunnelOptions"],
    resource: everywhere,
    condition: { StringEquals: { ...onlyHere, "aws:ResourceTag/project": "azure-s3-privatelink" } },
  },
  {
    sid: "KeepTheLogGroup",
    takes: [
      "logs:CreateLogGroup",
      "logs:DeleteLogGroup",
      "logs:ListTagsForResource",
      "logs:PutRetentionPolicy",
      "logs:TagResource",
      "logs:UntagResource",
    ],
    resource: regional("logs", "log-group:/aws/vendedlogs/azure-s3-privatelink-*"),
  },
  {
    sid: "LetTheTunnelsLog",
    takes: ["logs:*"],
    resource: everywhere,
    condition: { StringEquals: onlyHere },
  },
  {
    sid: "KeepTheAlarms",
    takes: ["cloudwatch:*"],
    types: [awsTypes.metricAlarm],
    resource: regional("cloudwatch", "alarm:azure-s3-privatelink-*"),
  },
  {
    sid: "KeepTheTopic",
    takes: ["sns:*"],
    types: [awsTypes.topic, awsTypes.topicSubscription],
    resource: regional("sns", "alarms-aws-topic-*"),
  },
  {
    sid: "KeepWhoIsTold",
    takes: ["sns:GetSubscriptionAttributes", "sns:SetSubscriptionAttributes", "sns:Unsubscribe"],
    resource: everywhere,
    condition: { StringEquals: onlyHere },
  },
  {
    sid: "KeepTheReaderWhoHasNoRights",
    takes: ["iam:*"],
    types: readerTypes,
    resource: `arn:aws:iam::${account}:user/s3-reader-*`,
  },
  { sid: "KeepTheBuckets", takes: ["s3:*"], types: bucketTypes, resource: buckets },
  {
    sid: "KeepTheSampleObject",
    takes: [
      "s3:DeleteObject",
      "s3:DeleteObjectVersion",
      "s3:GetObject",
      "s3:GetObjectTagging",
      "s3:PutObject",
    ],
    resource: sampleObject,
  },
];

export const reviewerStatements: readonly StatementPlan[] = [
  { sid: "KnowTheDeployer", takes: whoDeploys, resource: everywhere },
  {
    sid: "ReadTheNetworkAndTheVpn",
    takes: ["ec2:*", "cloudwatch:*", "logs:*", "sns:*"],
    resource: everywhere,
  },
  { sid: "ReadTheBuckets", takes: ["s3:*"], types: bucketTypes, resource: buckets },
  { sid: "ReadTheSampleObject", takes: ["s3:GetObject", "s3:GetObjectTagging"], resource: sampleObject },
  {
    sid: "ReadTheReader",
    takes: ["iam:*"],
    types: readerTypes,
    resource: "arn:aws:iam::*:user/s3-reader-*",
  },
];
