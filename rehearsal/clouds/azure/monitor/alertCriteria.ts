import type { Props, Refusal } from "../../../model/recording";
import { isProps, knownStrings, text, valuesAt } from "../../../model/values";
import { refuseIf, refuseOthers, words } from "../../rules";

const rest = "https://learn.microsoft.com/rest/api/monitor/metric-alerts/create-or-update";
export const metricsPage =
  "https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-network-virtualnetworkgateways-metrics";
const gatewayNamespace = "Microsoft.Network/virtualNetworkGateways";

/** Those of a VPN gateway's metrics that concern site-to-site tunnels, by their dimensions. */
const gatewayMetrics = [
  { dimensions: ["Instance"], metrics: ["AverageBandwidth"] },
  {
    dimensions: words("BgpPeerAddress Instance"),
    metrics: words("BgpPeerStatus BgpRoutesAdvertised BgpRoutesLearned"),
  },
  {
    dimensions: words("ConnectionName RemoteIP Instance"),
    metrics: words(`
      MmsaCount QmsaCount TunnelAverageBandwidth TunnelEgressBytes TunnelEgressPacketDropCount
      TunnelEgressPacketDropTSMismatch TunnelEgressPackets TunnelIngressBytes TunnelIngressPacketDropCount
      TunnelIngressPacketDropTSMismatch TunnelIngressPackets`),
  },
];

/** The values that properties of a condition may have. */
const choices: Readonly<Record<string, readonly string[]>> = {
  operator: words("Equals GreaterThan GreaterThanOrEqual LessThan LessThanOrEqual"),
  timeAggregation: words("Average Count Maximum Minimum Total"),
  criterionType: words("StaticThresholdCriterion DynamicThresholdCriterion"),
  "dimensions.operator": words("Include Exclude"),
};
const single = "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria";
const multiple = "Microsoft.Azure.Monitor.MultipleResourceMultipleMetricCriteria";

/** The conditions of an alert on a VPN gateway. */
export function refuseCriteria(inputs: Props): readonly Refusal[] {
  const { criteria } = inputs;
  const kind = text(criteria, "odataType");
  return [
    ...refuseIf(
      valuesAt(criteria, "odataType").length === 0 ||
        (kind !== undefined && kind !== single && kind !== multiple),
      bad(`'${kind ?? ""}' is not a kind of criteria`),
    ),
    ...refuseIf(kind === single && valuesAt(inputs, "scopes").length !== 1, {
      ...bad("criteria of a single resource need exactly one scope"),
      property: "scopes",
    }),
    ...refuseIf(valuesAt(criteria, "allOf").length === 0, bad("an alert needs a condition")),
    ...valuesAt(criteria, "allOf").flatMap((condition) =>
      isProps(condition) ? refuseCondition(condition) : [],
    ),
  ];
}

const known = words(`
  criterionType dimensions metricName metricNamespace name operator skipMetricValidation threshold timeAggregation
  alertSensitivity failingPeriods ignoreDataBefore`);

function refuseCondition(condition: Props): readonly Refusal[] {
  const [metric, namespace] = [text(condition, "metricName"), text(condition, "metricNamespace")];
  const dimensions = gatewayMetrics.find(({ metrics }) => metrics.includes(metric ?? ""))?.dimensions;
  const fixed = text(condition, "criterionType") === "StaticThresholdCriterion";
  const needed = [
    ...words("name criterionType metricName operator timeAggregation"),
    ...(fixed ? ["threshold"] : []),
  ];
  return [
    ...Object.keys(condition)
      .filter((property) => !known.includes(property))
      .map((property) => bad(`a condition has no '${property}'`)),
    ...Object.entries(choices).flatMap(([property, allowed]) =>
      refuseOthers(condition, property, allowed, bad),
    ),
    ...needed
      .filter((property) => valuesAt(condition, property).length === 0)
      .map((property) => bad(`a condition needs ${property}`)),
    ...refuseIf(
      namespace !== undefined && namespace.toLowerCase() !== gatewayNamespace.toLowerCase(),
      bad(`a VPN gateway has no metrics in '${namespace ?? ""}'`, metricsPage),
    ),
    ...refuseIf(
      metric !== undefined && dimensions === undefined,
      bad(`Couldn't find a metric named ${metric ?? ""}`, metricsPage),
    ),
    ...knownStrings(condition, "dimensions.name")
      .filter((name) => dimensions !== undefined && !dimensions.includes(name))
      .map((name) => bad(`${metric ?? ""} has no dimension ${name}`, metricsPage)),
    ...valuesAt(condition, "dimensions")
      .filter((dimension) => ["name", "operator", "values"].some((p) => valuesAt(dimension, p).length === 0))
      .map(() => bad("a dimension needs name, operator and values")),
  ];
}

function bad(message: string, source = rest): Refusal {
  return { code: "BadRequest", message, property: "criteria", source };
}
