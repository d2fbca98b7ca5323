import { zonedSkus, type GatewaySku, type Topology } from "../vpn/tunnels";
import { says } from "./rule";

export const gatewaySkus = ["Basic", ...zonedSkus] as const satisfies readonly GatewaySku[];

/** The cheapest that serves; more than that is the user's choice. */
const defaultSkus: Readonly<Record<Topology["kind"], GatewaySku>> = {
  "single-tunnel": "Basic",
  "dual-tunnel": "VpnGw1AZ",
  "active-active": "VpnGw2AZ",
};

export function skuOf(given: {
  readonly gatewaySku?: GatewaySku | undefined;
  readonly vpnTopology: Topology["kind"];
}): GatewaySku {
  return given.gatewaySku ?? defaultSkus[given.vpnTopology];
}

/**
 * The longest prefix of a GatewaySubnet that the SKU takes.
 * @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings#gwsub
 */
export function smallestGatewaySubnet(sku: GatewaySku): 27 | 29 {
  return sku === "Basic" ? 29 : 27;
}

/** Why a SKU's name is not taken: a retired one is distinguished from a misspelt one. */
export function skuMessage(given: unknown): string {
  const name = typeof given === "string" ? given : "";
  const alike = gatewaySkus.find((sku) => sku.toLowerCase() === name.toLowerCase());
  if (alike !== undefined) return says({ rule: "SKUs are case-sensitive here", fix: `use ${alike}` });
  const zoned = /^VpnGw([1-5])$/i.exec(name)?.[1];
  if (zoned !== undefined) {
    const rule = "Azure refuses new gateways without zones (NonAzSkusNotAllowedForVPNGateway)";
    return says({ rule, fix: `use VpnGw${zoned}AZ` });
  }
  if (/^(Standard|HighPerformance)$/i.test(name)) {
    return says({ rule: "Azure has retired this legacy SKU", fix: "use VpnGw1AZ or VpnGw2AZ" });
  }
  if (/^(ErGw|UltraPerformance)/i.test(name)) {
    return says({ rule: "it is an ExpressRoute SKU, not a VPN's", fix: "use VpnGw1AZ or VpnGw2AZ" });
  }
  return says({
    rule: "Azure has no such SKU for VPN gateways",
    fix: `use one of ${gatewaySkus.join(", ")}`,
  });
}
