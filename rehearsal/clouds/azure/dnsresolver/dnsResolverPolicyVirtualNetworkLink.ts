import type { Props, Refusal } from "../../../model/recording";
import { azureTypes } from "../../../model/resourceTypes";
import { text } from "../../../model/values";
import type { CloudView, ResourceRecord } from "../../cloudType";
import { access } from "../../impact";
import { alwaysAbout, refuseIf, words } from "../../rules";
import { byId, commonErrors, inputsBefore, othersOf } from "../azure";
import { azureImpacts } from "../impacts";
import { refuseLocation } from "../location";
import { azure } from "../permissions";
import { policyPart, refuseName, securityPolicy } from "./policyParts";

const type = azureTypes.dnsResolverPolicyVirtualNetworkLink;
const common = policyPart("virtualNetworkLinks", "dnsResolverPolicyVirtualNetworkLinkName");
const answers = access(
  "the rules of the policy count for the network's machines, or no longer do",
  securityPolicy,
);
const networkId = "virtualNetwork.id";

export const dnsResolverPolicyVirtualNetworkLink: ResourceRecord = {
  ...common,
  properties: words(`
    dnsResolverPolicyName dnsResolverPolicyVirtualNetworkLinkName location resourceGroupName tags.* virtualNetwork.id`),
  required: words("dnsResolverPolicyName resourceGroupName virtualNetwork"),
  references: {
    ...common.references,
    [networkId]: byId(azureTypes.virtualNetwork, { source: commonErrors }),
  },
  permissions: azure(
    "Microsoft.Network/dnsResolverPolicies/virtualNetworkLinks",
    "guess: as with links of private DNS zones, https://learn.microsoft.com/azure/dns/dns-protect-private-zones-recordsets",
    ["Microsoft.Network/virtualNetworks/join/action"],
  ),
  impact: azureImpacts({
    create: answers,
    replace: answers,
    replacing: "dnsResolverPolicyName dnsResolverPolicyVirtualNetworkLinkName virtualNetwork",
  }),
  ...alwaysAbout(0.5, "a link is there in less than a minute"),
  refuse: (inputs, cloud, { id }) => [
    ...refuseLocation(type, inputs, cloud, id),
    ...refuseName(inputs, "dnsResolverPolicyVirtualNetworkLinkName"),
    ...refuseOtherNetwork(inputs, cloud, id),
    ...refuseElsewhere(inputs, cloud),
    ...refuseSecondPolicy(inputs, cloud, id),
  ],
};

function refuseOtherNetwork(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const [before, now] = [text(inputsBefore(type, cloud, id), networkId), text(inputs, networkId)];
  return refuseIf(before !== undefined && now !== undefined && before !== now, {
    code: "InvalidParameter",
    message: `${id ?? ""} cannot be moved to another virtual network`,
    property: "virtualNetwork",
    source:
      "guess: the code; the rule: https://www.pulumi.com/registry/packages/azure-native/api-docs/dnsresolver/dnsresolverpolicyvirtualnetworklink/",
  });
}

/** A policy serves networks of its own region. */
function refuseElsewhere(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const network = cloud.find(azureTypes.virtualNetwork, text(inputs, networkId) ?? "");
  const there = text(network?.inputs, "location");
  const here = text(inputs, "location");
  return refuseIf(here !== undefined && there !== undefined && here !== there, {
    code: "InvalidParameter",
    message: `${network?.id ?? ""} is in ${there ?? ""}, and a policy in ${here ?? ""} serves networks there`,
    property: "location",
    source: `guess: the code; the rule: ${securityPolicy}`,
  });
}

/** A network has one policy. */
function refuseSecondPolicy(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const network = text(inputs, networkId);
  return othersOf(type, cloud, id)
    .filter((other) => network !== undefined && text(other.inputs, networkId) === network)
    .map((other) => ({
      code: "VirtualNetworkAlreadyLinked",
      message: `${network ?? ""} has a DNS security policy already, by ${other.id}`,
      property: "virtualNetwork",
      source: `guess: the code; the rule: ${securityPolicy}`,
    }));
}
