import type { Rule } from "./rule";

type AsnRange = readonly [first: number, last: number];

/** @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-bgp-overview, https://www.iana.org/assignments/iana-as-numbers-special-registry */
const azureReserved: readonly AsnRange[] = [
  [8074, 8075],
  [12076, 12076],
  [23456, 23456],
  [64496, 64511],
  [65515, 65515],
  [65517, 65520],
  [65535, 65551],
];

/** The gateway's own ASN at AWS must be private. @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpnGateway.html */
const awsPrivate: readonly AsnRange[] = [
  [64_512, 65_534],
  [4_200_000_000, 4_294_967_294],
];

/** `CustomerGateway.bgpAsn` ends here; larger numbers need a field of their own, which this program does not use. */
const LARGEST_CUSTOMER_ASN = 2_147_483_647;

/** @see https://docs.aws.amazon.com/vpn/latest/s2svpn/cgw-options.html */
const awsReservedEverywhere = 7224;
const awsReservedIn: Readonly<Record<string, number>> = {
  "ap-northeast-1": 10_124,
  "ap-southeast-1": 17_943,
  "eu-west-1": 9059,
};

export const azureAsnRule: Rule<number> = (asn) => {
  const fix = "use a private one: 64512 to 65514, or 65521 to 65534";
  if (asn < 1 || asn > LARGEST_CUSTOMER_ASN) {
    return [{ rule: `an ASN that AWS takes for its peer is between 1 and ${LARGEST_CUSTOMER_ASN}`, fix }];
  }
  if (isIn(azureReserved, asn)) return [{ rule: "Azure or IANA keeps this number", fix }];
  return asn === awsReservedEverywhere ? [{ rule: "AWS keeps this number", fix }] : [];
};

export const awsAsnRule: Rule<number> = (asn) =>
  isIn(awsPrivate, asn)
    ? []
    : [
        {
          rule: "AWS's end takes a private ASN only",
          fix: "use one of 64512 to 65534 or 4200000000 to 4294967294",
        },
      ];

/** True where AWS bars its customers from the number in that region only. */
export function isAwsReservedIn(region: string, asn: number): boolean {
  return awsReservedIn[region] === asn;
}

function isIn(ranges: readonly AsnRange[], asn: number): boolean {
  return ranges.some(([first, last]) => asn >= first && asn <= last);
}
