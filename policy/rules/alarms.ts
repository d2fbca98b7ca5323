import { notNamed } from "../naming";
import type { StackRule } from "../rule";
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

/** Whether an alarm works is judged elsewhere. */
export const watchedLinks: StackRule = {
  kind: "stack",
  name: "watched-links",
  description: "Outside development each end of the VPN has alarms in its own cloud.",
  development: "exempt",
  check: (resources) =>
    watches.flatMap(({ type, by, named, says }) =>
      notNamed(resources, { types: [type], by, in: named }).map(({ urn }) => ({ urn, says })),
    ),
};
