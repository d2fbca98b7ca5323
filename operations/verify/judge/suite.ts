import type { StackOutputs } from "../../../outputs";
import type { ActiveTunnelFacts, SuiteLists, TimingFacts } from "../facts/aws";
import type { IpsecPolicyFacts } from "../facts/azure";

type Suite = StackOutputs["vpn"]["ipsec"];

/** One part of a suite as it must be and as it is; `is` is undefined where the cloud does not report it. */
export interface Part {
  readonly what: string;
  readonly must: string;
  readonly is: string | undefined;
}

/** What the tunnel negotiated, against the program's suite. */
export function negotiatedParts(suite: Suite, active: ActiveTunnelFacts): readonly Part[] {
  const group = active.phase2DhGroup ?? 0;
  return [
    { what: "IKE version", must: "ikev2", is: active.ikeVersion?.toLowerCase() },
    { what: "phase 1 encryption", must: suite.ike.encryption, is: plain(active.phase1Encryption) },
    { what: "phase 1 integrity", must: suite.ike.integrity, is: plain(active.phase1Integrity) },
    { what: "phase 1 DH group", must: String(suite.ike.dhGroup), is: active.phase1DhGroup?.toString() },
    { what: "phase 2 encryption", must: suite.esp.encryption, is: plain(active.phase2Encryption) },
    ...integrityPart(suite, plain(active.phase2Integrity)),
    // None before the first renewal: the first phase 2 uses phase 1's exchange.
    ...(group === 0
      ? []
      : [{ what: "phase 2 DH group", must: String(suite.esp.pfsGroup), is: String(group) }]),
  ];
}

/** What AWS would agree to. It tries its lists from the weakest up, so each must hold the suite's value alone. */
export function offeredParts(suite: Suite, offered: SuiteLists): readonly Part[] {
  const list = (values: readonly (string | number)[]) =>
    values.map((value) => plain(String(value))).join(", ");
  return [
    { what: "IKE versions", must: "ikev2", is: offered.ikeVersions.join(", ") },
    { what: "phase 1 encryption", must: suite.ike.encryption, is: list(offered.phase1Encryption) },
    { what: "phase 1 integrity", must: suite.ike.integrity, is: list(offered.phase1Integrity) },
    { what: "phase 1 DH groups", must: String(suite.ike.dhGroup), is: list(offered.phase1DhGroups) },
    { what: "phase 2 encryption", must: suite.esp.encryption, is: list(offered.phase2Encryption) },
    ...integrityPart(suite, list(offered.phase2Integrity)),
    { what: "phase 2 DH groups", must: String(suite.esp.pfsGroup), is: list(offered.phase2DhGroups) },
  ];
}

/**
 * When AWS renews keys and gives a silent peer up. What the suite does not have is one value in every stack.
 * @see https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html
 */
export function timingParts(suite: Suite, timing: TimingFacts): readonly Part[] {
  const parts: readonly (readonly [string, string | number, string | number | undefined])[] = [
    ["phase 1 lifetime in seconds", suite.ike.lifetimeSeconds, timing.phase1Seconds],
    ["phase 2 lifetime in seconds", suite.esp.lifetimeSeconds, timing.phase2Seconds],
    ["rekey margin in seconds", 270, timing.rekeyMarginSeconds],
    ["rekey fuzz in percent", 100, timing.rekeyFuzzPercentage],
    ["replay window", 1024, timing.replayWindow],
    ["DPD timeout in seconds", 30, timing.dpdSeconds],
    ["action after a DPD timeout", "restart", timing.dpdAction],
  ];
  return parts.map(([what, must, is]) => ({ what, must: String(must), is: is?.toString() }));
}

/** An Azure connection's own policy. */
export function azureParts(suite: Suite, policy: IpsecPolicyFacts): readonly Part[] {
  return [
    { what: "IKE encryption", must: suite.ike.encryption, is: azureCipher(policy.ikeEncryption) },
    { what: "IKE integrity", must: suite.ike.integrity, is: policy.ikeIntegrity },
    { what: "DH group", must: String(suite.ike.dhGroup), is: azureGroup(policy.dhGroup) },
    { what: "IPsec encryption", must: suite.esp.encryption, is: azureCipher(policy.ipsecEncryption) },
    ...integrityPart(suite, policy.ipsecIntegrity),
    { what: "PFS group", must: String(suite.esp.pfsGroup), is: azureGroup(policy.pfsGroup) },
    {
      what: "SA lifetime in seconds",
      must: String(suite.esp.lifetimeSeconds),
      is: String(policy.saLifeTimeSeconds),
    },
    // Renewal by time alone. @see https://learn.microsoft.com/azure/vpn-gateway/ipsec-ike-policy-howto
    { what: "SA lifetime in KB", must: "102400000", is: String(policy.saDataSizeKilobytes) },
  ];
}

/** GCM authenticates by itself, so the hash beside it does not matter. */
function integrityPart(suite: Suite, is: string | undefined): readonly Part[] {
  return suite.esp.integrity === "GCM" ? [] : [{ what: "phase 2 integrity", must: suite.esp.integrity, is }];
}

/** One sentence for each part that is not as it must be. */
export function differences(how: string, parts: readonly Part[]): readonly string[] {
  return parts
    .filter(({ must, is }) => is !== undefined && is !== must)
    .map(({ what, must, is }) => `${what} ${how} is ${is === "" ? "none" : String(is)}; it must be ${must}`);
}

export function unreported(parts: readonly Part[]): readonly string[] {
  return parts.filter(({ is }) => is === undefined).map(({ what }) => what);
}

/** AWS's `SHA2-384` and `AES256-GCM-16` in the contract's words. */
function plain(name: string | undefined): string | undefined {
  return name?.replace(/^SHA2-/, "SHA").replace(/-GCM-16$/, "-GCM");
}

/** @see https://learn.microsoft.com/azure/vpn-gateway/ipsec-ike-policy-howto */
const azureGroups: Readonly<Record<string, string>> = {
  DHGroup1: "1",
  DHGroup2: "2",
  DHGroup14: "14",
  DHGroup2048: "14",
  DHGroup24: "24",
  ECP256: "19",
  ECP384: "20",
  PFS1: "1",
  PFS2: "2",
  PFS2048: "14",
  PFS24: "24",
};

function azureGroup(name: string): string {
  return azureGroups[name] ?? name;
}

function azureCipher(name: string): string {
  return name.replace(/^GCMAES(\d+)$/, "AES$1-GCM");
}
