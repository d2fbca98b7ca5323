import { connectionExpectations, type Expectation, tunnelExpectations } from "../alarms/expectations";
import { alarmed } from "../alarms/states";
import type { MetricAlarm } from "../estate/alarms";
import type { Estate } from "../estate/estate";
import { ownOf } from "../estate/estateIndex";
import { guard, guardAt, never, theStack } from "./guard";

export const awsAlarmGuards = [
  guardAt({
    of: expectationsOf,
    holds: (expectation, { alarms }) => alarms.alarms.some(meets(expectation)),
    at: ({ connection }) => connection,
    problem: ({ what }) => `no alarm in AWS watches ${what}: nobody would be notified that it is down`,
    fix: "make a CloudWatch alarm on its TunnelState",
  }),
  guardAt({
    of: (estate) =>
      watchingOf(estate).flatMap(({ expectation, alarm }) =>
        expectation.cases.map((one) => ({ ...one, alarm, connection: expectation.connection })),
      ),
    holds: ({ alarm, timeline, alarms }) => alarmed(alarm, timeline) === alarms,
    at: ({ alarm }) => alarm,
    problem: ({ alarms, when }) => (alarms ? `stays silent when ${when}` : `alarms when ${when}`),
    fix: "fix its statistic, threshold, periods or treatment of missing data",
    others: ({ connection }) => [connection],
  }),
  // A message in the night must say what it is about: its subject is the alarm's name.
  guardAt({
    of: watchingOf,
    holds: ({ alarm }, { stack }) => alarm.name.includes(stack),
    at: ({ alarm }) => alarm,
    problem: (_, { stack }) => `its name does not say that it is about ${stack}`,
    fix: "name the stack in it",
  }),
  guardAt({
    of: watchingOf,
    holds: ({ alarm, expectation }) =>
      [...expectation.tunnels, "docs/runbooks/"].every((word) => alarm.says.includes(word)),
    at: ({ alarm }) => alarm,
    problem: ({ expectation }) =>
      `does not say that it is about ${expectation.tunnels.join(" and ")}, or what to do`,
    fix: "name the tunnels and the runbook in its description",
  }),
  guard({
    of: ({ alarms }) => alarms.alarms,
    holds: (alarm, estate) => watchingOf(estate).some((one) => one.alarm === alarm),
    problem: "watches nothing of this link that is in use: it is always or never in alarm",
    fix: "let it watch TunnelState of a tunnel in use, or of a connection",
  }),
  guard({
    of: ({ alarms }) => alarms.alarms,
    holds: ({ acts }) => acts,
    problem: "its actions are disabled: it notifies nobody",
    fix: "enable its actions",
  }),
  guard({
    of: ({ alarms }) => alarms.alarms,
    holds: ({ onAlarm }) => onAlarm.length > 0,
    problem: "notifies no topic of this stack that something is down",
    fix: "name the stack's topic in alarmActions",
  }),
  guard({
    of: ({ alarms }) => alarms.alarms,
    holds: ({ onOk }) => onOk.length > 0,
    problem: "notifies no topic of this stack that it works again",
    fix: "name the stack's topic in okActions",
  }),
  guard({
    of: () => [theStack],
    holds: (_, { alarms }) => alarms.topics.length > 0,
    problem: "AWS has no topic that alarms could go to",
    fix: "make an SNS topic",
  }),
  guardAt({
    of: ({ alarms }, { alarmEmails }) =>
      alarms.topics.flatMap((topic) => alarmEmails.map((email) => ({ topic, email }))),
    holds: ({ topic, email }) => topic.subscriptions.some((subscription) => subscription.email === email),
    at: ({ topic }) => topic,
    problem: ({ email }) => `does not notify ${email}`,
    fix: "subscribe the address by e-mail",
  }),
  guard({
    of: ({ alarms }, { alarmEmails }) =>
      alarms.topics.flatMap(({ subscriptions }) =>
        subscriptions.filter(({ email }) => !alarmEmails.includes(email)),
      ),
    holds: never,
    problem: "notifies an address that the settings do not name",
    fix: "remove it",
  }),
  // https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger
  guard({
    of: ({ alarms }) => alarms.topics,
    holds: ({ key }) => key !== "alias/aws/sns",
    problem: "is encrypted with SNS's own key, with which CloudWatch may not publish: no alarm would arrive",
    fix: "encrypt it with a key whose policy lets CloudWatch, or not at all",
  }),
];

function expectationsOf({ tunnels, aws }: Estate): readonly Expectation[] {
  const used = tunnels.filter(({ spare }) => !spare);
  return [
    ...used.flatMap(tunnelExpectations),
    ...ownOf(aws.vpnConnections).flatMap(connectionExpectations(used)),
  ];
}

/** Each expectation with each alarm that watches for it. */
function watchingOf(estate: Estate) {
  return expectationsOf(estate).flatMap((expectation) =>
    estate.alarms.alarms.filter(meets(expectation)).map((alarm) => ({ expectation, alarm })),
  );
}

function meets({ dimensions }: Expectation): (alarm: MetricAlarm) => boolean {
  return (alarm) => {
    const names = Object.keys(alarm.dimensions);
    return (
      alarm.metric === "AWS/VPN TunnelState" &&
      names.length === Object.keys(dimensions).length &&
      names.every((name) => alarm.dimensions[name] === dimensions[name])
    );
  };
}
