import type { Refusal } from "../../../model/recording";
import { awsTypes } from "../../../model/resourceTypes";
import { text } from "../../../model/values";
import type { ResourceRecord } from "../../cloudType";
import { awsImpacts, none } from "../../impact";
import { alwaysAbout, each, refuseIf, words } from "../../rules";
import { forceNew, refuseOtherRegion, regional, regionOf } from "../aws";
import { ofOtherRegion } from "./topic";
import { serviceActions } from "../serviceActions";

const set = "https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html";
const cases = "https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html";

const replaces = { ...regional, ...each("arn", forceNew("sns/topic_policy")) };
const others = none(
  "no traffic; who may publish to the topic changes, and messages of others are lost",
  cases,
);

export const topicPolicy: ResourceRecord = {
  decides: [],
  properties: words("arn policy region"),
  required: ["arn", "policy"],
  replaces,
  references: { arn: { types: [awsTypes.topic], missing: "NotFound", source: set } },
  permissions: {
    create: ["sns:SetTopicAttributes"],
    read: ["sns:GetTopicAttributes"],
    update: ["sns:SetTopicAttributes"],
    // The provider puts back the policy that SNS gives every topic.
    delete: ["sns:SetTopicAttributes"],
    source: serviceActions("amazonsns", "sns"),
  },
  impact: awsImpacts({
    create: none("those whom it names may publish to the topic", cases),
    replace: others,
    replaces,
    properties: { policy: others },
  }),
  ...alwaysAbout(0.05, "one call"),
  refuse: (inputs, cloud) => {
    const [arn, policy] = [text(inputs, "arn"), text(inputs, "policy")];
    return [
      ...refuseOtherRegion(inputs, cloud, "arn", ofOtherRegion),
      ...(policy === undefined ? [] : refusePolicy(policy, arn)),
    ];
  },
  id: (inputs) => text(inputs, "arn") ?? "",
  outputs: (inputs, cloud) => ({ owner: cloud.accountId, region: regionOf(inputs, cloud) }),
};

function refusePolicy(policy: string, arn: string | undefined): readonly Refusal[] {
  const refusal = (message: string): Refusal => ({
    code: "InvalidParameter",
    message: `Invalid parameter: ${message}`,
    property: "policy",
    source: set,
  });
  const statements = statementsOf(policy);
  if (statements === undefined) return [refusal("Policy Error: it is not a JSON policy with statements")];
  return refuseIf(
    arn !== undefined && statements.some((one) => one["Resource"] !== arn),
    refusal("Policy statement resource is not the topic"),
  );
}

function statementsOf(policy: string): readonly Readonly<Record<string, unknown>>[] | undefined {
  try {
    const { Statement } = JSON.parse(policy) as { readonly Statement?: unknown };
    return Array.isArray(Statement) && Statement.length > 0
      ? (Statement as Readonly<Record<string, unknown>>[])
      : undefined;
  } catch {
    return undefined;
  }
}
