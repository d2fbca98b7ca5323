import { isAddress, isNetwork } from "../../../model/addresses";
import type { Props, Refusal } from "../../../model/recording";
import { azureTypes } from "../../../model/resourceTypes";
import { knownStrings, text, valuesAt } from "../../../model/values";
import type { ResourceRecord } from "../../cloudType";
import { downs, none } from "../../impact";
import { aboutMinutes, refuseIf, words } from "../../rules";
import { commonErrors, networkType } from "../azure";
import { azureImpacts } from "../impacts";
import { refuseLocation } from "../location";
import { azure, vpnPermissions } from "../permissions";
import { awsBgp, refuseAsn } from "./bgp";

const gatewaySettings =
  "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings";
const settings = `${gatewaySettings}#lng`;

export const localNetworkGateway: ResourceRecord = {
  ...networkType("localNetworkGateways", "localNetworkGatewayName"),
  properties: words(`
    bgpSettings.asn bgpSettings.bgpPeeringAddress bgpSettings.bgpPeeringAddresses.* bgpSettings.peerWeight fqdn
    gatewayIpAddress id localNetworkAddressSpace.addressPrefixes localNetworkAddressSpace.ipamPoolPrefixAllocations.*
    localNetworkGatewayName location resourceGroupName tags.*`),
  permissions: azure("Microsoft.Network/localNetworkGateways", vpnPermissions),
  impact: azureImpacts({
    create: none("it describes the AWS side and carries nothing by itself", gatewaySettings),
    replace: downs("its own", "the connection is replaced with it", gatewaySettings),
    replacing: "localNetworkGatewayName",
    properties: {
      gatewayIpAddress: downs("its own", "the tunnel leads to another address of AWS", gatewaySettings),
      localNetworkAddressSpace: downs("its own", "what Azure sends into the tunnel changes", gatewaySettings),
      bgpSettings: downs("its own", "the tunnel's BGP session starts again", awsBgp),
    },
  }),
  create: aboutMinutes(0.3, "a record of the other side only"),
  update: aboutMinutes(1, "the gateway takes the change over within a minute or so"),
  delete: aboutMinutes(0.3, "a record of the other side only"),
  refuse: (inputs, cloud, { id }) => [
    ...refuseLocation(azureTypes.localNetworkGateway, inputs, cloud, id),
    ...refuseSite(inputs),
    ...refuseAsn(inputs, "peer"),
  ],
};

function refuseSite(inputs: Props): readonly Refusal[] {
  const address = text(inputs, "gatewayIpAddress");
  const peer = text(inputs, "bgpSettings.bgpPeeringAddress");
  const named = valuesAt(inputs, "gatewayIpAddress").length + valuesAt(inputs, "fqdn").length;
  return [
    ...refuseIf(named !== 1, {
      code: "LocalNetworkGatewayMustHaveIpAddressOrFqdn",
      message: "a local network gateway needs either an address or a domain name",
      property: "gatewayIpAddress",
      source: `guess: the code; the rule: ${settings}`,
    }),
    ...refuseIf(address !== undefined && !isAddress(address), {
      code: "InvalidIPAddress",
      message: `'${address ?? ""}' is not an IPv4 address`,
      property: "gatewayIpAddress",
      source: `guess: the code; the rule: ${settings}`,
    }),
    ...refuseIf(peer !== undefined && !isAddress(peer), {
      code: "InvalidBgpPeeringAddress",
      message: `'${peer ?? ""}' is not an IPv4 address`,
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
