import type { Props, Refusal } from "../../../model/recording";
import { azureTypes } from "../../../model/resourceTypes";
import { isProps, knownStrings, number, text, valuesAt } from "../../../model/values";
import type { CloudType } from "../../cloudType";
import { azureCommon, each, none } from "../../impact";
import { aboutMinutes, refuseIf, words } from "../../rules";
import { inResourceGroup, namedInGroup, setAtCreation } from "../azure";
import { azure, monitorPermissions } from "../permissions";

const common = namedInGroup("Microsoft.Insights/metricAlerts", "ruleName");
const rest = "https://learn.microsoft.com/rest/api/monitor/metric-alerts/create-or-update";
const alerts = "https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-types#metric-alerts";
const overview = "https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-metric-overview";
const metricsPage =
  "https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-network-virtualnetworkgateways-metrics";
const seconds = aboutMinutes(0.1, "a record only");

const gatewayNamespace = "Microsoft.Network/virtualNetworkGateways";

/** Those of a VPN gateway's metrics that concern site-to-site tunnels, with their dimensions; each every five minutes. */
const gatewayMetrics: Readonly<Record<string, readonly string[]>> = {
  AverageBandwidth: ["Instance"],
  BgpPeerStatus: ["BgpPeerAddress", "Instance"],
  BgpRoutesAdvertised: ["BgpPeerAddress", "Instance"],
  BgpRoutesLearned: ["BgpPeerAddress", "Instance"],
  MmsaCount: ["ConnectionName", "RemoteIP", "Instance"],
  QmsaCount: ["ConnectionName", "RemoteIP", "Instance"],
  TunnelAverageBandwidth: ["ConnectionName", "RemoteIP", "Instance"],
  TunnelEgressBytes: ["ConnectionName", "RemoteIP", "Instance"],
  TunnelEgressPacketDropCount: ["ConnectionName", "RemoteIP", "Instance"],
  TunnelEgressPacketDropTSMismatch: ["ConnectionName", "RemoteIP", "Instance"],
  TunnelEgressPackets: ["ConnectionName", "RemoteIP", "Instance"],
  TunnelIngressBytes: ["ConnectionName", "RemoteIP", "Instance"],
  TunnelIngressPacketDropCount: ["ConnectionName", "RemoteIP", "Instance"],
  TunnelIngressPacketDropTSMismatch: ["ConnectionName", "RemoteIP", "Instance"],
  TunnelIngressPackets: ["ConnectionName", "RemoteIP", "Instance"],
};
const gatewayGrain = 5;

/** How often an alert may look, and how far back, in minutes. */
const frequencies: Readonly<Record<string, number>> = { PT1M: 1, PT5M: 5, PT15M: 15, PT30M: 30, PT1H: 60 };
const windows: Readonly<Record<string, number>> = { ...frequencies, PT6H: 360, PT12H: 720, P1D: 1440 };

/** What the criteria's words may be. */
const choices: Readonly<Record<string, readonly string[]>> = {
  operator: words("Equals GreaterThan GreaterThanOrEqual LessThan LessThanOrEqual"),
  timeAggregation: words("Average Count Maximum Minimum Total"),
  criterionType: words("StaticThresholdCriterion DynamicThresholdCriterion"),
  "dimensions.operator": words("Include Exclude"),
};
const single = "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria";
const multiple = "Microsoft.Azure.Monitor.MultipleResourceMultipleMetricCriteria";

const changed = none("no traffic; the alert fires on something else, or in another way", overview);

export const metricAlert: CloudType = {
  ...common,
  // The criteria are one of several types: what each knows is looked at below.
  properties: words(`
    actions.actionGroupId actions.webHookProperties.* autoMitigate criteria.allOf.* criteria.odataType description
    enabled evaluationFrequency location resourceGroupName ruleName scopes severity tags.* targetResourceRegion
    targetResourceType windowSize`),
  required: words("criteria enabled evaluationFrequency resourceGroupName scopes severity windowSize"),
  replaces: { ...common.replaces, location: setAtCreation },
  references: {
    ...inResourceGroup,
    scopes: {
      types: [azureTypes.virtualNetworkGateway],
      missing: "ResourceNotFound",
      source: `guess: the code; the rule: ${rest}`,
    },
    "actions.actionGroupId": {
      types: [azureTypes.actionGroup],
      missing: "ActionGroupNotFound",
      source: `guess: the code; the rule: ${rest}`,
    },
  },
  permissions: azure("Microsoft.Insights/metricAlerts", monitorPermissions),
  impact: {
    create: none("it only watches", overview),
    delete: none("no traffic; nobody is notified any more of what it watched", overview),
    replace: changed,
    properties: {
      ...azureCommon(changed, "ruleName"),
      ...each(
        words("actions criteria description enabled evaluationFrequency scopes severity windowSize"),
        changed,
      ),
    },
  },
  create: seconds,
  update: seconds,
  delete: seconds,
  refuse: (inputs) => [...refusePlace(inputs), ...refuseTimes(inputs), ...refuseCriteria(inputs)],
  outputs: (inputs) => ({
    name: text(inputs, "ruleName") ?? "",
    type: "Microsoft.Insights/metricAlerts",
    azureApiVersion: "2018-03-01",
  }),
};

function bad(property: string, message: string, source = rest): Refusal {
  return { code: "BadRequest", message, property, source };
}

function refusePlace(inputs: Props): readonly Refusal[] {
  const [location, severity] = [text(inputs, "location"), number(inputs, "severity")];
  const name = text(inputs, "ruleName");
  return [
    ...refuseIf(location !== undefined && location !== "global", {
      code: "LocationNotAvailableForResourceType",
      message: `a metric alert stands in 'global', not in '${location ?? ""}'`,
      property: "location",
      source: rest,
    }),
    ...refuseIf(
      severity !== undefined && ![0, 1, 2, 3, 4].includes(severity),
      bad("severity", `severity ${String(severity)} is not one of 0 to 4`),
    ),
    ...refuseIf(
      name !== undefined && !/^[^*#&+:<>?@%{}\\/|]{0,259}[^*#&+:<>?@%{}\\/|. ]$/.test(name),
      bad(
        "ruleName",
        `'${name ?? ""}' is no name for an alert: 1-260 characters, none of *#&+:<>?@%{}\\/|, no dot or space last`,
        "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftinsights",
      ),
    ),
  ];
}

function refuseTimes(inputs: Props): readonly Refusal[] {
  const [window, frequency] = [text(inputs, "windowSize"), text(inputs, "evaluationFrequency")];
  const [back, every] = [windows[window ?? ""], frequencies[frequency ?? ""]];
  return [
    ...refuseIf(
      window !== undefined && back === undefined,
      bad(
        "windowSize",
        `windowSize '${window ?? ""}' is not one of ${Object.keys(windows).join(", ")}`,
        alerts,
      ),
    ),
    ...refuseIf(
      frequency !== undefined && every === undefined,
      bad(
        "evaluationFrequency",
        `evaluationFrequency '${frequency ?? ""}' is not one of ${Object.keys(frequencies).join(", ")}`,
        alerts,
      ),
    ),
    ...refuseIf(
      back !== undefined && every !== undefined && back < every,
      bad("windowSize", "an alert must look back at least as far as to when it looked before", alerts),
    ),
    ...refuseIf(
      back !== undefined && back < gatewayGrain,
      bad("windowSize", `the gateway measures every ${gatewayGrain} minutes only`, metricsPage),
    ),
  ];
}

function refuseCriteria(inputs: Props): readonly Refusal[] {
  const { criteria } = inputs;
  const kind = text(criteria, "odataType");
  const wrongWords = Object.entries(choices).flatMap(([property, allowed]) =>
    knownStrings(criteria, `allOf.${property}`)
      .filter((value) => !allowed.includes(value))
      .map((value) => bad("criteria", `${property} '${value}' is not one of ${allowed.join(", ")}`)),
  );
  return [
    ...refuseIf(
      valuesAt(criteria, "odataType").length === 0 ||
        (kind !== undefined && kind !== single && kind !== multiple),
      bad("criteria", `'${kind ?? ""}' is no kind of criteria`),
    ),
    ...refuseIf(
      kind === single && valuesAt(inputs, "scopes").length !== 1,
      bad("scopes", "criteria of a single resource need exactly one scope"),
    ),
    ...refuseIf(valuesAt(criteria, "allOf").length === 0, bad("criteria", "an alert needs a condition")),
    ...wrongWords,
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
  const dimensions = gatewayMetrics[metric ?? ""];
  const fixed = text(condition, "criterionType") === "StaticThresholdCriterion";
  const needed = ["name", "metricName", "operator", "timeAggregation", ...(fixed ? ["threshold"] : [])];
  return [
    ...Object.keys(condition)
      .filter((property) => !known.includes(property))
      .map((property) => bad("criteria", `a condition has no '${property}'`)),
    ...needed
      .filter((property) => valuesAt(condition, property).length === 0)
      .map((property) => bad("criteria", `a condition needs ${property}`)),
    ...refuseIf(
      valuesAt(condition, "criterionType").length === 0,
      bad("criteria", "a condition needs criterionType"),
    ),
    ...refuseIf(
      namespace !== undefined && namespace.toLowerCase() !== gatewayNamespace.toLowerCase(),
      bad("criteria", `a VPN gateway has no metrics in '${namespace ?? ""}'`, metricsPage),
    ),
    ...refuseIf(
      metric !== undefined && dimensions === undefined,
      bad("criteria", `Couldn't find a metric named ${metric ?? ""}`, metricsPage),
    ),
    ...knownStrings(condition, "dimensions.name")
      .filter((name) => dimensions !== undefined && !dimensions.includes(name))
      .map((name) => bad("criteria", `${metric ?? ""} has no dimension ${name}`, metricsPage)),
    ...valuesAt(condition, "dimensions")
      .filter((dimension) => ["name", "operator", "values"].some((p) => valuesAt(dimension, p).length === 0))
      .map(() => bad("criteria", "a dimension needs name, operator and values")),
  ];
}
