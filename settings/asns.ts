import { isAsnIn, isAzureReserved, isNoAzurePeer, type AsnRange } from "../network/asns";
import type { Breach, Rule } from "./rule";

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
  if (isAzureReserved(asn)) return [{ rule: "Azure or IANA keeps this number", fix }];
  return asn === awsReservedEverywhere ? [{ rule: "AWS keeps this number", fix }] : [];
};

/** AWS's own, which Azure's local network gateways name: what Azure reserves, it refuses there. */
export const awsAsnRule: Rule<number> = (asn) => {
  const refused = (rule: string): Breach[] => [
    { rule, fix: "use one of 64512 to 65514, 65521 to 65534 or 4200000000 to 4294967294" },
  ];
  if (!isAsnIn(awsPrivate, asn)) return refused("AWS's end takes a private ASN only");
  return isNoAzurePeer(asn) ? refused("Azure keeps this number, and takes it from no peer") : [];
};

/** True where AWS bars its customers from the number in that region only. */
export function isAwsReservedIn(region: string, asn: number): boolean {
  return awsReservedIn[region] === asn;
}
