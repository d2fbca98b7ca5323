import { usersWithoutRights } from "../../policy/rules/identities";
import { requiredTags } from "../../policy/rules/tags";
import { loggedTunnels } from "../../policy/rules/watching";
import { describeRule } from "./tables";

const connection = "aws:ec2/vpnConnection:VpnConnection";
const group = "aws:cloudwatch/logGroup:LogGroup";
const logs = { cloudwatchLogOptions: { logEnabled: true, logGroupArn: "arn:aws:logs:::log-group:vpn" } };
const silent = (tunnel: number) =>
  `tunnel${tunnel}LogOptions does not log to CloudWatch, and switching it on later interrupts the tunnel; set tunnelLogs to true`;

describeRule(loggedTunnels, [
  {
    that: "logs of both tunnels",
    type: connection,
    props: { tunnel1LogOptions: logs, tunnel2LogOptions: logs },
  },
  { that: "none in development", type: connection, props: {}, stack: "dev" },
  { that: "none", type: connection, props: {}, says: [silent(1), silent(2)] },
  {
    that: "logs that are switched off, and logs that lead nowhere",
    type: connection,
    props: {
      tunnel1LogOptions: { cloudwatchLogOptions: { ...logs.cloudwatchLogOptions, logEnabled: false } },
      tunnel2LogOptions: { cloudwatchLogOptions: { logEnabled: true } },
    },
    says: [silent(1), silent(2)],
  },
  { that: "logs kept for a quarter", type: group, props: { retentionInDays: 90 } },
  { that: "logs kept for ever", type: group, props: {} },
  {
    that: "logs kept for a month",
    type: group,
    props: { retentionInDays: 30 },
    says: ["retentionInDays is 30, and incidents are often found later; keep 90 days or more"],
  },
]);

const rights =
  "it gives an IAM user rights of its own, which are valid from anywhere; grant them in the bucket's policy, through the endpoint";

describeRule(usersWithoutRights, [
  { that: "a user", type: "aws:iam/user:User", props: {} },
  ...[
    "userPolicy:UserPolicy",
    "userPolicyAttachment:UserPolicyAttachment",
    "userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
    "policyAttachment:PolicyAttachment",
    "userGroupMembership:UserGroupMembership",
    "groupMembership:GroupMembership",
  ].map((name) => ({ that: name, type: `aws:iam/${name}`, props: {}, stack: "dev", says: [rights] })),
  {
    that: "a password",
    type: "aws:iam/userLoginProfile:UserLoginProfile",
    props: {},
    says: ["it gives an IAM user a password for the console; remove it"],
  },
]);

const two = { project: "p", stack: "s" };
const four = { ...two, environment: "production", owner: "data-platform" };
const lacks = (...tags: readonly string[]) => `it lacks the tags ${tags.join(", ")}; ${fixFor(tags)}`;

const fixFor = (tags: readonly string[]) => {
  const settable = tags.filter((tag) => tag !== "project" && tag !== "stack");
  if (settable.length === 0) return "give it the program's own";
  return `set them: ${settable.map((tag) => `pulumi config set --path tags.${tag} VALUE`).join(", ")}`;
};

describeRule(requiredTags, [
  { that: "all four", type: "aws:ec2/vpc:Vpc", props: { tags: four } },
  { that: "two of them in development", type: "aws:ec2/vpc:Vpc", props: { tags: two }, stack: "dev" },
  {
    that: "no tags on what takes none",
    type: "aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment",
    props: {},
  },
  {
    that: "none in development",
    type: "aws:ec2/vpc:Vpc",
    props: {},
    stack: "dev",
    says: [lacks("project", "stack")],
  },
  {
    that: "an empty one",
    type: "aws:ec2/vpc:Vpc",
    props: { tags: { ...four, owner: "" } },
    says: [lacks("owner")],
  },
  ...Object.keys(requiredTags.checks).map((type) => ({
    that: `${type} with half of them`,
    type,
    props: { tags: two },
    says: [lacks("environment", "owner")],
  })),
]);
