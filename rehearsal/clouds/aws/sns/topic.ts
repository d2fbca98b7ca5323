import { arnOf, forceNew, regional, regionOf, tagsAll } from "../aws";
import { serviceActions } from "../serviceActions";
import type { ResourceRecord } from "../../cloudType";
import { address, awsImpacts, none } from "../../impact";
import { alwaysAbout, each, refuseIf, words } from "../../rules";
import { text } from "../../../model/values";

const createTopic = "https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html";
const deleteTopic = "https://docs.aws.amazon.com/sns/latest/dg/sns-delete-subscription-topic.html";

/** How SNS answers where the topic is of another region than the call. */
export const ofOtherRegion = {
  code: "InvalidParameter",
  source: "https://github.com/aws/serverless-application-model/issues/105",
} as const;

const replaces = { ...regional, ...each("name namePrefix fifoTopic", forceNew("sns/topic")) };

export const topic: ResourceRecord = {
  decides: [],
  properties: words(`
    applicationFailureFeedbackRoleArn applicationSuccessFeedbackRoleArn applicationSuccessFeedbackSampleRate
    archivePolicy contentBasedDeduplication deliveryPolicy displayName fifoThroughputScope fifoTopic
    firehoseFailureFeedbackRoleArn firehoseSuccessFeedbackRoleArn firehoseSuccessFeedbackSampleRate
    httpFailureFeedbackRoleArn httpSuccessFeedbackRoleArn httpSuccessFeedbackSampleRate kmsMasterKeyId
    lambdaFailureFeedbackRoleArn lambdaSuccessFeedbackRoleArn lambdaSuccessFeedbackSampleRate name namePrefix policy
    region signatureVersion sqsFailureFeedbackRoleArn sqsSuccessFeedbackRoleArn sqsSuccessFeedbackSampleRate tags.*
    tracingConfig`),
  required: [],
  replaces,
  autoName: "name",
  permissions: {
    create: ["sns:CreateTopic", "sns:SetTopicAttributes", "sns:TagResource"],
    read: ["sns:GetTopicAttributes", "sns:ListTagsForResource"],
    update: ["sns:SetTopicAttributes", "sns:TagResource", "sns:UntagResource"],
    delete: ["sns:DeleteTopic"],
    source: serviceActions("amazonsns", "sns"),
  },
  impact: awsImpacts({
    create: none("a topic without subscribers", deleteTopic),
    replace: address(
      "its ARN is an output: subscribers outside this stack get no more messages",
      deleteTopic,
    ),
    replaces,
  }),
  ...alwaysAbout(0.05, "one call"),
  refuse: (inputs) => {
    const name = text(inputs, "name");
    return refuseIf(name !== undefined && !/^[\w-]{1,256}$/.test(name.replace(/\.fifo$/, "")), {
      code: "InvalidParameter",
      message: `'${name ?? ""}' is not a name for a topic: 1-256 letters, digits, hyphens and underscores`,
      property: "name",
      source: createTopic,
    });
  },
  id: (inputs, cloud) => arnOf("sns", inputs, cloud, text(inputs, "name") ?? ""),
  outputs: (inputs, cloud, { id }) => ({
    ...tagsAll(inputs),
    arn: id,
    owner: cloud.accountId,
    region: regionOf(inputs, cloud),
  }),
};
