import type { AwsPhase, AwsTunnel } from "../estate/aws";
import type { AzureIpsecPolicy } from "../estate/azure";

/** One combination that an end offers or accepts, in AWS's words. */
export interface Proposal {
  readonly encryption: string;
  /** `AEAD` in phase 2 where the encryption authenticates by itself. */
  readonly integrity: string;
  /** In phase 2 the group of perfect forward secrecy; 0 for none. */
  readonly dhGroup: number;
}

/** What one end of a tunnel would agree to. */
export interface Offers {
  readonly ike: readonly Proposal[];
  /** Phase 2, where this end begins; the PFS group applies from the first renewal of keys on. */
  readonly espAsInitiator: readonly Proposal[];
  readonly espAsResponder: readonly Proposal[];
  readonly ikeLifetimeSeconds: number;
  readonly espLifetimeSeconds: number;
  /** Whether the end was told a suite, rather than left with a list of its own. */
  readonly pinned: boolean;
}

const azureEncryption: Readonly<Record<string, string>> = {
  AES256: "AES256",
  AES192: "AES192",
  AES128: "AES128",
  GCMAES256: "AES256-GCM-16",
  GCMAES192: "AES192-GCM-16",
  GCMAES128: "AES128-GCM-16",
};
const azureIntegrity: Readonly<Record<string, string>> = {
  SHA384: "SHA2-384",
  SHA256: "SHA2-256",
  SHA1: "SHA1",
  MD5: "MD5",
};
const azureDhGroups: Readonly<Record<string, number>> = {
  None: 0,
  DHGroup1: 1,
  DHGroup2: 2,
  DHGroup14: 14,
  DHGroup24: 24,
  ECP256: 19,
  ECP384: 20,
};
const azurePfsGroups: Readonly<Record<string, number>> = {
  None: 0,
  PFS1: 1,
  PFS2: 2,
  PFS2048: 14,
  PFS24: 24,
  ECP256: 19,
  ECP384: 20,
};

/** Azure fixes the lifetime of phase 1. */
const azureIkeLifetimeSeconds = 28_800;

/**
 * The default policy of a route-based Azure gateway.
 * @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-devices#RouteBasedOffers
 */
const azureDefault: Offers = {
  ike: ["AES256", "AES128", "3DES"].flatMap((encryption) =>
    ["SHA1", "SHA2-256"].map((integrity) => ({ encryption, integrity, dhGroup: 2 })),
  ),
  espAsInitiator: [
    ...esp("AES256-GCM-16", "AEAD", [0]),
    ...esp("AES256", "SHA1", [0]),
    ...esp("3DES", "SHA1", [0]),
    ...esp("AES256", "SHA2-256", [0]),
    ...esp("AES128", "SHA1", [0]),
    ...esp("3DES", "SHA2-256", [0]),
  ],
  espAsResponder: [
    ...esp("AES256-GCM-16", "AEAD", [0]),
    ...esp("AES256", "SHA1", [0, 1, 2, 14, 24]),
    ...esp("3DES", "SHA1", [0, 1, 2, 14]),
    ...esp("AES256", "SHA2-256", [0, 1, 2, 14, 24]),
    ...esp("AES128", "SHA1", [0, 1, 2, 14]),
    ...esp("AES128", "SHA2-256", [0, 1, 2, 14]),
    ...esp("3DES", "SHA2-256", [0, 2]),
    ...esp("DES", "SHA1", [0]),
  ],
  ikeLifetimeSeconds: azureIkeLifetimeSeconds,
  espLifetimeSeconds: 27_000,
  pinned: false,
};

function esp(encryption: string, integrity: string, dhGroups: readonly number[]): readonly Proposal[] {
  return dhGroups.map((dhGroup) => ({ encryption, integrity, dhGroup }));
}

export function azureOffers(policy: AzureIpsecPolicy | undefined): Offers {
  if (policy === undefined) return azureDefault;
  const named = (table: Readonly<Record<string, string>>, value = "nothing") => table[value] ?? value;
  const group = (table: Readonly<Record<string, number>>, value = "nothing") => table[value] ?? Number.NaN;
  const ike = {
    encryption: named(azureEncryption, policy.ikeEncryption),
    integrity: named(azureIntegrity, policy.ikeIntegrity),
    dhGroup: group(azureDhGroups, policy.dhGroup),
  };
  const authenticates = policy.ipsecEncryption?.startsWith("GCM") === true;
  const espProposal = {
    encryption: named(azureEncryption, policy.ipsecEncryption),
    // The documentation wants the same GCM value in both fields.
    integrity:
      authenticates && policy.ipsecIntegrity === policy.ipsecEncryption
        ? "AEAD"
        : named(azureIntegrity, policy.ipsecIntegrity),
    dhGroup: group(azurePfsGroups, policy.pfsGroup),
  };
  return {
    ike: [ike],
    espAsInitiator: [espProposal],
    espAsResponder: [espProposal],
    ikeLifetimeSeconds: azureIkeLifetimeSeconds,
    espLifetimeSeconds: policy.lifetimeSeconds ?? 27_000,
    pinned: true,
  };
}

export function awsOffers(tunnel: AwsTunnel): Offers {
  const phase2 = combinations(tunnel.phase2).map((proposal) =>
    proposal.encryption.includes("GCM") ? { ...proposal, integrity: "AEAD" } : proposal,
  );
  const lists = [tunnel.phase1, tunnel.phase2].flatMap((p) => [p.encryption, p.integrity, p.dhGroups]);
  return {
    ike: combinations(tunnel.phase1),
    espAsInitiator: phase2,
    espAsResponder: phase2,
    // AWS's own defaults: https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html
    ikeLifetimeSeconds: tunnel.phase1.lifetimeSeconds ?? 28_800,
    espLifetimeSeconds: tunnel.phase2.lifetimeSeconds ?? 3_600,
    pinned: lists.every((list) => list.length === 1),
  };
}

function combinations(phase: AwsPhase): readonly Proposal[] {
  return phase.encryption.flatMap((encryption) =>
    phase.integrity.flatMap((integrity) =>
      phase.dhGroups.map((dhGroup) => ({ encryption, integrity, dhGroup })),
    ),
  );
}

/** What an initiator's offer and a responder's list have in common, the initiator's preference first. */
export function agreed(
  offered: readonly Proposal[],
  accepted: readonly Proposal[],
  without: "dhGroup" | "nothing" = "nothing",
): Proposal | undefined {
  return offered.find((one) =>
    accepted.some(
      (other) =>
        one.encryption === other.encryption &&
        one.integrity === other.integrity &&
        (without === "dhGroup" || one.dhGroup === other.dhGroup),
    ),
  );
}

/** `AES256 SHA2-384 group 20`; a few joined by `or`, of many their number. */
export function describeProposals(proposals: readonly Proposal[]): string {
  const [first] = proposals;
  if (first === undefined) return "nothing";
  return proposals.length > 3
    ? `any of ${String(proposals.length)} suites`
    : proposals.map(describe).join(" or ");
}

function describe(proposal: Proposal): string {
  const integrity = proposal.integrity === "AEAD" ? "" : ` ${proposal.integrity}`;
  return `${proposal.encryption}${integrity} ${proposal.dhGroup === 0 ? "no group" : `group ${proposal.dhGroup}`}`;
}
