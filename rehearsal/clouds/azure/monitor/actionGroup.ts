import type { Props, Refusal } from "../../../model/recording";
import { knownStrings, text, valuesAt } from "../../../model/values";
import type { ResourceRecord } from "../../cloudType";
import { address, none } from "../../impact";
import { alwaysAbout, each, refuseIf, words } from "../../rules";
import { namedInGroup, setAtCreation } from "../azure";
import { azureImpacts } from "../impacts";
import { azure, monitorPermissions } from "../permissions";

const common = namedInGroup("Microsoft.Insights/actionGroups", "actionGroupName");
const groups = "https://learn.microsoft.com/azure/azure-monitor/alerts/action-groups";

/** Where Azure offers action groups; a list that grows. */
const groupLocations = words("global germanywestcentral northcentralus southcentralus swedencentral");

export const actionGroup: ResourceRecord = {
  ...common,
  properties: words(`
    actionGroupName armRoleReceivers.* automationRunbookReceivers.* azureAppPushReceivers.* azureFunctionReceivers.*
    emailReceivers.emailAddress emailReceivers.name emailReceivers.useCommonAlertSchema enabled eventHubReceivers.*
    groupShortName identity.* incidentReceivers.* itsmReceivers.* location logicAppReceivers.* resourceGroupName
    smsReceivers.* tags.* voiceReceivers.* webhookReceivers.*`),
  required: ["resourceGroupName", "groupShortName", "enabled"],
  replaces: { ...common.replaces, location: setAtCreation },
  permissions: azure("Microsoft.Insights/actionGroups", monitorPermissions),
  impact: azureImpacts({
    create: none("a list of receivers", groups),
    replace: address(
      "its id is an output: alerts outside this stack that name it notify nobody any more",
      groups,
    ),
    replacing: "actionGroupName",
    properties: each("emailReceivers enabled groupShortName", none("others are notified, or nobody", groups)),
  }),
  ...alwaysAbout(0.1, "a record only"),
  refuse: refuseGroup,
  outputs: (inputs) => ({
    name: text(inputs, "actionGroupName") ?? "",
    type: "Microsoft.Insights/ActionGroups",
    azureApiVersion: "2024-10-01-preview",
  }),
};

function refuseGroup(inputs: Props): readonly Refusal[] {
  const [shortName, location] = [text(inputs, "groupShortName"), text(inputs, "location")];
  const receivers = knownStrings(inputs, "emailReceivers.name");
  const source = `guess: the code; the rule: ${groups}`;
  return [
    ...refuseIf(shortName !== undefined && !/^.{1,12}$/.test(shortName), {
      code: "InvalidActionGroupShortName",
      message: `the short name '${shortName ?? ""}' must have 1 to 12 characters`,
      property: "groupShortName",
      source,
    }),
    ...refuseIf(location !== undefined && !groupLocations.includes(location.toLowerCase()), {
      code: "LocationNotAvailableForResourceType",
      message: `an action group cannot be in '${location ?? ""}': use ${groupLocations.join(", ")}`,
      property: "location",
      source: groups,
    }),
    ...refuseIf(new Set(receivers).size < receivers.length, {
      code: "DuplicateActionGroupReceiverName",
      message: "two receivers have the same name",
      property: "emailReceivers",
      source,
    }),
    ...valuesAt(inputs, "emailReceivers")
      .filter((receiver) => ["name", "emailAddress"].some((part) => valuesAt(receiver, part).length === 0))
      .map(() => ({
        code: "InvalidActionGroupReceiver",
        message: "a receiver needs a name and an address",
        property: "emailReceivers",
        source,
      })),
    ...knownStrings(inputs, "emailReceivers.emailAddress")
      .filter((address) => !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address))
      .map((address) => ({
        code: "InvalidEmailAddress",
        message: `'${address}' is not an e-mail address`,
        property: "emailReceivers",
        source,
      })),
  ];
}
