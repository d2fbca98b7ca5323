import type { Problem, StackResource, StackRule } from "../rule";

/** What must be watched, the type that watches it, and the property in which that names it. */
const watches = [
  {
    type: "aws:ec2/vpnConnection:VpnConnection",
    by: "aws:cloudwatch/metricAlarm:MetricAlarm",
    named: "dimensions",
    says: "no CloudWatch alarm watches the connection, and nobody learns that its tunnels are down; set alarms to true",
  },
  {
    type: "azure-native:network:VirtualNetworkGateway",
    by: "azure-native:monitor:MetricAlert",
    named: "scopes",
    says: "no metric alert watches the gateway, and nobody learns what it drops; set alarms to true",
  },
] as const;

/** Whose output names it is known in a preview as well; what an alarm makes of it is for its own tests. */
export const watchedLinks: StackRule = {
  kind: "stack",
  name: "watched-links",
  description: "Outside development both ends of the VPN are watched by alarms of their own cloud.",
  development: "let off",
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
