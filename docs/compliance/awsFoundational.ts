import { awsTypes } from "../../rehearsal/model/resourceTypes";
import * as judges from "./awsJudges";
import type { Control, Standard } from "./control";
import { reasons, tests } from "./shared";

/** What of AWS nothing in the VPC calls. */
const unusedEndpoints: readonly (readonly [id: string, service: string, of: string])[] = [
  ["EC2.10", "ec2", "the EC2 API"],
  ["EC2.55", "ecr.api", "the ECR API"],
  ["EC2.56", "ecr.dkr", "the ECR registry"],
  ["EC2.57", "ssm", "Systems Manager"],
  ["EC2.58", "ssm-contacts", "Incident Manager's contacts"],
  ["EC2.60", "ssm-incidents", "Incident Manager"],
];

const buckets: readonly Control[] = [
  {
    id: "S3.1",
    asks: "The account blocks public access to all of its buckets",
    types: [awsTypes.bucket],
    account:
      "A setting of the account; each bucket of ours has its own block, whatever the account's says (S3.8).",
  },
  {
    id: "S3.2",
    asks: "Nobody reads a bucket without being known",
    types: [awsTypes.bucket, awsTypes.bucketPolicy, awsTypes.bucketPublicAccessBlock],
    judge: judges.isNotPublic,
    shownBy: [{ rule: "no-public-buckets" }, { rule: "named-principals" }],
  },
  {
    id: "S3.3",
    asks: "Nobody writes to a bucket without being known",
    types: [awsTypes.bucket, awsTypes.bucketPolicy, awsTypes.bucketPublicAccessBlock],
    judge: judges.isNotPublic,
    shownBy: [{ rule: "no-public-buckets" }, { rule: "named-principals" }],
  },
  {
    id: "S3.5",
    asks: "A bucket's policy denies requests without TLS",
    types: [awsTypes.bucketPolicy],
    judge: judges.deniesPlainHttp,
    shownBy: [{ rule: "tls-only-buckets" }, tests.bucketPolicy],
  },
  {
    id: "S3.6",
    asks: "A bucket's policy lets no other account change its policy, ACL or encryption",
    types: [awsTypes.bucketPolicy],
    judge: judges.allowsNoGuardedAction,
    shownBy: [{ rule: "limited-readers" }],
  },
  {
    id: "S3.8",
    asks: "Each bucket blocks public access by itself",
    types: [awsTypes.bucketPublicAccessBlock],
    judge: judges.blocksPublicAccess,
    shownBy: [{ rule: "no-public-buckets" }, { rule: "guarded-buckets" }],
  },
  {
    id: "S3.9",
    asks: "Each bucket logs who asks it for what",
    types: [awsTypes.bucketLogging],
    judge: judges.logsRequests,
    shownBy: [],
    notMet: reasons.accessLogs,
  },
  {
    id: "S3.12",
    asks: "No ACL gives users access to a bucket",
    types: [awsTypes.bucketOwnershipControls],
    judge: judges.letsNobodyInByAcl,
    shownBy: [{ rule: "no-public-buckets" }, { rule: "guarded-buckets" }],
  },
  {
    id: "S3.13",
    asks: "Each bucket has a lifecycle",
    types: [awsTypes.bucketLifecycleConfiguration],
    judge: judges.hasLifecycle,
    shownBy: [tests.lifecycles],
    notMet:
      "The bucket for logs has one, the others by `oldVersionDays`, off by default: how long data is kept is for [its owner](decisions/old-versions-are-kept.md) to say.",
  },
];

const networks: readonly Control[] = [
  {
    id: "EC2.2",
    asks: "A VPC's default security group lets nothing through",
    types: [awsTypes.vpc, awsTypes.securityGroup],
    judge: judges.emptiesDefaultSecurityGroup,
    shownBy: [],
    notMet: reasons.defaultSecurityGroup,
  },
  {
    id: "EC2.6",
    asks: "Each VPC logs its flows",
    types: [awsTypes.vpc, awsTypes.flowLog],
    judge: judges.logsFlows,
    shownBy: [{ rule: "kept-records" }, tests.logs],
    notMet: reasons.flowLogs,
  },
  ...unusedEndpoints.map(([id, service, of]): Control => ({
    id,
    asks: `Each VPC has an endpoint for ${of}`,
    types: [awsTypes.vpc, awsTypes.vpcEndpoint],
    judge: judges.hasEndpointFor(service),
    shownBy: [],
    notMet:
      "Nothing in the VPC calls it: no machine of ours runs there. An endpoint would cost, and open a way.",
  })),
  {
    id: "EC2.15",
    asks: "Subnets give their machines no public address",
    types: [awsTypes.subnet],
    judge: judges.givesNoPublicAddress,
    shownBy: [{ rule: "private-networks" }],
  },
  {
    id: "EC2.18",
    asks: "The internet gets in on ports 80 and 443 at most",
    types: [awsTypes.securityGroup, awsTypes.securityGroupIngressRule],
    judge: judges.letsNoInternetIn((port) => port !== 80 && port !== 443),
    shownBy: [{ rule: "no-open-ingress" }],
  },
  {
    id: "EC2.19",
    asks: "The internet does not get in on ports of high risk",
    types: [awsTypes.securityGroup, awsTypes.securityGroupIngressRule],
    // Stricter than the control, which names some twenty ports.
    judge: judges.letsNoInternetIn(() => true),
    shownBy: [{ rule: "no-open-ingress" }],
  },
  {
    id: "EC2.20",
    asks: "Both tunnels of a VPN connection are up",
    types: [awsTypes.vpnConnection, awsTypes.metricAlarm],
    judge: judges.usesBothTunnels,
    shownBy: [{ rule: "watched-links" }, tests.prodTunnels],
    notMet: "`single-tunnel` is for development: its second tunnel has no end in Azure.",
    uncertain:
      "Judged here is whether both have an end in Azure. Whether they are up, alarms and `npm run verify` say.",
  },
  {
    id: "EC2.21",
    asks: "No network ACL lets the internet in on ports 22 and 3389",
    types: [awsTypes.vpc],
    // https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-21
    account: `${reasons.networkAcl} Security Hub does not judge an ACL that AWS makes with a VPC.`,
  },
  {
    id: "EC2.171",
    asks: "Both tunnels of a VPN connection write logs",
    types: [awsTypes.vpnConnection, awsTypes.logGroup],
    judge: judges.logsBothTunnels,
    shownBy: [{ rule: "logged-tunnels" }],
  },
  {
    id: "EC2.172",
    asks: "The account blocks internet gateways in its VPCs",
    types: [awsTypes.vpc],
    account:
      "A setting of the account and region. No VPC of ours has an internet gateway, so it can be switched on.",
  },
];

const identities: readonly Control[] = [
  {
    id: "IAM.2",
    asks: "No policy is attached to a user",
    types: [awsTypes.user],
    judge: judges.hasNoRightsOfItsOwn,
    shownBy: [{ rule: "users-without-rights" }],
  },
  {
    id: "IAM.3",
    asks: "Access keys are replaced every 90 days",
    types: [awsTypes.accessKey],
    account: reasons.keyAge,
  },
  {
    id: "IAM.5",
    asks: "Who has a password for the console needs a second factor",
    types: [awsTypes.user],
    judge: judges.hasNoPassword,
    shownBy: [{ rule: "users-without-rights" }],
  },
  {
    id: "IAM.8",
    asks: "Keys that nobody uses are removed",
    types: [awsTypes.user, awsTypes.accessKey],
    account: reasons.unusedKey,
  },
  {
    id: "KMS.2",
    asks: "No inline policy lets a user decrypt by every key",
    types: [awsTypes.user],
    // Stricter than the control: no policy at all.
    judge: judges.hasNoRightsOfItsOwn,
    shownBy: [{ rule: "users-without-rights" }],
  },
];

const watching: readonly Control[] = [
  {
    id: "SNS.4",
    asks: "A topic's policy lets no stranger in",
    types: [awsTypes.topic, awsTypes.topicPolicy],
    judge: judges.isOwnersTopic,
    shownBy: [tests.alarms, tests.topicPolicy],
    uncertain:
      "Security Hub's rule wants fixed values. `auditTrail` lets in EventBridge, which supports no condition, and the account's alarms, whose names are a wildcard in one.",
  },
  {
    id: "CloudTrail.1",
    asks: "A trail of all regions records what is done to resources",
    types: [awsTypes.trail],
    account: reasons.accountTrail,
  },
  {
    id: "CloudTrail.2",
    asks: "A trail is encrypted by a key of its own",
    types: [awsTypes.trail],
    judge: judges.trailWith(({ kmsKeyId }) => kmsKeyId !== undefined),
    shownBy: [],
    notMet: reasons.trailKey,
  },
  {
    id: "CloudTrail.4",
    asks: "A trail's files can be checked for changes",
    types: [awsTypes.trail],
    judge: judges.trailWith(({ enableLogFileValidation }) => enableLogFileValidation === true),
    shownBy: [tests.trail],
  },
  {
    id: "CloudTrail.5",
    asks: "A trail writes to CloudWatch Logs as well",
    types: [awsTypes.trail],
    judge: judges.trailWith(({ cloudWatchLogsGroupArn }) => cloudWatchLogsGroupArn !== undefined),
    shownBy: [],
    notMet:
      "Its files are in the bucket for logs, and EventBridge tells of changes. CloudWatch Logs would cost once more and take an IAM role, of which the stack has none.",
  },
];

export const awsFoundational: Standard = {
  name: "AWS Foundational Security Best Practices v1.0.0",
  source: "https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html",
  controls: [...buckets, ...networks, ...identities, ...watching],
};
