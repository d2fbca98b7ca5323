import { awsTypes } from "../../../model/resourceTypes";
import { knownStrings, text } from "../../../model/values";
import type { Props } from "../../../model/recording";
import type { CloudView, ResourceRecord } from "../../cloudType";
import { awsImpacts, none } from "../../impact";
import { alwaysAbout, each, refuseIf, words } from "../../rules";
import { forceNew, refuseOtherRegion, regional, regionOf } from "../aws";
import { serviceActions } from "../serviceActions";
import { hexOf } from "../../seeds";

const put = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html";
const targets = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html";

const replaces = { ...regional, ...each("eventBusName rule targetId", forceNew("events/target")) };
const toldElsewhere = none(
  "no traffic; what the rule matches is told to somebody else, or to nobody",
  targets,
);

export const eventTarget: ResourceRecord = {
  decides: [],
  properties: words(`
    appsyncTarget.* arn batchTarget.* deadLetterConfig.* ecsTarget.* eventBusName forceDestroy httpTarget.* input inputPath
    inputTransformer.* kinesisTarget.* redshiftTarget.* region retryPolicy.* roleArn rule runCommandTargets.*
    sagemakerPipelineTarget.* sqsTarget.* targetId`),
  required: ["arn", "rule"],
  replaces,
  references: {
    rule: { types: [awsTypes.eventRule], missing: "ResourceNotFoundException", source: put },
  },
  permissions: {
    create: ["events:PutTargets"],
    read: ["events:ListTargetsByRule"],
    update: ["events:PutTargets"],
    delete: ["events:RemoveTargets"],
    source: serviceActions("amazoneventbridge", "events"),
  },
  impact: awsImpacts({
    create: none("what the rule matches is told", targets),
    replace: toldElsewhere,
    replaces,
    properties: each("arn", toldElsewhere),
  }),
  ...alwaysAbout(0.05, "one call"),
  refuse: (inputs, cloud) => [
    ...refuseIf(isInOtherRegion(inputs, cloud), {
      code: "ResourceNotFoundException",
      message: `Rule ${text(inputs, "rule") ?? ""} does not exist on EventBus default.`,
      property: "rule",
      source: put,
    }),
    // A bus is the one target that may be elsewhere, and no stack has one.
    ...refuseOtherRegion(inputs, cloud, "arn", {
      code: "ValidationException",
      source:
        "guess: https://repost.aws/knowledge-center/sns-not-getting-eventbridge-notification says that nothing would arrive",
    }),
    // Whether it leads anywhere, EventBridge finds out when it delivers.
    ...knownStrings(inputs, "arn")
      .filter((arn) => !/^arn:[\w-]+:[\w-]+:[\w-]*:[\w-]*:.+$/.test(arn))
      .map((arn) => ({
        code: "ValidationException",
        message: `Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`,
        property: "arn",
        source: put,
      })),
    ...refuseIf(text(inputs, "arn")?.includes(":sns:") === true && text(inputs, "roleArn") !== undefined, {
      code: "ValidationException",
      message: "a topic is told by its own policy, not by a role",
      property: "roleArn",
      source:
        "guess: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html says that delivery may fail",
    }),
  ],
  id: (inputs, _, { seed }) => `${text(inputs, "rule") ?? ""}-${text(inputs, "targetId") ?? hexOf(seed, 26)}`,
  outputs: (inputs, cloud, { seed }) => ({
    region: regionOf(inputs, cloud),
    eventBusName: inputs["eventBusName"] ?? "default",
    targetId: inputs["targetId"] ?? `terraform-${hexOf(seed, 26)}`,
  }),
};

/** A rule is known by its name, in its own region only. */
function isInOtherRegion(inputs: Props, cloud: CloudView): boolean {
  const rule = cloud.find(awsTypes.eventRule, text(inputs, "rule") ?? "");
  return rule !== undefined && regionOf(rule.inputs, cloud) !== regionOf(inputs, cloud);
}
