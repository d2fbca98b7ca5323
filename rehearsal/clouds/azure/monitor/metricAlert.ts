import type { Props, Refusal } from "../../../model/recording";
import { azureTypes } from "../../../model/resourceTypes";
import { number, text } from "../../../model/values";
import type { ResourceRecord } from "../../cloudType";
import { none } from "../../impact";
import { alwaysAbout, refuseIf, refuseOthers, words } from "../../rules";
import { inResourceGroup, namedInGroup, setAtCreation } from "../azure";
import { azureImpacts } from "../impacts";
import { azure, monitorPermissions } from "../permissions";
import { metricsPage, refuseCriteria } from "./alertCriteria";

const common = namedInGroup("Microsoft.Insights/metricAlerts", "ruleName");
const rest = "https://learn.microsoft.com/rest/api/monitor/metric-alerts/create-or-update";
const alerts = "https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-types#metric-alerts";
const overview = "https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-metric-overview";

/** The gateway reports each metric every five minutes. */
const gatewayGrain = 5;

/** How often an alert may be evaluated, and how long its window may be, in minutes. */
const frequencies: Readonly<Record<string, number>> = { PT1M: 1, PT5M: 5, PT15M: 15, PT30M: 30, PT1H: 60 };
const windows: Readonly<Record<string, number>> = { ...frequencies, PT6H: 360, PT12H: 720, P1D: 1440 };

export const metricAlert: ResourceRecord = {
  ...common,
  // The criteria are one of several types: `refuseCondition` checks the properties of each.
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
  impact: azureImpacts({
    create: none("it only watches", overview),
    delete: none("no traffic; nobody is notified any more of what it watched", overview),
    replace: none("no traffic; the alert fires on something else, or in another way", overview),
    replacing: "actions criteria description enabled evaluationFrequency ruleName scopes severity windowSize",
  }),
  ...alwaysAbout(0.1, "a record only"),
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
      message: `a metric alert must be in 'global', not in '${location ?? ""}'`,
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
        `'${name ?? ""}' is not a valid alert name: 1-260 characters, none of *#&+:<>?@%{}\\/|, no dot or space last`,
        "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftinsights",
      ),
    ),
  ];
}

function refuseTimes(inputs: Props): readonly Refusal[] {
  const [window, frequency] = [text(inputs, "windowSize"), text(inputs, "evaluationFrequency")];
  const [back, every] = [windows[window ?? ""], frequencies[frequency ?? ""]];
  return [
    ...refuseOthers(inputs, "windowSize", Object.keys(windows), (message) =>
      bad("windowSize", message, alerts),
    ),
    ...refuseOthers(inputs, "evaluationFrequency", Object.keys(frequencies), (message) =>
      bad("evaluationFrequency", message, alerts),
    ),
    ...refuseIf(
      back !== undefined && every !== undefined && back < every,
      bad("windowSize", "the window must be at least as long as the time between two evaluations", alerts),
    ),
    ...refuseIf(
      back !== undefined && back < gatewayGrain,
      bad("windowSize", `the gateway reports its metrics every ${gatewayGrain} minutes only`, metricsPage),
    ),
  ];
}
