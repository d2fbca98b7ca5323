import type { Problem, StackResource, StackRule } from "../rule";
import { awsConnection, azureGateway } from "../types";

/** What needs an alarm, the type of that alarm, and the property in which it names what it watches. */
const watches = [
  {
    type: awsConnection,
    by: "aws:cloudwatch/metricAlarm:MetricAlarm",
    named: "dimensions",
    says: "no CloudWatch alarm watches the connection, so nobody is told when its tunnels are down; set alarms to true",
  },
  {
    type: azureGateway,
    by: "azure-native:monitor:MetricAlert",
    named: "scopes",
    says: "no metric alert watches the gateway, so nobody is told when it drops packets; set alarms to true",
  },
] as const;

/** A preview has the resource that an alarm refers to as well. Whether the alarm works is judged elsewhere. */
export const watchedLinks: StackRule = {
  kind: "stack",
  name: "watched-links",
  description: "Outside development each end of the VPN has alarms in its own cloud.",
  development: "exempt",
  check: (resources) => watches.flatMap((watch) => unwatched(watch, resources)),
};

function unwatched(
  { type, by, named, says }: (typeof watches)[number],
  resources: readonly StackResource[],
): readonly Problem[] {
  const watched = new Set(
    resources.filter((resource) => resource.type === by).flatMap((resource) => resource.madeOf[named] ?? []),
  );
  return resources
    .filter((resource) => resource.type === type && !watched.has(resource.urn))
    .map(({ urn }) => ({ urn, says }));
}
