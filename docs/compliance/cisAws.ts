import { awsTypes } from "../../rehearsal/model/resourceTypes";
import * as judges from "./awsJudges";
import type { Control, Standard } from "./control";
import { reasons, tests } from "./shared";

const remoteAdministration = (port: number): boolean => port === 22 || port === 3389;

const identities: readonly Control[] = [
  {
    id: "1.9",
    asks: "Who has a password for the console needs a second factor",
    types: [awsTypes.user],
    judge: judges.hasNoPassword,
    shownBy: [{ rule: "users-without-rights" }],
  },
  {
    id: "1.10",
    asks: "No access key is made along with a user that has a password for the console",
    types: [awsTypes.user, awsTypes.accessKey],
    judge: judges.hasNoPassword,
    shownBy: [{ rule: "users-without-rights" }],
  },
  {
    id: "1.11",
    asks: "Passwords and keys that nobody used for 45 days are disabled",
    types: [awsTypes.accessKey],
    account: reasons.unusedKey,
  },
  {
    id: "1.12",
    asks: "A user has one active access key",
    types: [awsTypes.accessKey],
    judge: judges.hasOneActiveKey,
    shownBy: [tests.devResources, { rule: "keys-for-readers-only" }],
  },
  {
    id: "1.13",
    asks: "Access keys are replaced every 90 days",
    types: [awsTypes.accessKey],
    account: reasons.keyAge,
  },
  {
    id: "1.14",
    asks: "Users get rights through groups only",
    types: [awsTypes.user],
    judge: judges.hasNoRightsOfItsOwn,
    shownBy: [{ rule: "users-without-rights" }],
  },
  {
    id: "1.20",
    asks: "Users of several accounts are managed in one place",
    types: [awsTypes.user],
    account:
      "People come by federation or roles. The reader is a program outside AWS, and a user for want of another identity there.",
  },
  {
    id: "1.21",
    asks: "Nobody has all rights to CloudShell by AWS's own policy",
    types: [awsTypes.user],
    // Stricter than the control: no policy at all.
    judge: judges.hasNoRightsOfItsOwn,
    shownBy: [{ rule: "users-without-rights" }],
  },
];

const buckets: readonly Control[] = [
  {
    id: "2.1.1",
    asks: "A bucket's policy denies requests without TLS",
    types: [awsTypes.bucketPolicy],
    judge: judges.deniesPlainHttp,
    shownBy: [{ rule: "tls-only-buckets" }, tests.bucketPolicy],
  },
  {
    id: "2.1.2",
    asks: "To delete a version takes a second factor",
    types: [awsTypes.bucketVersioning],
    judge: judges.asksForMfaToDelete,
    shownBy: [],
    notMet:
      "Only the account's root user can switch it on, by hand, and no program can delete a version after that.",
  },
  {
    id: "2.1.3",
    asks: "The data is known and classified",
    types: [awsTypes.bucket, awsTypes.bucketObjectv2],
    account: "The data is its owner's; Macie, if used, must be allowed through the perimeter by name.",
  },
  {
    id: "2.1.4",
    asks: "Public access is blocked, by account and by bucket",
    types: [awsTypes.bucketPublicAccessBlock],
    judge: judges.blocksPublicAccess,
    shownBy: [{ rule: "no-public-buckets" }, { rule: "guarded-buckets" }],
    uncertain: "Judged here are the buckets; the account's own setting is the account's.",
  },
];

const logging: readonly Control[] = [
  {
    id: "3.1",
    asks: "A trail records every region",
    types: [awsTypes.trail],
    account: reasons.accountTrail,
  },
  {
    id: "3.2",
    asks: "A trail's files can be checked for changes",
    types: [awsTypes.trail],
    judge: judges.trailWith(({ enableLogFileValidation }) => enableLogFileValidation === true),
    shownBy: [tests.trail],
  },
  {
    id: "3.4",
    asks: "The bucket of a trail logs who asks it for what",
    types: [awsTypes.trail, awsTypes.bucketLogging],
    judge: judges.logsRequestsToTrails,
    shownBy: [],
    notMet: "The bucket that takes the logs does not log itself: it would fill itself.",
  },
  {
    id: "3.5",
    asks: "A trail is encrypted by a key of its own",
    types: [awsTypes.trail],
    judge: judges.trailWith(({ kmsKeyId }) => kmsKeyId !== undefined),
    shownBy: [],
    notMet: reasons.trailKey,
  },
  {
    id: "3.7",
    asks: "Each VPC logs its flows",
    types: [awsTypes.vpc, awsTypes.flowLog],
    judge: judges.logsFlows,
    shownBy: [{ rule: "kept-records" }, tests.logs],
    notMet: reasons.flowLogs,
  },
  {
    id: "3.8",
    asks: "Writes to objects are recorded",
    types: [awsTypes.bucket, awsTypes.trail],
    judge: judges.recordsObjectCalls("WriteOnly"),
    shownBy: [],
    notMet: reasons.objectCalls,
    uncertain: reasons.everyBucket,
  },
  {
    id: "3.9",
    asks: "Reads of objects are recorded",
    types: [awsTypes.bucket, awsTypes.trail],
    judge: judges.recordsObjectCalls("ReadOnly"),
    shownBy: [],
    notMet: reasons.objectCalls,
    uncertain: reasons.everyBucket,
  },
];

/** What tells of a change of the stack's own. */
const watches = [awsTypes.eventRule, awsTypes.eventTarget];

const changes: readonly (readonly [id: string, what: string, types: readonly string[]])[] = [
  ["4.4", "IAM policies", [awsTypes.user, ...watches]],
  ["4.5", "trails", [awsTypes.trail, ...watches]],
  ["4.8", "buckets' policies", [awsTypes.bucketPolicy, ...watches]],
  ["4.10", "security groups", [awsTypes.securityGroup, awsTypes.securityGroupIngressRule, ...watches]],
  ["4.11", "network ACLs", [awsTypes.vpc]],
  [
    "4.12",
    "network gateways",
    [awsTypes.vpnGateway, awsTypes.vpnGatewayAttachment, awsTypes.customerGateway],
  ],
  [
    "4.13",
    "route tables",
    [awsTypes.routeTable, awsTypes.routeTableAssociation, awsTypes.vpnGatewayRoutePropagation],
  ],
  ["4.14", "VPCs", [awsTypes.vpc]],
];

const networks: readonly Control[] = [
  {
    id: "5.1.2",
    asks: "File shares (CIFS) are for trusted networks only",
    types: [awsTypes.securityGroupIngressRule],
    judge: judges.letsNoInternetIn((port) => port === 445),
    shownBy: [{ rule: "no-open-ingress" }],
  },
  {
    id: "5.2",
    asks: "No network ACL lets the internet in to administer servers",
    types: [awsTypes.vpc],
    account: reasons.networkAcl,
    uncertain: "Whether an assessor counts the ACL that AWS makes with the VPC. Security Hub does not.",
  },
  {
    id: "5.3",
    asks: "No security group lets the internet in to administer servers",
    types: [awsTypes.securityGroup, awsTypes.securityGroupIngressRule],
    judge: judges.letsNoInternetIn(remoteAdministration),
    shownBy: [{ rule: "no-open-ingress" }],
  },
  {
    id: "5.4",
    asks: "The same by IPv6",
    types: [awsTypes.securityGroup, awsTypes.securityGroupIngressRule],
    judge: judges.letsNoInternetIn(remoteAdministration),
    shownBy: [{ rule: "no-open-ingress" }],
  },
  {
    id: "5.5",
    asks: "A VPC's default security group lets nothing through",
    types: [awsTypes.vpc],
    judge: judges.emptiesDefaultSecurityGroup,
    shownBy: [],
    notMet: reasons.defaultSecurityGroup,
  },
];

export const cisAws: Standard = {
  name: "CIS Amazon Web Services Foundations Benchmark v5.0.0",
  source: "https://docs.aws.amazon.com/securityhub/latest/userguide/cis-aws-foundations-benchmark.html",
  controls: [
    ...identities,
    ...buckets,
    ...logging,
    ...changes.map(([id, what, types]): Control => ({
      id,
      asks: `An alarm tells of changes of ${what}`,
      types,
      account: types.includes(awsTypes.eventRule) ? reasons.watchedChanges : reasons.changeAlarms,
    })),
    ...networks,
  ],
};
