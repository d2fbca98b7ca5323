import type { Props, Refusal } from "../../../model/recording";
import { arnOf, forceNew, regional, regionOf, tagsAll } from "../aws";
import type { CloudType } from "../../cloudType";
import { aboutMinutes, each, refuseIf, words } from "../../rules";
import { uuidOf } from "../../seeds";
import { isTrue, text } from "../../../model/values";

export const topicType = "aws:sns/topic:Topic";
const createTopic = "https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html";
const subscribe = "https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html";
const seconds = aboutMinutes(0.05, "one call");

const protocols = "application email email-json firehose http https lambda sms sqs".split(" ");

export const awsTopics: Readonly<Record<string, CloudType>> = {
  [topicType]: {
    properties: words(`
      applicationFailureFeedbackRoleArn applicationSuccessFeedbackRoleArn applicationSuccessFeedbackSampleRate
      archivePolicy contentBasedDeduplication deliveryPolicy displayName fifoThroughputScope fifoTopic
      firehoseFailureFeedbackRoleArn firehoseSuccessFeedbackRoleArn firehoseSuccessFeedbackSampleRate
      httpFailureFeedbackRoleArn httpSuccessFeedbackRoleArn httpSuccessFeedbackSampleRate kmsMasterKeyId
      lambdaFailureFeedbackRoleArn lambdaSuccessFeedbackRoleArn lambdaSuccessFeedbackSampleRate name namePrefix policy
      region signatureVersion sqsFailureFeedbackRoleArn sqsSuccessFeedbackRoleArn sqsSuccessFeedbackSampleRate tags.*
      tracingConfig`),
    required: [],
    replaces: { ...regional, ...each("name namePrefix fifoTopic", forceNew("sns/topic")) },
    autoName: "name",
    create: seconds,
    update: seconds,
    delete: seconds,
    refuse: (inputs) => {
      const name = text(inputs, "name");
      return refuseIf(name !== undefined && !/^[\w-]{1,256}$/.test(name.replace(/\.fifo$/, "")), {
        code: "InvalidParameter",
        message: `'${name ?? ""}' is no name for a topic: 1-256 letters, digits, hyphens and underscores`,
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
  },

  "aws:sns/topicSubscription:TopicSubscription": {
    properties: words(`
      confirmationTimeoutInMinutes deliveryPolicy endpoint endpointAutoConfirms filterPolicy filterPolicyScope protocol
      rawMessageDelivery redrivePolicy region replayPolicy subscriptionRoleArn topic`),
    required: ["endpoint", "protocol", "topic"],
    replaces: { ...regional, ...each("endpoint protocol topic", forceNew("sns/topic_subscription")) },
    references: {
      // Subscriptions go with their topic.
      topic: { types: [topicType], missing: "NotFound", source: subscribe },
    },
    create: seconds,
    update: seconds,
    delete: seconds,
    refuse: refuseSubscription,
    id: (inputs, _cloud, { seed }) => `${text(inputs, "topic") ?? ""}:${uuidOf(seed)}`,
    outputs: (inputs, cloud, { id }) => ({
      arn: id,
      ownerId: cloud.accountId,
      region: regionOf(inputs, cloud),
      // Whoever reads the address has to agree first.
      pendingConfirmation: text(inputs, "protocol")?.startsWith("email") === true,
      confirmationWasAuthenticated: false,
    }),
  },
};

function refuseSubscription(inputs: Props): readonly Refusal[] {
  const [protocol, endpoint] = [text(inputs, "protocol"), text(inputs, "endpoint")];
  const byMail = protocol?.startsWith("email") === true;
  return [
    ...refuseIf(protocol !== undefined && !protocols.includes(protocol), {
      code: "InvalidParameter",
      message: `Invalid parameter: '${protocol ?? ""}' is no protocol: use one of ${protocols.join(", ")}`,
      property: "protocol",
      source: subscribe,
    }),
    ...refuseIf(byMail && endpoint !== undefined && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(endpoint), {
      code: "InvalidParameter",
      message: "Invalid parameter: Email address",
      property: "endpoint",
      source: subscribe,
    }),
    ...refuseIf(byMail && isTrue(inputs, "rawMessageDelivery"), {
      code: "InvalidParameter",
      message: "Invalid parameter: an e-mail cannot be delivered raw",
      property: "rawMessageDelivery",
      source: "https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html",
    }),
  ];
}
