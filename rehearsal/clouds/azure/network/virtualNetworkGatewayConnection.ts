import type { Props, Refusal } from "../../../model/recording";
import { azureTypes, type AzureType } from "../../../model/resourceTypes";
import { text, valuesAt } from "../../../model/values";
import type { CloudView, LiveResource, ResourceRecord } from "../../cloudType";
import { downs, none } from "../../impact";
import { refuseIf, words } from "../../rules";
import { byId, inputsBefore, inResourceGroup, networkType, othersOf } from "../azure";
import { azureImpacts } from "../impacts";
import { refuseLocation } from "../location";
import { azure, vpnPermissions } from "../permissions";
import { awsBgp } from "./bgp";
import { refuseBgp, refuseOwnAddresses } from "./connectionBgp";
import { refuseSettings } from "./connectionSettings";
import { refuseIpsecPolicies } from "./ipsec";

const type = azureTypes.virtualNetworkGatewayConnection;
const common = networkType("connections", "virtualNetworkGatewayConnectionName");
const skus = "https://learn.microsoft.com/azure/vpn-gateway/about-gateway-skus";
const settings = "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings";
const deletion =
  "guess: the code; the rule: https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-delete-vnet-gateway-portal";

const itsOwn = (why: string, source = settings) => downs("its own", why, source);

export const virtualNetworkGatewayConnection: ResourceRecord = {
  ...common,
  properties: words(`
    authorizationKey connectionMode connectionProtocol connectionType dpdTimeoutSeconds egressNatRules.* enableBgp
    enablePrivateLinkFastPath expressRouteGatewayBypass gatewayCustomBgpIpAddresses.customBgpIpAddress
    gatewayCustomBgpIpAddresses.ipConfigurationId id ingressNatRules.* ipsecPolicies.dhGroup
    ipsecPolicies.ikeEncryption ipsecPolicies.ikeIntegrity ipsecPolicies.ipsecEncryption
    ipsecPolicies.ipsecIntegrity ipsecPolicies.pfsGroup ipsecPolicies.saDataSizeKilobytes
    ipsecPolicies.saLifeTimeSeconds localNetworkGateway2.id location peer.* resourceGroupName routingWeight sharedKey
    tags.* trafficSelectorPolicies.* useLocalAzureIpAddress usePolicyBasedTrafficSelectors
    virtualNetworkGateway1.id virtualNetworkGateway2.id virtualNetworkGatewayConnectionName`),
  required: ["resourceGroupName", "connectionType", "virtualNetworkGateway1"],
  references: {
    ...inResourceGroup,
    "virtualNetworkGateway1.id": byId(azureTypes.virtualNetworkGateway, {
      inUse: "VirtualNetworkGatewayInUse",
      source: deletion,
    }),
    "localNetworkGateway2.id": byId(azureTypes.localNetworkGateway, {
      inUse: "LocalNetworkGatewayInUse",
      source: deletion,
    }),
  },
  secretInputs: ["sharedKey"],
  permissions: azure(
    "Microsoft.Network/connections",
    `${vpnPermissions}; guess: the key's own right, enforced since 2025, for a write too: https://github.com/hashicorp/terraform-provider-azurerm/pull/33409`,
    ["Microsoft.Network/connections/sharedKey/action"],
  ),
  impact: azureImpacts({
    create: none("another tunnel comes up", settings),
    delete: itsOwn("the tunnel goes down for good"),
    replace: itsOwn(
      "Azure deletes the connection and creates it again: the tunnel is down for some minutes",
      "https://github.com/hashicorp/terraform-provider-azurerm/issues/11673",
    ),
    replacing: `
      connectionProtocol connectionType localNetworkGateway2 sharedKey virtualNetworkGateway1
      virtualNetworkGatewayConnectionName`,
    properties: {
      ipsecPolicies: itsOwn(
        "the tunnel negotiates again, and fails until AWS offers the same suite",
        "https://learn.microsoft.com/azure/vpn-gateway/ipsec-ike-policy-howto",
      ),
      connectionMode: itsOwn("the side that initiates changes: the tunnel may start again"),
      dpdTimeoutSeconds: itsOwn("guess: Azure restarts the tunnel to apply it"),
      enableBgp: itsOwn("the routing of the tunnel changes", awsBgp),
      gatewayCustomBgpIpAddresses: itsOwn("the tunnel's BGP session starts again", awsBgp),
    },
  }),
  create: { min: 0.5, typical: 1, max: 5, source: "guess: field reports of one to a few minutes" },
  update: { min: 0.5, typical: 1, max: 5, source: "guess: as long as a creation" },
  delete: { min: 0.3, typical: 1, max: 5, source: "guess: field reports of about a minute" },
  refuse: (inputs, cloud, { id }) => {
    const gateway = find(cloud, azureTypes.virtualNetworkGateway, inputs, "virtualNetworkGateway1.id");
    const site = find(cloud, azureTypes.localNetworkGateway, inputs, "localNetworkGateway2.id");
    return [
      ...refuseLocation(type, inputs, cloud, id),
      ...refuseSettings(inputs, inputsBefore(type, cloud, id)),
      ...refuseOnBasic(inputs, gateway),
      ...refuseIpsecPolicies(inputs),
      ...refuseBgp(inputs, gateway, site),
      ...refuseOwnAddresses(inputs, gateway),
      ...refuseTooMany(inputs, cloud, gateway, id),
    ];
  },
  outputs: (inputs, cloud, subject) => ({
    ...common.outputs(inputs, cloud, subject),
    // A snapshot taken right after creation: the tunnel has had no time to come up.
    connectionStatus: "Unknown",
    ingressBytesTransferred: 0,
    egressBytesTransferred: 0,
    tunnelConnectionStatus: [],
  }),
  // guess: whether a GET leaves the key out; where it does, only ListSharedKey answers it (azurerm reads it by GetSharedKey,
  // terraform-provider-azurerm #33409).
  leftOutOfReads: () => ["sharedKey"],
  // A PUT on an existing connection is accepted and keeps the old key (terraform-provider-azurerm #11673).
  afterUpdate: ({ inputs: { sharedKey } }, inputs) =>
    sharedKey === undefined ? inputs : { ...inputs, sharedKey },
};

function find(cloud: CloudView, of: AzureType, inputs: Props, path: string): LiveResource | undefined {
  const id = text(inputs, path);
  return id === undefined ? undefined : cloud.find(of, id);
}

function refuseOnBasic(inputs: Props, gateway: LiveResource | undefined): readonly Refusal[] {
  if (text(gateway?.inputs, "sku.name") !== "Basic") return [];
  return [
    ...refuseIf(valuesAt(inputs, "ipsecPolicies").length > 0, {
      code: "BasicSkuVirtualNetworkGatewayDoesNotSupportIpsecPolicies",
      message: "a gateway of SKU Basic does not support custom IPsec policies",
      property: "ipsecPolicies",
      source: `guess: the code; the rule: ${skus}`,
    }),
    ...refuseIf(inputs["connectionProtocol"] === "IKEv1", {
      code: "BasicSkuVirtualNetworkGatewayDoesNotSupportIkev1",
      message: "a route-based gateway of SKU Basic supports IKEv2 only",
      property: "connectionProtocol",
      source: `guess: the code; the rule: ${skus}`,
    }),
  ];
}

function refuseTooMany(
  inputs: Props,
  cloud: CloudView,
  gateway?: LiveResource,
  id?: string,
): readonly Refusal[] {
  if (gateway === undefined) return [];
  const limit = text(gateway.inputs, "sku.name") === "Basic" ? 10 : 30;
  const others = othersOf(type, cloud, id).filter(
    (other) => text(other.inputs, "virtualNetworkGateway1.id") === gateway.id,
  );
  return [
    ...refuseIf(others.length >= limit, {
      code: "VirtualNetworkGatewayConnectionLimitReached",
      message: `${gateway.id} has its ${limit} connections already`,
      property: "virtualNetworkGateway1",
      source: `guess: the code; the rule: ${skus}`,
    }),
    ...others
      .filter(
        (other) => text(other.inputs, "localNetworkGateway2.id") === text(inputs, "localNetworkGateway2.id"),
      )
      .filter(() => text(inputs, "localNetworkGateway2.id") !== undefined)
      .map((other) => ({
        code: "ConnectionAlreadyExists",
        message: `${other.id} already connects these two gateways`,
        property: "localNetworkGateway2",
        source: "guess: both the code and the rule; one local network gateway describes one site",
      })),
  ];
}
