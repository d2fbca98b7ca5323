import { fired } from "../alarms/states";
import { type Trouble, troublesOf, wellOf } from "../alarms/azureExpectations";
import { type AzureGateway, sameAzureId } from "../estate/azure";
import type { Intent } from "../access/callers";
import type { TunnelEnds } from "../tunnels/tunnels";
import { type Estate, urns } from "../estate/estate";
import { guardFinding, type Finding } from "../model/findings";
import type { MetricAlert } from "../estate/alarms";

/** What Azure's end tells of the tunnels, and what it keeps for the search afterwards. */
export function alertGuards(estate: Estate, intent: Intent, used: readonly TunnelEnds[]): readonly Finding[] {
  const { alarms: watch, azure } = estate;
  return [
    ...azure.gateways.flatMap((gateway) => [
      ...judgeGateway(gateway, used, watch.alerts),
      ...judgeLogs(estate, gateway),
    ]),
    ...watch.alerts.flatMap((alert) => judgeAlert(estate, alert)),
    ...judgeGroups(estate, intent),
    ...watch.workspaces
      .filter(({ retentionDays = 0 }) => retentionDays < 90)
      .map((workspace) =>
        guardFinding(
          workspace,
          "the gateway's logs are kept for less than 90 days",
          "set retentionInDays to 90",
        ),
      ),
  ];
}

function judgeGateway(
  gateway: AzureGateway,
  used: readonly TunnelEnds[],
  all: readonly MetricAlert[],
): readonly Finding[] {
  const alerts = all.filter(({ scopes }) => scopes.some((scope) => sameAzureId(scope, gateway.resource.id)));
  const troubles = troublesOf(gateway, used);
  const needed = [...new Set(troubles.map(({ metric }) => metric))];
  const on = (metric: string) =>
    alerts.filter(({ conditions }) => conditions.some((condition) => condition.metric === metric));
  const well = wellOf(gateway, used);
  return [
    ...needed
      .filter((metric) => on(metric).length === 0)
      .map((metric) => guardFinding(gateway, `no alert watches its ${metric}`, "make a metric alert on it")),
    ...troubles.flatMap((trouble) => {
      const [first, ...others] = on(trouble.metric);
      if (first === undefined || [first, ...others].some((alert) => tells(alert, trouble))) return [];
      return [
        guardFinding(
          first,
          `stays silent, or does not say where, when ${trouble.when}`,
          "mend its condition, dimensions, window or frequency",
          urns(gateway, ...others),
        ),
      ];
    }),
    ...alerts
      .filter((alert) => fired(alert, well).length > 0)
      .map((alert) =>
        guardFinding(
          alert,
          "alarms while every tunnel is up and drops nothing",
          "mend its condition",
          urns(gateway),
        ),
      ),
    ...alerts
      .filter(({ conditions }) => !conditions.every(({ metric }) => needed.includes(metric)))
      .map((alert) =>
        guardFinding(
          alert,
          "watches what says nothing of this link: it alarms always or never",
          "let it watch BGP peers, learned routes or dropped packets",
          urns(gateway),
        ),
      ),
  ];
}

/** Within a quarter of an hour, and by the peer or the connection. */
function tells(alert: MetricAlert, { metric, series, by }: Trouble): boolean {
  return (
    alert.frequencyMinutes <= 15 &&
    fired(alert, { [metric]: series }).some((set) =>
      Object.entries(by).every(([name, value]) => set[name] === value),
    )
  );
}

function judgeAlert({ stack, azure }: Estate, alert: MetricAlert): readonly Finding[] {
  const watched = azure.gateways.some((gateway) =>
    alert.scopes.some((scope) => sameAzureId(scope, gateway.resource.id)),
  );
  const says = (problem: string, fix: string) => guardFinding(alert, problem, fix);
  return [
    ...(alert.enabled ? [] : [says("is disabled: it tells nobody", "enable it")]),
    ...(alert.groups.length > 0
      ? []
      : [says("tells nobody of this stack", "name the stack's action group in its actions")]),
    ...(watched ? [] : [says("watches no gateway of this stack", "name the gateway in its scopes")]),
    ...(alert.name.includes(stack)
      ? []
      : [says(`its name does not say that it is about ${stack}`, "name the stack in it")]),
    ...(alert.says.includes("docs/runbooks/")
      ? []
      : [says("does not say what to do", "name the runbook in its description")]),
  ];
}

function judgeGroups({ alarms: watch }: Estate, { alarmEmails }: Intent): readonly Finding[] {
  if (watch.actionGroups.length === 0)
    return [guardFinding("", "Azure has no action group that alerts could go to", "make one")];
  return watch.actionGroups.flatMap((group) => [
    ...(group.enabled ? [] : [guardFinding(group, "is disabled: it tells nobody", "enable it")]),
    ...alarmEmails
      .filter((email) => !group.emails.includes(email))
      .map((email) => guardFinding(group, `does not tell ${email}`, "add the address to emailReceivers")),
    ...group.emails
      .filter((email) => !alarmEmails.includes(email))
      .map((email) =>
        guardFinding(group, `tells ${email}, whom the settings do not name`, "remove the receiver"),
      ),
  ]);
}

/** https://learn.microsoft.com/azure/vpn-gateway/monitor-vpn-gateway-reference; the log of clients who dial in is nobody's here. */
const categories = [
  "GatewayDiagnosticLog",
  "TunnelDiagnosticLog",
  "RouteDiagnosticLog",
  "IKEDiagnosticLog",
] as const;

function judgeLogs({ alarms: watch }: Estate, gateway: AzureGateway): readonly Finding[] {
  const settings = watch.logSettings.filter((setting) => sameAzureId(setting.of, gateway.resource.id));
  const kept = settings.flatMap((setting) => (setting.workspace === undefined ? [] : setting.categories));
  return categories
    .filter((category) => !kept.includes(category))
    .map((category) =>
      guardFinding(
        gateway,
        `its ${category} is kept nowhere: after a failure nobody could tell the cause`,
        "send it to the stack's workspace by a diagnostic setting",
        urns(...settings, ...watch.workspaces),
      ),
    );
}
