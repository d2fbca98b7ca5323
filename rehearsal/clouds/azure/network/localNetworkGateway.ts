import { isAddress, isNetwork } from "../../../model/addresses";
import type { Props, Refusal } from "../../../model/recording";
import {
  commonErrors,
  networkId,
  networkOutputs,
  partOfTheUrl,
  refuseLocation,
  resourceGroup,
} from "../azure";
import { refuseAsn } from "./bgp";
import type { CloudType } from "../../cloudType";
import { aboutMinutes, each, refuseIf, words } from "../../rules";
import { knownStrings, text, valuesAt } from "../../../model/values";

export const localGatewayType = "azure-native:network:LocalNetworkGateway";
const settings = "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings#lng";

export const azureLocalGateway: Readonly<Record<string, CloudType>> = {
  [localGatewayType]: {
    properties: words(`
      bgpSettings.asn bgpSettings.bgpPeeringAddress bgpSettings.bgpPeeringAddresses.* bgpSettings.peerWeight fqdn
      gatewayIpAddress id localNetworkAddressSpace.addressPrefixes localNetworkAddressSpace.ipamPoolPrefixAllocations.*
      localNetworkGatewayName location resourceGroupName tags.*`),
    required: ["resourceGroupName"],
    replaces: each("resourceGroupName localNetworkGatewayName", partOfTheUrl),
    references: { resourceGroupName: resourceGroup },
    autoName: "localNetworkGatewayName",
    duplicate: { code: "AlreadyExists", source: partOfTheUrl },
    create: aboutMinutes(0.3, "a record of the other side only"),
    update: aboutMinutes(1, "the gateway takes the change over within a minute or so"),
    delete: aboutMinutes(0.3, "a record of the other side only"),
    refuse: (inputs, cloud, { id }) => [
      ...refuseLocation(localGatewayType, inputs, cloud, id),
      ...refuseSite(inputs),
      ...refuseAsn(inputs, "peer"),
    ],
    id: networkId("localNetworkGateways", "localNetworkGatewayName"),
    outputs: (inputs, _cloud, { seed }) =>
      networkOutputs("localNetworkGateways", text(inputs, "localNetworkGatewayName") ?? "", seed),
  },
};

function refuseSite(inputs: Props): readonly Refusal[] {
  const address = text(inputs, "gatewayIpAddress");
  const peer = text(inputs, "bgpSettings.bgpPeeringAddress");
  const named = valuesAt(inputs, "gatewayIpAddress").length + valuesAt(inputs, "fqdn").length;
  return [
    ...refuseIf(named !== 1, {
      code: "LocalNetworkGatewayMustHaveIpAddressOrFqdn",
      message: "a local network gateway names either an address or a domain name",
      property: "gatewayIpAddress",
      source: `guess: the code; the rule: ${settings}`,
    }),
    ...refuseIf(address !== undefined && !isAddress(address), {
      code: "InvalidIPAddress",
      message: `'${address ?? ""}' is no IPv4 address`,
      property: "gatewayIpAddress",
      source: `guess: the code; the rule: ${settings}`,
    }),
    ...refuseIf(peer !== undefined && !isAddress(peer), {
      code: "InvalidBgpPeeringAddress",
      message: `'${peer ?? ""}' is no IPv4 address`,
      property: "bgpSettings.bgpPeeringAddress",
      source: `guess: the code; the rule: ${settings}`,
    }),
    ...knownStrings(inputs, "localNetworkAddressSpace.addressPrefixes")
      .filter((prefix) => !isNetwork(prefix))
      .map((prefix) => ({
        code: "InvalidCIDRNotation",
        message: `the address prefix ${prefix} has an invalid CIDR notation`,
        property: "localNetworkAddressSpace.addressPrefixes",
        source: commonErrors,
      })),
  ];
}
