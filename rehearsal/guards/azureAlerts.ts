import { type Trouble, troublesOf, wellOf } from "../alarms/azureExpectations";
import { fired } from "../alarms/states";
import type { MetricAlert } from "../estate/alarms";
import type { AzureGateway } from "../estate/azure";
import { sameAzureId } from "../model/azureIds";
import type { Estate } from "../estate/estate";
import { ownOf } from "../estate/estateIndex";
import { guard, guardAt, never, theStack } from "./guard";

/** https://learn.microsoft.com/azure/vpn-gateway/monitor-vpn-gateway-reference; nobody connects here as a point-to-site client. */
const logCategories = [
  "GatewayDiagnosticLog",
  "TunnelDiagnosticLog",
  "RouteDiagnosticLog",
  "IKEDiagnosticLog",
] as const;

/** What Azure's end reports of the tunnels, and what it keeps for the search afterwards. */
export const azureAlertGuards = [
  guardAt({
    of: (estate) => gatewaysOf(estate).flatMap((gateway) => neededMetrics(gateway, estate)),
    holds: ({ gateway, metric }, estate) => alertsOn(gateway, metric, estate).length > 0,
    // A gateway of others has alerts of ours.
    at: ({ gateway }) => ownOf([gateway])[0] ?? theStack,
    problem: ({ metric }) => `no alert watches its ${metric}`,
    fix: "make a metric alert on it",
  }),
  guardAt({
    of: (estate) =>
      gatewaysOf(estate).flatMap((gateway) =>
        troublesOf(gateway, usedIn(estate)).flatMap((trouble) => {
          const [first, ...others] = alertsOn(gateway, trouble.metric, estate);
          return first === undefined ? [] : [{ gateway, trouble, first, others }];
        }),
      ),
    holds: ({ trouble, first, others }) => [first, ...others].some((alert) => tells(alert, trouble)),
    at: ({ first }) => first,
    problem: ({ trouble }) => `stays silent, or does not say where, when ${trouble.when}`,
    fix: "fix its condition, dimensions, window or frequency",
    others: ({ gateway, others }) => [gateway, ...others],
  }),
  guardAt({
    of: watchingOf,
    holds: ({ gateway, alert }, estate) => fired(alert, wellOf(gateway, usedIn(estate))).length === 0,
    at: ({ alert }) => alert,
    problem: "alarms while every tunnel is up and drops nothing",
    fix: "fix its condition",
    others: ({ gateway }) => [gateway],
  }),
  guardAt({
    of: watchingOf,
    holds: ({ gateway, alert }, estate) => {
      const needed = neededMetrics(gateway, estate).map(({ metric }) => metric);
      return alert.conditions.every(({ metric }) => needed.includes(metric));
    },
    at: ({ alert }) => alert,
    problem: "watches a metric that does not concern this link: it is always or never in alarm",
    fix: "let it watch BGP peers, learned routes or dropped packets",
    others: ({ gateway }) => [gateway],
  }),
  guardAt({
    of: (estate) =>
      ownOf(gatewaysOf(estate)).flatMap((gateway) =>
        logCategories.map((category) => ({ gateway, category })),
      ),
    holds: ({ gateway, category }, estate) =>
      logSettingsOf(gateway, estate).some(
        ({ workspace, categories }) => workspace !== undefined && categories.includes(category),
      ),
    at: ({ gateway }) => gateway,
    problem: ({ category }) =>
      `its ${category} is kept nowhere: after a failure its cause could not be found`,
    fix: "send it to the stack's workspace by a diagnostic setting",
    others: ({ gateway }, estate) => [...logSettingsOf(gateway, estate), ...estate.alarms.workspaces],
  }),
  guard({
    of: ({ alarms }) => alarms.alerts,
    holds: ({ enabled }) => enabled,
    problem: "is disabled: it notifies nobody",
    fix: "enable it",
  }),
  guard({
    of: ({ alarms }) => alarms.alerts,
    holds: ({ groups }) => groups.length > 0,
    problem: "notifies nobody of this stack",
    fix: "name the stack's action group in its actions",
  }),
  guard({
    of: ({ alarms }) => alarms.alerts,
    holds: (alert, estate) => gatewaysOf(estate).some((gateway) => watches(alert, gateway)),
    problem: "watches no gateway of this stack",
    fix: "name the gateway in its scopes",
  }),
  guard({
    of: ({ alarms }) => alarms.alerts,
    holds: ({ name }, { stack }) => name.includes(stack),
    problem: (_, { stack }) => `its name does not say that it is about ${stack}`,
    fix: "name the stack in it",
  }),
  guard({
    of: ({ alarms }) => alarms.alerts,
    holds: ({ says }) => says.includes("docs/runbooks/"),
    problem: "does not say what to do",
    fix: "name the runbook in its description",
  }),
  guard({
    of: () => [theStack],
    holds: (_, { alarms }) => alarms.actionGroups.length > 0,
    problem: "Azure has no action group that alerts could go to",
    fix: "make one",
  }),
  guard({
    of: ({ alarms }) => alarms.actionGroups,
    holds: ({ enabled }) => enabled,
    problem: "is disabled: it notifies nobody",
    fix: "enable it",
  }),
  guardAt({
    of: ({ alarms }, { alarmEmails }) =>
      alarms.actionGroups.flatMap((group) => alarmEmails.map((email) => ({ group, email }))),
    holds: ({ group, email }) => group.emails.includes(email),
    at: ({ group }) => group,
    problem: ({ email }) => `does not notify ${email}`,
    fix: "add the address to emailReceivers",
  }),
  guardAt({
    of: ({ alarms }, { alarmEmails }) =>
      alarms.actionGroups.flatMap((group) =>
        group.emails.filter((email) => !alarmEmails.includes(email)).map((email) => ({ group, email })),
      ),
    holds: never,
    at: ({ group }) => group,
    problem: ({ email }) => `notifies ${email}, which the settings do not name`,
    fix: "remove the receiver",
  }),
  guard({
    of: ({ alarms }) => alarms.workspaces,
    holds: ({ retentionDays = 0 }) => retentionDays >= 90,
    problem: "the gateway's logs are kept for less than 90 days",
    fix: "set retentionInDays to 90",
  }),
];

function usedIn({ tunnels }: Estate) {
  return tunnels.filter(({ spare }) => !spare);
}

function watches(alert: MetricAlert, gateway: AzureGateway): boolean {
  return alert.scopes.some((scope) => sameAzureId(scope, gateway.resource.id));
}

/** The gateway of the link. */
function gatewaysOf({ azure, link }: Estate): readonly AzureGateway[] {
  return [
    ...ownOf(azure.gateways),
    ...azure.gateways.filter((one) => one === link.azureGateway && ownOf([one]).length === 0),
  ];
}

function watchingOf(estate: Estate) {
  return gatewaysOf(estate).flatMap((gateway) =>
    estate.alarms.alerts.filter((alert) => watches(alert, gateway)).map((alert) => ({ gateway, alert })),
  );
}

function neededMetrics(gateway: AzureGateway, estate: Estate) {
  const metrics = troublesOf(gateway, usedIn(estate)).map(({ metric }) => metric);
  return [...new Set(metrics)].map((metric) => ({ gateway, metric }));
}

function alertsOn(gateway: AzureGateway, metric: string, { alarms }: Estate): readonly MetricAlert[] {
  return alarms.alerts.filter(
    (alert) => watches(alert, gateway) && alert.conditions.some((condition) => condition.metric === metric),
  );
}

function logSettingsOf(gateway: AzureGateway, { alarms }: Estate) {
  return alarms.logSettings.filter((setting) => sameAzureId(setting.of, gateway.resource.id));
}

/** Within a quarter of an hour, and by the peer or the connection. */
function tells(alert: MetricAlert, { metric, series, by }: Trouble): boolean {
  return (
    alert.frequencyMinutes <= 15 &&
    fired(alert, { [metric]: series() }).some((set) =>
      Object.entries(by).every(([name, value]) => set[name] === value),
    )
  );
}
