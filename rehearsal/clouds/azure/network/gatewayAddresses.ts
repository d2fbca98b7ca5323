import type { Props, Refusal } from "../../../model/recording";
import { azureTypes } from "../../../model/resourceTypes";
import { holdsUnknown, isList, isTrue, knownStrings, text } from "../../../model/values";
import type { CloudView, LiveResource } from "../../cloudType";
import { refuseIf } from "../../rules";
import { othersOf } from "../azure";
import { hasZones } from "../location";
import { isZonedSku } from "./gatewaySku";

const property = "ipConfigurations.publicIPAddress.id";
const settings = "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings";

/** The wrong number of public addresses, the wrong kind, or addresses that another gateway uses. */
export function refuseGatewayAddresses(
  inputs: Props,
  cloud: CloudView,
  id: string | undefined,
): readonly Refusal[] {
  const addresses = knownStrings(inputs, property).flatMap(
    (address) => cloud.find(azureTypes.publicIPAddress, address) ?? [],
  );
  return [
    ...refuseCount(inputs),
    ...addresses.flatMap((address) => refuseKind(address, text(inputs, "sku.name"))),
    ...refuseShared(inputs, cloud, id),
  ];
}

function refuseCount(inputs: Props): readonly Refusal[] {
  if (!isList(inputs["ipConfigurations"]) || holdsUnknown(inputs["activeActive"])) return [];
  const [count, needed] = [inputs["ipConfigurations"].length, isTrue(inputs, "activeActive") ? 2 : 1];
  return refuseIf(count !== needed, {
    code: "InvalidNumberOfIpConfigurations",
    message: `a gateway with active-active ${needed === 2 ? "on" : "off"} needs ${needed} IP configurations, not ${count}`,
    property: "ipConfigurations",
    source:
      "guess: the code; the rule: https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-activeactive-rm-powershell",
  });
}

function refuseKind(address: LiveResource, sku: string | undefined): readonly Refusal[] {
  const standard = text(address.inputs, "sku.name") === "Standard";
  // Where a region has no zones, the SKU is regional: https://learn.microsoft.com/azure/vpn-gateway/gateway-sku-consolidation
  const zonesDemanded = isZonedSku(sku) && hasZones(text(address.inputs, "location") ?? "") === "yes";
  return [
    ...refuseIf(!standard || text(address.inputs, "publicIPAllocationMethod") !== "Static", {
      code: "PublicIpWithBasicSkuNotAllowedOnVPNGateways",
      message: `${address.id} is not a Standard, Static address, and a VPN gateway needs one`,
      property,
      source: "https://github.com/Azure/alz-terraform-accelerator/issues/131",
    }),
    ...refuseIf(zonesDemanded && knownStrings(address.inputs, "zones").length === 0, {
      code: "VmssVpnGatewayPublicIpsMustHaveZonesConfigured",
      message: `${address.id} has no zones, and a gateway of SKU ${sku ?? ""} needs an address with zones`,
      property,
      source: `${settings} ; the code from field reports`,
    }),
  ];
}

function refuseShared(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const own = knownStrings(inputs, property);
  const others = othersOf(azureTypes.virtualNetworkGateway, cloud, id).flatMap((other) =>
    knownStrings(other.inputs, property),
  );
  const shared = own.filter((address, at) => own.indexOf(address) !== at || others.includes(address));
  return shared.map((address) => ({
    code: "PublicIPAddressInUse",
    message: `${address} is already allocated to another IP configuration`,
    property,
    source: `guess: the code; the rule: ${settings}`,
  }));
}
