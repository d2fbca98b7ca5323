import type { Props, Refusal } from "../../../model/recording";
import { holdsUnknown, isTrue, text } from "../../../model/values";
import { refuseIf } from "../../rules";
import { commonErrors } from "../azure";

const skus = "https://learn.microsoft.com/azure/vpn-gateway/about-gateway-skus";
const retirement = "https://learn.microsoft.com/azure/vpn-gateway/gateway-sku-consolidation";
const zoned = ["VpnGw1AZ", "VpnGw2AZ", "VpnGw3AZ", "VpnGw4AZ", "VpnGw5AZ"];
const retired = ["VpnGw1", "VpnGw2", "VpnGw3", "VpnGw4", "VpnGw5"];

export function isZonedSku(sku: string | undefined): boolean {
  return sku !== undefined && zoned.includes(sku);
}

/** SKUs that Azure does not offer, what a SKU does not support, and changes that Azure does not make. */
export function refuseGatewaySku(inputs: Props, before: Props | undefined): readonly Refusal[] {
  const sku = text(inputs, "sku.name");
  if (sku === undefined) return [];
  return [
    ...refuseIf(retired.includes(sku), {
      code: "NonAzSkusNotAllowedForVPNGateway",
      message: `SKU ${sku} can no longer be created: use ${sku}AZ`,
      property: "sku",
      source: retirement,
    }),
    ...refuseIf(![...zoned, ...retired, "Basic"].includes(sku), {
      code: "InvalidGatewaySkuSpecified",
      message: `'${sku}' is not a SKU of a VPN gateway`,
      property: "sku",
      source: `guess: the code; the rule: ${skus}`,
    }),
    ...refuseIf(text(inputs, "sku.tier") !== undefined && text(inputs, "sku.tier") !== sku, {
      code: "GatewaySkuNameAndTierMismatch",
      message: `the name ${sku} and the tier ${text(inputs, "sku.tier") ?? ""} of the SKU must be the same`,
      property: "sku.tier",
      source: "guess: both the code and the rule; every example in the documentation gives both alike",
    }),
    ...refuseGeneration(sku, text(inputs, "vpnGatewayGeneration")),
    ...(sku === "Basic" ? refuseBeyondBasic(inputs) : []),
    ...(before === undefined ? [] : refuseChange(inputs, before)),
  ];
}

function refuseBeyondBasic(inputs: Props): readonly Refusal[] {
  return [
    ...refuseIf(isTrue(inputs, "enableBgp"), {
      code: "BasicSkuVirtualNetworkGatewayDoesNotSupportBgp",
      message: "a gateway of SKU Basic does not support BGP",
      property: "enableBgp",
      source: "https://github.com/Azure/terraform-azurerm-caf-enterprise-scale/issues/369",
    }),
    ...refuseIf(isTrue(inputs, "activeActive"), {
      code: "BasicSkuVirtualNetworkGatewayDoesNotSupportActiveActive",
      message: "a gateway of SKU Basic does not support active-active",
      property: "activeActive",
      source: `guess: the code; the rule: ${skus}`,
    }),
  ];
}

/** VpnGw1AZ and Basic exist in Generation1 only, VpnGw4AZ and VpnGw5AZ in Generation2 only. */
function refuseGeneration(sku: string, generation: string | undefined): readonly Refusal[] {
  const only: Readonly<Record<string, string>> = {
    Basic: "Generation1",
    VpnGw1AZ: "Generation1",
    VpnGw4AZ: "Generation2",
    VpnGw5AZ: "Generation2",
  };
  const needed = only[sku];
  return refuseIf(generation !== undefined && needed !== undefined && generation !== needed, {
    code: "InvalidVpnGatewayGeneration",
    message: `SKU ${sku} exists in ${needed ?? ""} only`,
    property: "vpnGatewayGeneration",
    source: `guess: the code; the rule: ${skus}`,
  });
}

function refuseChange(inputs: Props, before: Props): readonly Refusal[] {
  const [old, now] = [text(before, "sku.name"), text(inputs, "sku.name")];
  const fixed = ["gatewayType", "vpnType", "vpnGatewayGeneration"].filter(
    (property) =>
      text(before, property) !== undefined &&
      !holdsUnknown(inputs[property]) &&
      text(before, property) !== text(inputs, property),
  );
  return [
    ...refuseIf(old !== now && (old === "Basic" || now === "Basic"), {
      code: "GatewaySkuChangeNotAllowed",
      message: `SKU ${old ?? ""} cannot become ${now ?? ""}`,
      procedure: "`pulumi up --replace` the gateway: an hour without the VPN",
      property: "sku",
      source: `guess: the code; the rule: https://learn.microsoft.com/azure/vpn-gateway/gateway-sku-resize`,
    }),
    ...fixed.map((property) => ({
      code: "PropertyChangeNotAllowed",
      message: `${property} of a gateway cannot change`,
      procedure: "`pulumi up --replace` the gateway: an hour without the VPN",
      property,
      source: `${commonErrors} : PropertyChangeNotAllowed`,
    })),
  ];
}
