import { forceNew, refuseOtherRegion, regional, regionOf } from "../aws";
import { ofOtherRegion } from "./topic";
import { serviceActions } from "../serviceActions";
import type { ResourceRecord } from "../../cloudType";
import { awsImpacts, none } from "../../impact";
import { alwaysAbout, each, refuseIf, refuseOthers, words } from "../../rules";
import { uuidOf } from "../../seeds";
import type { Props, Refusal } from "../../../model/recording";
import { awsTypes } from "../../../model/resourceTypes";
import { isTrue, text } from "../../../model/values";

const subscribe = "https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html";
const mails = "https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html";
const protocols = words("application email email-json firehose http https lambda sms sqs");
const confirms = none("no traffic; the new address must confirm before it gets messages", mails);

const replaces = { ...regional, ...each("endpoint protocol topic", forceNew("sns/topic_subscription")) };

export const topicSubscription: ResourceRecord = {
  decides: [],
  properties: words(`
    confirmationTimeoutInMinutes deliveryPolicy endpoint endpointAutoConfirms filterPolicy filterPolicyScope protocol
    rawMessageDelivery redrivePolicy region replayPolicy subscriptionRoleArn topic`),
  required: ["endpoint", "protocol", "topic"],
  replaces,
  references: {
    // Subscriptions go with their topic.
    topic: { types: [awsTypes.topic], missing: "NotFound", source: subscribe },
  },
  permissions: {
    create: ["sns:Subscribe"],
    read: ["sns:GetSubscriptionAttributes"],
    update: ["sns:SetSubscriptionAttributes"],
    delete: ["sns:Unsubscribe"],
    source: serviceActions("amazonsns", "sns"),
  },
  impact: awsImpacts({
    create: confirms,
    delete: none("no traffic; the subscriber gets no more messages", mails),
    replace: confirms,
    replaces,
  }),
  ...alwaysAbout(0.05, "one call"),
  refuse: (inputs, cloud) => [
    ...refuseOtherRegion(inputs, cloud, "topic", ofOtherRegion),
    ...refuseSubscription(inputs),
  ],
  id: (inputs, _cloud, { seed }) => `${text(inputs, "topic") ?? ""}:${uuidOf(seed)}`,
  outputs: (inputs, cloud, { id }) => ({
    arn: id,
    ownerId: cloud.accountId,
    region: regionOf(inputs, cloud),
    // The owner of the address must confirm first.
    pendingConfirmation: text(inputs, "protocol")?.startsWith("email") === true,
    confirmationWasAuthenticated: false,
  }),
};

function refuseSubscription(inputs: Props): readonly Refusal[] {
  const [protocol, endpoint] = [text(inputs, "protocol"), text(inputs, "endpoint")];
  const byMail = protocol?.startsWith("email") === true;
  return [
    ...refuseOthers(inputs, "protocol", protocols, (message) => ({
      code: "InvalidParameter",
      message: `Invalid parameter: ${message}`,
      property: "protocol",
      source: subscribe,
    })),
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
