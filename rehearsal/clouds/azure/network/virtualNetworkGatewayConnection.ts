import type { Props, Refusal } from "../../../model/recording";
import { networkId, networkOutputs, partOfTheUrl, refuseLocation, resourceGroup } from "../azure";
import { refuseBgp, refuseOwnAddresses } from "./connectionBgp";
import { gatewayType } from "./virtualNetworkGateway";
import { refuseIpsecPolicies } from "./ipsec";
import { localGatewayType } from "./localNetworkGateway";
import type { CloudType, CloudView, LiveResource } from "../../cloudType";
import { each, refuseIf, words } from "../../rules";
import { holdsUnknown, knownStrings, number, text, valuesAt } from "../../../model/values";

const type = "azure-native:network:VirtualNetworkGatewayConnection";
const faq = "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq";
const skus = "https://learn.microsoft.com/azure/vpn-gateway/about-gateway-skus";
const rest =
  "https://learn.microsoft.com/rest/api/virtualnetwork/virtual-network-gateway-connections/create-or-update";

export const azureConnection: Readonly<Record<string, CloudType>> = {
  [type]: {
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
    replaces: each("resourceGroupName virtualNetworkGatewayConnectionName", partOfTheUrl),
    references: {
      resourceGroupName: resourceGroup,
      "virtualNetworkGateway1.id": {
        types: [gatewayType],
        missing: "InvalidResourceReference",
        inUse: "VirtualNetworkGatewayInUse",
        source: `guess: the code; the rule: https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-delete-vnet-gateway-portal`,
      },
      "localNetworkGateway2.id": {
        types: [localGatewayType],
        missing: "InvalidResourceReference",
        inUse: "LocalNetworkGatewayInUse",
        source: `guess: the code; the rule: https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-delete-vnet-gateway-portal`,
      },
    },
    autoName: "virtualNetworkGatewayConnectionName",
    duplicate: { code: "AlreadyExists", source: partOfTheUrl },
    create: { min: 0.5, typical: 1, max: 5, source: "guess: field reports of one to a few minutes" },
    update: { min: 0.5, typical: 1, max: 5, source: "guess: as long as a creation" },
    delete: { min: 0.3, typical: 1, max: 5, source: "guess: field reports of about a minute" },
    refuse: (inputs, cloud, { id }) => {
      const gateway = find(cloud, gatewayType, inputs, "virtualNetworkGateway1.id");
      const site = find(cloud, localGatewayType, inputs, "localNetworkGateway2.id");
      return [
        ...refuseLocation(type, inputs, cloud, id),
        ...refuseKind(inputs),
        ...refuseSharedKey(inputs),
        ...refuseTiming(inputs),
        ...refuseOnBasic(inputs, gateway),
        ...refuseIpsecPolicies(inputs),
        ...refuseBgp(inputs, gateway, site),
        ...refuseOwnAddresses(inputs, gateway),
        ...refuseTooMany(inputs, cloud, gateway, id),
        ...refuseChange(inputs, id === undefined ? undefined : cloud.find(type, id)?.inputs),
      ];
    },
    id: networkId("connections", "virtualNetworkGatewayConnectionName"),
    outputs: (inputs, _cloud, { seed }) => ({
      ...networkOutputs("connections", text(inputs, "virtualNetworkGatewayConnectionName") ?? "", seed),
      // A snapshot taken right after creation: the tunnel has had no time to come up.
      connectionStatus: "Unknown",
      ingressBytesTransferred: 0,
      egressBytesTransferred: 0,
      tunnelConnectionStatus: [],
    }),
    // A PUT on an existing connection is accepted and keeps the old key (terraform-provider-azurerm #11673).
    afterUpdate: (before, inputs) =>
      before.inputs["sharedKey"] === undefined
        ? inputs
        : { ...inputs, sharedKey: before.inputs["sharedKey"] },
  },
};

function find(cloud: CloudView, of: string, inputs: Props, path: string): LiveResource | undefined {
  const id = text(inputs, path);
  return id === undefined ? undefined : cloud.find(of, id);
}

const choices: Readonly<Record<string, readonly string[]>> = {
  connectionType: ["IPsec", "Vnet2Vnet", "ExpressRoute", "VPNClient"],
  connectionProtocol: ["IKEv2", "IKEv1"],
  connectionMode: ["Default", "ResponderOnly", "InitiatorOnly"],
};

function refuseKind(inputs: Props): readonly Refusal[] {
  const wrong = Object.entries(choices).flatMap(([property, allowed]) =>
    knownStrings(inputs, property)
      .filter((value) => !allowed.includes(value))
      .map((value) => ({
        code: "InvalidRequestFormat",
        message: `${property} '${value}' is not one of ${allowed.join(", ")}`,
        property,
        source: rest,
      })),
  );
  const siteless =
    inputs["connectionType"] === "IPsec" && valuesAt(inputs, "localNetworkGateway2").length === 0;
  return [
    ...wrong,
    ...refuseIf(siteless, {
      code: "MissingRequiredProperty",
      message: "an IPsec connection needs localNetworkGateway2",
      property: "localNetworkGateway2",
      source: rest,
    }),
  ];
}

/** Printable ASCII except space, '-' and '~', 1-128 characters. The key itself stays out of the message. */
function refuseSharedKey(inputs: Props): readonly Refusal[] {
  const key = text(inputs, "sharedKey");
  return [
    ...refuseIf(inputs["connectionType"] === "IPsec" && valuesAt(inputs, "sharedKey").length === 0, {
      code: "SharedKeyMissing",
      message: "an IPsec connection needs a pre-shared key",
      property: "sharedKey",
      source: `guess: the code; the rule: ${faq}`,
    }),
    ...refuseIf(key !== undefined && !/^[!-,./0-9:-}]{1,128}$/.test(key), {
      code: "InvalidSharedKey",
      message: "the pre-shared key must be 1-128 printable ASCII characters other than space, '-' and '~'",
      property: "sharedKey",
      source: `guess: the code; the rule: ${faq}`,
    }),
  ];
}

function refuseTiming(inputs: Props): readonly Refusal[] {
  const [dpd, weight] = [number(inputs, "dpdTimeoutSeconds"), number(inputs, "routingWeight")];
  return [
    ...refuseIf(dpd !== undefined && (dpd < 9 || dpd > 3600), {
      code: "InvalidDpdTimeout",
      message: `a DPD timeout of ${dpd ?? 0} seconds is outside 9-3600`,
      property: "dpdTimeoutSeconds",
      source: `guess: the code; the rule: ${faq}`,
    }),
    ...refuseIf(weight !== undefined && (weight < 0 || weight > 32000), {
      code: "InvalidRoutingWeight",
      message: `a routing weight of ${weight ?? 0} is outside 0-32000`,
      property: "routingWeight",
      source: `guess: the code; the rule: ${rest}`,
    }),
  ];
}

function refuseOnBasic(inputs: Props, gateway: LiveResource | undefined): readonly Refusal[] {
  if (text(gateway?.inputs, "sku.name") !== "Basic") return [];
  return [
    ...refuseIf(valuesAt(inputs, "ipsecPolicies").length > 0, {
      code: "BasicSkuVirtualNetworkGatewayDoesNotSupportIpsecPolicies",
      message: "a gateway of SKU Basic takes no custom IPsec policy",
      property: "ipsecPolicies",
      source: `guess: the code; the rule: ${skus}`,
    }),
    ...refuseIf(inputs["connectionProtocol"] === "IKEv1", {
      code: "BasicSkuVirtualNetworkGatewayDoesNotSupportIkev1",
      message: "a route-based gateway of SKU Basic speaks IKEv2 only",
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
  const others = cloud
    .all(type)
    .filter((other) => other.id !== id && text(other.inputs, "virtualNetworkGateway1.id") === gateway.id);
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
        source: "guess: both the code and the rule; one local network gateway stands for one site",
      })),
  ];
}

function refuseChange(inputs: Props, before: Props | undefined): readonly Refusal[] {
  if (before === undefined) return [];
  return ["connectionProtocol", "connectionType"]
    .filter(
      (property) => !holdsUnknown(inputs[property]) && text(before, property) !== text(inputs, property),
    )
    .map((property) => ({
      code: "PropertyChangeNotAllowed",
      message: `${property} of a connection cannot change in place`,
      property,
      source: `guess: the code; the rule: ${faq}`,
    }));
}
