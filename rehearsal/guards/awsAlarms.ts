import { type Expectation, connectionExpectations, tunnelExpectations } from "../alarms/expectations";
import { alarmed } from "../alarms/states";
import { alertGuards } from "./azureAlerts";
import type { Intent } from "../access/callers";
import { matchTunnelEnds } from "../tunnels/tunnels";
import { type Estate, urns } from "../estate/estate";
import { guardFinding, type Finding } from "../model/findings";
import type { AlarmTopic, MetricAlarm } from "../estate/alarms";

/** Whoever shall be told of a failure is told, by either cloud, and nobody is told of a link that works. */
export function alarmGuards(estate: Estate, intent: Intent): readonly Finding[] {
  if (!intent.alarms) return [];
  const used = matchTunnelEnds(estate).filter(({ spare }) => !spare);
  const watched = [
    ...used.flatMap(tunnelExpectations),
    ...estate.aws.vpnConnections.flatMap(connectionExpectations(used)),
  ];
  const watching = watched.map((one) => ({ one, alarms: estate.alarms.alarms.filter(watches(one)) }));
  const busy = watching.flatMap(({ alarms }) => alarms);
  return [
    ...watching.flatMap(({ one, alarms }) => judgeWatched(one, alarms, estate)),
    ...estate.alarms.alarms.filter((alarm) => !busy.includes(alarm)).map(strayAlarm),
    ...estate.alarms.alarms.flatMap(judgeTelling),
    ...judgeTopics(estate, intent),
    ...alertGuards(estate, intent, used),
  ];
}

function watches({ dimensions }: Expectation): (alarm: MetricAlarm) => boolean {
  return (alarm) => {
    const names = Object.keys(alarm.dimensions);
    return (
      alarm.metric === "AWS/VPN TunnelState" &&
      names.length === Object.keys(dimensions).length &&
      names.every((name) => alarm.dimensions[name] === dimensions[name])
    );
  };
}

function judgeWatched(
  { what, connection, tunnels, cases }: Expectation,
  alarms: readonly MetricAlarm[],
  estate: Estate,
): readonly Finding[] {
  if (alarms.length === 0)
    return [
      guardFinding(
        connection,
        `no alarm in AWS watches ${what}: nobody would be told that it is down`,
        "make a CloudWatch alarm on its TunnelState",
      ),
    ];
  return alarms.flatMap((alarm) => [
    ...cases
      .filter((one) => alarmed(alarm, one.timeline) !== one.alarms)
      .map((one) =>
        guardFinding(
          alarm,
          one.alarms ? `stays silent when ${one.when}` : `alarms when ${one.when}`,
          "mend its statistic, threshold, periods or treatment of missing data",
          urns(connection),
        ),
      ),
    ...unnamed(alarm, estate, tunnels),
  ]);
}

/** A message in the night must say what it is about: its subject is the alarm's name. */
function unnamed(alarm: MetricAlarm, { stack }: Estate, tunnels: readonly string[]): readonly Finding[] {
  const missing = tunnels.filter((name) => !alarm.says.includes(name));
  return [
    ...(alarm.name.includes(stack)
      ? []
      : [guardFinding(alarm, `its name does not say that it is about ${stack}`, "name the stack in it")]),
    ...(missing.length === 0 && alarm.says.includes("docs/runbooks/")
      ? []
      : [
          guardFinding(
            alarm,
            `does not say that it is about ${tunnels.join(" and ")}, or what to do`,
            "name the tunnels and the runbook in its description",
          ),
        ]),
  ];
}

function strayAlarm(alarm: MetricAlarm): Finding {
  return guardFinding(
    alarm,
    "watches nothing of this link that is in use: it alarms always or never",
    "let it watch TunnelState of a tunnel in use, or of a connection",
  );
}

function judgeTelling(alarm: MetricAlarm): readonly Finding[] {
  const says = (problem: string, fix: string) => guardFinding(alarm, problem, fix);
  return [
    ...(alarm.acts ? [] : [says("its actions are disabled: it tells nobody", "enable its actions")]),
    ...(alarm.onAlarm.length > 0
      ? []
      : [
          says("tells nobody of this stack that something is down", "name the stack's topic in alarmActions"),
        ]),
    ...(alarm.onOk.length > 0
      ? []
      : [says("tells nobody of this stack that all is well again", "name the stack's topic in okActions")]),
  ];
}

function judgeTopics({ alarms: watch }: Estate, { alarmEmails }: Intent): readonly Finding[] {
  if (watch.topics.length === 0)
    return [guardFinding("", "AWS has no topic that alarms could go to", "make an SNS topic")];
  return watch.topics.flatMap((topic) => [
    ...alarmEmails
      .filter((email) => !topic.subscriptions.some((subscription) => subscription.email === email))
      .map((email) => guardFinding(topic, `does not tell ${email}`, "subscribe the address by e-mail")),
    ...topic.subscriptions
      .filter(({ email }) => !alarmEmails.includes(email))
      .map((subscription) =>
        guardFinding(subscription, "tells an address that the settings do not name", "remove it"),
      ),
    ...unreachable(topic),
  ]);
}

/** https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger */
function unreachable(topic: AlarmTopic): readonly Finding[] {
  if (topic.key !== "alias/aws/sns") return [];
  return [
    guardFinding(
      topic,
      "is encrypted with SNS's own key, with which CloudWatch may not publish: no alarm would arrive",
      "encrypt it with a key whose policy lets CloudWatch, or not at all",
    ),
  ];
}
