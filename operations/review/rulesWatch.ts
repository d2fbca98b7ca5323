import { address, awsCommon, each, none, type Impacts } from "../../rehearsal/clouds/impact";

const topics = "https://docs.aws.amazon.com/sns/latest/dg/sns-delete-subscription-topic.html";
const mails = "https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html";
const alarms = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html";

const replacedTopic = address(
  "its ARN is an output: whoever subscribed to it outside this stack is told nothing any more",
  topics,
);
const untold = none("no traffic; whoever it told is told nothing any more", mails);
const asked = none("no traffic; the new address must confirm before it is told", mails);
const otherAlarm = none("no traffic; it alarms of something else, or otherwise", alarms);
const noAlarm = none("no traffic; nobody is told any more of what it watched", alarms);

export const watchRules: Readonly<Record<string, Impacts>> = {
  "aws:sns/topic:Topic": {
    create: none("a topic that nobody listens to yet", topics),
    delete: replacedTopic,
    replace: replacedTopic,
    properties: { ...awsCommon(replacedTopic), name: replacedTopic },
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    create: asked,
    delete: untold,
    replace: asked,
    properties: { ...awsCommon(asked), ...each(["endpoint", "protocol", "topic"], asked) },
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    create: none("it looks on", alarms),
    delete: noAlarm,
    replace: otherAlarm,
    properties: {
      ...awsCommon(otherAlarm),
      ...each(
        [
          "alarmActions",
          "alarmDescription",
          "comparisonOperator",
          "dimensions",
          "evaluationPeriods",
          "metricName",
          "name",
          "namespace",
          "okActions",
          "period",
          "statistic",
          "threshold",
          "treatMissingData",
        ],
        otherAlarm,
      ),
    },
  },
};
