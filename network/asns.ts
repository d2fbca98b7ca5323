export type AsnRange = readonly [first: number, last: number];

/**
 * Reserved by Azure and by IANA, for the gateway and for its peer.
 * @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq#bgp
 * @see https://www.iana.org/assignments/iana-as-numbers-special-registry
 */
const azureReserved: readonly AsnRange[] = [
  [8074, 8075],
  [12_076, 12_076],
  [23_456, 23_456],
  [64_496, 64_511],
  [65_517, 65_520],
  [65_535, 65_551],
];

/** What every Azure gateway has by default, so that a peer (a local network gateway) cannot have it. */
const azureDefault = 65_515;

/** True where no gateway in Azure may have the ASN, nor the peer of one. */
export function isAzureReserved(asn: number): boolean {
  return isAsnIn(azureReserved, asn);
}

/** True where Azure takes the ASN from no peer. */
export function isNoAzurePeer(asn: number): boolean {
  return asn === azureDefault || isAzureReserved(asn);
}

export function isAsnIn(ranges: readonly AsnRange[], asn: number): boolean {
  return ranges.some(([first, last]) => asn >= first && asn <= last);
}
