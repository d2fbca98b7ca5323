import { awsTypes } from "../../rehearsal/model/resourceTypes";
import type { Props, RecordedResource } from "../../rehearsal/model/recording";
import { each, type Judgement, listed, ofType, type Stack, text, within } from "./control";

// What each control asks of the recorded resources. It judges inputs alone and shares nothing with policy pack and rehearsal.

const loginProfileType = "aws:iam/userLoginProfile:UserLoginProfile";
const defaultSecurityGroupType = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const userRightsTypes = [
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
];

/** Each bucket must have a companion of a type that holds. */
function withCompanion(type: string, holds: (inputs: Props) => boolean): (stack: Stack) => Judgement {
  return each([awsTypes.bucket], ({ bucket }, stack) =>
    ofType(stack, type).some(({ inputs }) => inputs["bucket"] === bucket && holds(inputs)),
  );
}

const blocks = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

export const blocksPublicAccess = withCompanion(awsTypes.bucketPublicAccessBlock, (inputs) =>
  blocks.every((setting) => inputs[setting] === true),
);

export const letsNobodyInByAcl = withCompanion(
  awsTypes.bucketOwnershipControls,
  ({ rule }) => within(rule)["objectOwnership"] === "BucketOwnerEnforced",
);

export const logsRequests = withCompanion(awsTypes.bucketLogging, () => true);

export const hasLifecycle = withCompanion(awsTypes.bucketLifecycleConfiguration, ({ rules }) =>
  listed(rules).some((rule) => within(rule)["status"] === "Enabled"),
);

export const asksForMfaToDelete = withCompanion(
  awsTypes.bucketVersioning,
  ({ versioningConfiguration }) => within(versioningConfiguration)["mfaDelete"] === "Enabled",
);

interface Statement {
  readonly Effect: string;
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

function statementsOf({ policy }: Props): readonly Statement[] {
  if (typeof policy !== "string") return [];
  return (JSON.parse(policy) as { readonly Statement: readonly Statement[] }).Statement;
}

const actionsOf = ({ Action }: Statement): readonly string[] =>
  Action === undefined ? [] : typeof Action === "string" ? [Action] : Action;

function isForEverybody({ Principal }: Statement): boolean {
  if (Principal === undefined || typeof Principal === "string") return true;
  return Object.values(Principal).flat().includes("*");
}

export const deniesPlainHttp = withCompanion(awsTypes.bucketPolicy, (inputs) =>
  statementsOf(inputs).some(
    (statement) =>
      statement.Effect === "Deny" &&
      isForEverybody(statement) &&
      actionsOf(statement).includes("s3:*") &&
      statement.Condition?.["Bool"]?.["aws:SecureTransport"] === "false",
  ),
);

/** What no other account may be allowed: https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-6 */
const guardedActions = [
  "s3:DeleteBucketPolicy",
  "s3:PutBucketAcl",
  "s3:PutBucketPolicy",
  "s3:PutEncryptionConfiguration",
  "s3:PutObjectAcl",
];

/** Stricter than the control: nobody at all is allowed them by a bucket's policy. */
export const allowsNoGuardedAction = withCompanion(awsTypes.bucketPolicy, (inputs) =>
  statementsOf(inputs)
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(actionsOf)
    .every((action) => !guardedActions.includes(action) && !action.includes("*")),
);

export const isNotPublic: (stack: Stack) => Judgement = (stack) => {
  const { judged, broken } = blocksPublicAccess(stack);
  const open = ofType(stack, awsTypes.bucketPolicy)
    .filter(({ inputs }) => statementsOf(inputs).some((one) => one.Effect === "Allow" && isForEverybody(one)))
    .map(({ name }) => name);
  return { judged, broken: [...broken, ...open] };
};

const isAnywhere = (network: unknown): boolean => network === "0.0.0.0/0" || network === "::/0";

/** No rule may let the internet in on a port that the control does not allow it on. */
export function letsNoInternetIn(isGuarded: (port: number) => boolean): (stack: Stack) => Judgement {
  return (stack) => {
    const opens = (rule: Props, sources: readonly string[]): boolean => {
      if (!sources.some((source) => listed(rule[source]).some(isAnywhere))) return false;
      const all = rule["ipProtocol"] === "-1" || rule["protocol"] === "-1";
      const from = all ? 0 : Number(rule["fromPort"]);
      const to = all ? 65535 : Number(rule["toPort"]);
      return Array.from({ length: to - from + 1 }, (_, index) => from + index).some(isGuarded);
    };
    const types = [awsTypes.securityGroup, awsTypes.securityGroupIngressRule];
    return each(types, (inputs) => {
      const inline = listed(inputs["ingress"]).map(within);
      return ![
        opens(inputs, ["cidrIpv4", "cidrIpv6"]),
        ...inline.map((rule) => opens(rule, ["cidrBlocks", "ipv6CidrBlocks"])),
      ].includes(true);
    })(stack);
  };
}

export const emptiesDefaultSecurityGroup = each([awsTypes.vpc], (_, stack, vpc) =>
  ofType(stack, defaultSecurityGroupType).some(
    ({ inputs }) =>
      inputs["vpcId"] === vpc.id &&
      listed(inputs["ingress"]).length === 0 &&
      listed(inputs["egress"]).length === 0,
  ),
);

export const logsFlows = each([awsTypes.vpc], (_, stack, vpc) =>
  ofType(stack, awsTypes.flowLog).some(
    ({ inputs }) => inputs["vpcId"] === vpc.id && ["ALL", "REJECT"].includes(text(inputs["trafficType"])),
  ),
);

export function hasEndpointFor(service: string): (stack: Stack) => Judgement {
  return each([awsTypes.vpc], (_, stack, vpc) =>
    ofType(stack, awsTypes.vpcEndpoint).some(
      ({ inputs }) => inputs["vpcId"] === vpc.id && text(inputs["serviceName"]).endsWith(`.${service}`),
    ),
  );
}

export const givesNoPublicAddress = each(
  [awsTypes.subnet],
  ({ mapPublicIpOnLaunch }) => mapPublicIpOnLaunch !== true,
);

/** A tunnel without a key of its own in Azure's connections stays down. */
export const usesBothTunnels = each([awsTypes.vpnConnection], (inputs, stack) => {
  const keys = stack
    .filter(({ type }) => type === "azure-native:network:VirtualNetworkGatewayConnection")
    .map((connection) => connection.inputs["sharedKey"]);
  return [1, 2].every((tunnel) => keys.includes(inputs[`tunnel${tunnel}PresharedKey`] ?? null));
});

export const logsBothTunnels = each([awsTypes.vpnConnection], (inputs) =>
  [1, 2].every((tunnel) => {
    const options = within(inputs[`tunnel${tunnel}LogOptions`]);
    return within(options["cloudwatchLogOptions"])["logEnabled"] === true;
  }),
);

const isOf = ({ inputs }: RecordedResource, { name }: Props): boolean => inputs["user"] === name;

export const hasNoRightsOfItsOwn = each(
  [awsTypes.user],
  (user, stack) => !stack.some((one) => userRightsTypes.includes(one.type) && isOf(one, user)),
);

export const hasNoPassword = each(
  [awsTypes.user],
  (user, stack) => !ofType(stack, loginProfileType).some((one) => isOf(one, user)),
);

export const hasOneActiveKey = each(
  [awsTypes.user],
  (user, stack) =>
    ofType(stack, awsTypes.accessKey).filter((key) => isOf(key, user) && key.inputs["status"] !== "Inactive")
      .length <= 1,
);

/**
 * Without a policy of its own a topic is for its owner alone. The rule behind the control wants fixed values:
 * https://docs.aws.amazon.com/config/latest/developerguide/sns-topic-no-public-access.html
 */
export const isOwnersTopic = each([awsTypes.topic], (_, stack, topic) =>
  ofType(stack, awsTypes.topicPolicy)
    .filter(({ inputs }) => inputs["arn"] === topic.id)
    .flatMap(({ inputs }) => statementsOf(inputs))
    .every((one) => one.Effect !== "Allow" || !isForEverybody(one)),
);

export const trailWith = (holds: (trail: Props) => boolean): ((stack: Stack) => Judgement) =>
  each([awsTypes.trail], holds);

export const logsRequestsToTrails = each([awsTypes.trail], ({ s3BucketName }, stack) =>
  ofType(stack, awsTypes.bucketLogging).some(({ inputs }) => inputs["bucket"] === s3BucketName),
);

/** A trail records object calls on each bucket. */
export function recordsObjectCalls(kind: "ReadOnly" | "WriteOnly"): (stack: Stack) => Judgement {
  return each([awsTypes.bucket], (_, stack, bucket) =>
    ofType(stack, awsTypes.trail).some(({ inputs }) => {
      const simple = listed(inputs["eventSelectors"]).map(within);
      const advanced = listed(inputs["advancedEventSelectors"]).map(within);
      return (
        simple.some(
          (selector) =>
            ["All", kind].includes(text(selector["readWriteType"] ?? "All")) &&
            JSON.stringify(selector["dataResources"] ?? []).includes(`${bucketArn(bucket)}/`),
        ) || advanced.some((selector) => selectsObjects(selector, kind, bucketArn(bucket)))
      );
    }),
  );
}

const bucketArn = ({ inputs }: RecordedResource): string => `arn:aws:s3:::${text(inputs["bucket"])}`;

function selectsObjects(selector: Props, kind: "ReadOnly" | "WriteOnly", arn: string): boolean {
  const fields = listed(selector["fieldSelectors"]).map(within);
  const field = (name: string) => fields.find((one) => one["field"] === name);
  const readOnly = field("readOnly");
  return (
    listed(field("resources.type")?.["equals"]).includes("AWS::S3::Object") &&
    (readOnly === undefined || listed(readOnly["equals"]).includes(String(kind === "ReadOnly"))) &&
    (field("resources.ARN") === undefined || JSON.stringify(field("resources.ARN")).includes(`${arn}/`))
  );
}
