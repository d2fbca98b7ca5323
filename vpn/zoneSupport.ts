import type { GatewaySku } from "./tunnels";

/** Whether an Azure region has availability zones; `unknown` where this version has not heard of the region. */
export type ZoneSupport = "zones" | "none" | "unknown";

/** The version of Microsoft's list that the lists below were compared with. */
export const zoneSupportAsOf = "2025-03-21";

/**
 * Regions of the public cloud, by Microsoft's list of 21 March 2025. guess: regions that opened later (austriaeast,
 * belgiumcentral, chilecentral, indonesiacentral, malaysiawest) have zones, as announced.
 *
 * A region that moves from the second list to the first gets other addresses, and the gateway of a stack there is replaced
 * with them: announce it in the changelog as a replacement.
 * @see https://learn.microsoft.com/azure/reliability/regions-list
 */
const withZones = `australiaeast austriaeast belgiumcentral brazilsouth canadacentral centralindia centralus
  chilecentral eastasia eastus eastus2 francecentral germanywestcentral indonesiacentral israelcentral italynorth
  japaneast japanwest koreacentral malaysiawest mexicocentral newzealandnorth northeurope norwayeast polandcentral
  qatarcentral southafricanorth southcentralus southeastasia spaincentral swedencentral switzerlandnorth uaenorth
  uksouth westeurope westus2 westus3`.split(/\s+/);
const withoutZones =
  `australiacentral australiacentral2 australiasoutheast brazilsoutheast canadaeast francesouth
  germanynorth koreasouth northcentralus norwaywest southafricawest southindia switzerlandwest uaecentral ukwest
  westcentralus westindia westus`.split(/\s+/);

export function zoneSupportOf(location: string): ZoneSupport {
  if (withZones.includes(location)) return "zones";
  return withoutZones.includes(location) ? "none" : "unknown";
}

/**
 * The zones of the gateway's addresses: all three with a zoned SKU, none where the region has none. There Azure sells
 * the same SKUs and makes them regional, but rejects an address that names zones (LocationNotSupportAvailabilityZones).
 *
 * A region that is not known counts as one with zones: the new ones have them, and where that is wrong Azure rejects the
 * addresses before anything else of the VPN exists. The other mistake would go unseen: a gateway without redundancy.
 * @see https://learn.microsoft.com/azure/vpn-gateway/gateway-sku-consolidation
 */
export function addressZones(place: {
  readonly sku: GatewaySku;
  readonly location: string;
}): readonly string[] | undefined {
  if (place.sku === "Basic" || zoneSupportOf(place.location) === "none") return undefined;
  return ["1", "2", "3"];
}
