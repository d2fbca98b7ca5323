import { covers } from "../../../model/addresses";
import type { Props, Refusal, Value } from "../../../model/recording";
import { refuseIf } from "../../rules";
import { number } from "../../../model/values";

export const bgpFaq = "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq#bgp";
export const awsBgp = "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-howto-aws-bgp";

/** A gateway's ASN by default. */
const defaultAsn = 65515;

/** Reserved by Azure, and by IANA. */
const reserved: readonly (readonly [number, number])[] = [
  [8074, 8075],
  [12076, 12076],
  [65517, 65520],
  [23456, 23456],
  [64496, 64511],
  [65535, 65551],
];

/** ASNs that neither an Azure gateway nor its peer may have; 65515 is Azure's own, so a peer may not have it. */
export function refuseAsn(inputs: Props, side: "gateway" | "peer"): readonly Refusal[] {
  const asn = number(inputs, "bgpSettings.asn");
  if (asn === undefined) return [];
  const barred = reserved.some(([from, to]) => asn >= from && asn <= to);
  return refuseIf(barred || asn < 1 || asn > 4294967295 || (side === "peer" && asn === defaultAsn), {
    code: "InvalidAsn",
    message: `ASN ${asn} is reserved by Azure or by IANA, or outside 1-4294967295`,
    property: "bgpSettings.asn",
    source: `guess: the code; the rule: ${bgpFaq}`,
  });
}

/** Azure's part of the APIPA addresses: 169.254.21.0-169.254.22.255. */
export function isAzureApipa(address: string): boolean {
  return covers("169.254.21.0/24", address) || covers("169.254.22.0/24", address);
}

export function asnOf(inputs: Value | undefined): number {
  return number(inputs, "bgpSettings.asn") ?? defaultAsn;
}
