import type { Breach, Rule } from "./rule";

type AsnRange = readonly [first: number, last: number];

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

/** The gateway's own ASN at AWS must be private. @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpnGateway.html */
const awsPrivate: readonly AsnRange[] = [
  [64_512, 65_534],
  [4_200_000_000, 4_294_967_294],
];

/** `CustomerGateway.bgpAsn` ends here; larger numbers need a field of their own, which this program does not use. */
const LARGEST_CUSTOMER_ASN = 2_147_483_647;

/** Not for customer gateways. @see https://docs.aws.amazon.com/vpn/latest/s2svpn/cgw-options.html */
const awsReservedEverywhere = 7224;
const awsReservedIn: Readonly<Record<string, number>> = {
  "ap-northeast-1": 10_124,
  "ap-southeast-1": 17_943,
  "eu-west-1": 9059,
};

/** The Azure gateway's own, which AWS's customer gateways name: 65515 is Azure's default and as good as any. */
export const azureAsnRule: Rule<number> = (asn) => {
  const fix = "use a private one: 64512 to 65516, or 65521 to 65534";
  if (asn < 1 || asn > LARGEST_CUSTOMER_ASN) {
    return [{ rule: `an ASN that AWS takes for its peer is between 1 and ${LARGEST_CUSTOMER_ASN}`, fix }];
  }
  if (isIn(azureReserved, asn)) return [{ rule: "Azure or IANA keeps this number", fix }];
  return asn === awsReservedEverywhere ? [{ rule: "AWS keeps this number", fix }] : [];
};

/** AWS's own, which Azure's local network gateways name: what Azure reserves, it refuses there. */
export const awsAsnRule: Rule<number> = (asn) => {
  const refused = (rule: string): Breach[] => [
    { rule, fix: "use one of 64512 to 65514, 65521 to 65534 or 4200000000 to 4294967294" },
  ];
  if (!isIn(awsPrivate, asn)) return refused("AWS's end takes a private ASN only");
  const reserved = asn === azureDefault || isIn(azureReserved, asn);
  return reserved ? refused("Azure keeps this number, and takes it from no peer") : [];
};

/** True where AWS bars its customers from the number in that region only. */
export function isAwsReservedIn(region: string, asn: number): boolean {
  return awsReservedIn[region] === asn;
}

function isIn(ranges: readonly AsnRange[], asn: number): boolean {
  return ranges.some(([first, last]) => asn >= first && asn <= last);
}
