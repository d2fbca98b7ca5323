import type { AwsPhase } from "../../rehearsal/estate/aws";
import type { AzureIpsecPolicy } from "../../rehearsal/estate/azure";
import { LabError } from "../machine/processes";

/**
 * The clouds' algorithms in strongSwan's keywords: `aes256-sha384-ecp384`.
 * @see https://docs.strongswan.org/docs/5.9/config/proposals.html
 */
export interface Proposals {
  readonly ike: readonly string[];
  readonly esp: readonly string[];
}

const diffieHellman: Readonly<Record<number, string>> = {
  ...{ 1: "modp768", 2: "modp1024", 5: "modp1536", 14: "modp2048", 15: "modp3072", 16: "modp4096" },
  ...{ 17: "modp6144", 18: "modp8192", 19: "ecp256", 20: "ecp384", 21: "ecp521" },
  ...{ 22: "modp1024s160", 23: "modp2048s224", 24: "modp2048s256" },
};

type Keywords = Readonly<Record<string, string>>;

const awsEncryption: Keywords = {
  ...{ AES128: "aes128", AES256: "aes256" },
  ...{ "AES128-GCM-16": "aes128gcm16", "AES256-GCM-16": "aes256gcm16" },
};
const awsIntegrity: Keywords = {
  SHA1: "sha1",
  "SHA2-256": "sha256",
  "SHA2-384": "sha384",
  "SHA2-512": "sha512",
};

/** Of both phases. @see https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html */
const awsGroups = [2, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24];

const azureEncryption: Keywords = {
  ...{ AES128: "aes128", AES192: "aes192", AES256: "aes256", DES3: "3des" },
  ...{ GCMAES128: "aes128gcm16", GCMAES192: "aes192gcm16", GCMAES256: "aes256gcm16" },
};
const azureIntegrity: Keywords = { MD5: "md5", SHA1: "sha1", SHA256: "sha256", SHA384: "sha384" };
const azureGroup: Readonly<Record<string, number>> = {
  ...{ DHGroup1: 1, DHGroup2: 2, DHGroup14: 14, DHGroup24: 24 },
  ...{ PFS1: 1, PFS2: 2, PFS2048: 14, PFS24: 24 },
  ...{ ECP256: 19, ECP384: 20 },
};

/** What an AWS tunnel offers and accepts by its options. */
export function awsProposals(phase1: AwsPhase, phase2: AwsPhase): Proposals {
  return { ike: combine("ike", readAws(phase1)), esp: combine("esp", readAws(phase2)) };
}

/** What an Azure connection offers and accepts by its custom policy. */
export function azureProposals(policy: AzureIpsecPolicy): Proposals {
  const word = <T>(table: Readonly<Record<string, T>>, value: string | undefined) =>
    known("ipsecPolicies", table, value);
  const groups = (value: string | undefined) => (value === "None" ? [] : [word(azureGroup, value)]);
  const espEncryption = word(azureEncryption, policy.ipsecEncryption);
  return {
    ike: combine("ike", {
      encryption: [word(azureEncryption, policy.ikeEncryption)],
      integrity: [word(azureIntegrity, policy.ikeIntegrity)],
      groups: groups(policy.dhGroup),
    }),
    esp: combine("esp", {
      encryption: [espEncryption],
      // GCM includes integrity: Azure requires the same value for both.
      integrity: isAead(espEncryption) ? [] : [word(azureIntegrity, policy.ipsecIntegrity)],
      groups: groups(policy.pfsGroup),
    }),
  };
}

/**
 * What an Azure gateway without a custom policy accepts, and what it offers as initiator: all of Microsoft's table
 * that charon supports, so without single DES, in the table's order.
 * @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-devices#RouteBasedOffers
 */
export function azureDefaultProposals(role: "initiator" | "responder"): Proposals {
  const withoutPfs = [
    "aes256gcm16",
    "aes256-sha1",
    "3des-sha1",
    "aes256-sha256",
    "aes128-sha1",
    "3des-sha256",
  ];
  const withPfs = [
    ...["aes256-sha1-modp768", "aes256-sha1-modp1024", "aes256-sha1-modp2048"],
    ...["aes128-sha1-modp768", "aes128-sha1-modp1024", "aes128-sha1-modp2048"],
    ...["3des-sha1-modp768", "3des-sha1-modp1024", "3des-sha256-modp1024"],
    ...["aes256-sha256-modp768", "aes256-sha256-modp1024", "aes256-sha256-modp2048"],
    ...["aes256-sha1-modp2048s256", "aes256-sha256-modp2048s256"],
    ...["aes128-sha256", "aes128-sha256-modp768", "aes128-sha256-modp1024", "aes128-sha256-modp2048"],
    "3des-sha1-modp2048",
  ];
  return {
    ike: [
      ...["aes256-sha1-modp1024", "aes256-sha256-modp1024", "aes128-sha1-modp1024", "aes128-sha256-modp1024"],
      ...["3des-sha1-modp1024", "3des-sha256-modp1024"],
    ],
    esp: role === "initiator" ? withoutPfs : [...withoutPfs, ...withPfs],
  };
}

interface Choices {
  readonly encryption: readonly string[];
  readonly integrity: readonly string[];
  readonly groups: readonly number[];
}

/** An option without a value allows every algorithm. */
function readAws(phase: AwsPhase): Choices {
  const words = (table: Keywords, values: readonly string[]) =>
    (values.length === 0 ? Object.keys(table) : values).map((value) => known("tunnel options", table, value));
  return {
    encryption: words(awsEncryption, phase.encryption),
    integrity: words(awsIntegrity, phase.integrity),
    groups: phase.dhGroups.length === 0 ? awsGroups : phase.dhGroups,
  };
}

/** One proposal has either ciphers that include integrity (GCM) or ciphers that do not. */
function combine(phase: "ike" | "esp", choices: Choices): string[] {
  const groups = choices.groups.map((group) => known("Diffie-Hellman group", diffieHellman, String(group)));
  // With GCM, IKE uses the integrity algorithm as its pseudo-random function; ESP does not use it.
  const aeadHash = phase === "ike" ? choices.integrity.map((hash) => `prf${hash}`) : [];
  const plain = choices.encryption.filter((cipher) => !isAead(cipher));
  const aead = choices.encryption.filter(isAead);
  return [
    ...(plain.length === 0 ? [] : [[...plain, ...choices.integrity, ...groups].join("-")]),
    ...(aead.length === 0 ? [] : [[...aead, ...aeadHash, ...groups].join("-")]),
  ];
}

function isAead(cipher: string): boolean {
  return cipher.includes("gcm");
}

function known<T>(where: string, table: Readonly<Record<string, T>>, value: string | undefined): T {
  const found = value === undefined ? undefined : table[value];
  if (found !== undefined) return found;
  const supported = Object.keys(table).join(", ");
  throw new LabError(
    `${where}: the lab does not support ${value ?? "an absent algorithm"}; use ${supported}`,
  );
}
