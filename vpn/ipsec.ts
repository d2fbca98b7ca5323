import type { GatewaySku } from "./tunnels";

/**
 * What both ends of a tunnel must agree on. One value; `azureIpsecPolicies` and `awsTunnelOptions` translate it
 * into each cloud's terms.
 */
export interface IpsecSuite {
  readonly ike: {
    readonly encryption: "AES256";
    readonly integrity: "SHA256" | "SHA384";
    readonly dhGroup: 2 | 20;
    /** Seconds. Azure fixes it at 28,800. */
    readonly lifetimeSeconds: 28800;
  };
  readonly esp: {
    readonly encryption: "AES256" | "AES256-GCM";
    /** GCM authenticates by itself. */
    readonly integrity: "SHA256" | "GCM";
    /** The group of perfect forward secrecy, which shows only when keys are renewed. */
    readonly pfsGroup: 14 | 20;
    /** Seconds; AWS allows 900 to 3,600. */
    readonly lifetimeSeconds: 3600;
  };
  /** Whether the suite can be set on Azure. Not on a Basic gateway: it accepts what its default policy lists. */
  readonly pinnedOnAzure: boolean;
}

/** The strongest suite that both clouds offer. */
const pinnedSuite: IpsecSuite = {
  ike: { encryption: "AES256", integrity: "SHA384", dhGroup: 20, lifetimeSeconds: 28800 },
  esp: { encryption: "AES256-GCM", integrity: "GCM", pfsGroup: 20, lifetimeSeconds: 3600 },
  pinnedOnAzure: true,
};

/**
 * The strongest that a Basic gateway's default policy answers to: group 2 in phase 1 is its only one; in phase 2 it
 * accepts groups up to 14 when AWS, whose keys live shorter, renews them.
 * @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-devices#ipsec
 */
const basicSuite: IpsecSuite = {
  ike: { encryption: "AES256", integrity: "SHA256", dhGroup: 2, lifetimeSeconds: 28800 },
  esp: { encryption: "AES256", integrity: "SHA256", pfsGroup: 14, lifetimeSeconds: 3600 },
  pinnedOnAzure: false,
};

export function ipsecSuite(sku: GatewaySku): IpsecSuite {
  return sku === "Basic" ? basicSuite : pinnedSuite;
}

/** The custom policy of an Azure connection: one, with every field; none where the gateway takes none. */
export function azureIpsecPolicies(suite: IpsecSuite) {
  if (!suite.pinnedOnAzure) return [];
  return [
    {
      ikeEncryption: suite.ike.encryption,
      ikeIntegrity: suite.ike.integrity,
      dhGroup: { 2: "DHGroup2", 20: "ECP384" }[suite.ike.dhGroup],
      ipsecEncryption: { AES256: "AES256", "AES256-GCM": "GCMAES256" }[suite.esp.encryption],
      ipsecIntegrity: { SHA256: "SHA256", GCM: "GCMAES256" }[suite.esp.integrity],
      pfsGroup: { 14: "PFS2048", 20: "ECP384" }[suite.esp.pfsGroup],
      saLifeTimeSeconds: suite.esp.lifetimeSeconds,
      // Renewal by time alone: Azure's own default of 102,400,000 KB is far above what 3,600 s can carry.
      saDataSizeKilobytes: 102_400_000,
    },
  ];
}

/**
 * The options of one AWS tunnel. Every list has one value, because AWS walks its lists from the weakest up, and every
 * option is set, because an unset one drifts. @see https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html
 */
export function awsTunnelOptions(suite: IpsecSuite) {
  return {
    ikeVersions: ["ikev2"],
    phase1EncryptionAlgorithms: [suite.ike.encryption],
    phase1IntegrityAlgorithms: [awsIntegrity[suite.ike.integrity]],
    phase1DhGroupNumbers: [suite.ike.dhGroup],
    phase1LifetimeSeconds: suite.ike.lifetimeSeconds,
    phase2EncryptionAlgorithms: [{ AES256: "AES256", "AES256-GCM": "AES256-GCM-16" }[suite.esp.encryption]],
    // Beside GCM the value is not used, but AWS requires one.
    phase2IntegrityAlgorithms: [
      suite.esp.integrity === "GCM" ? awsIntegrity.SHA384 : awsIntegrity[suite.esp.integrity],
    ],
    phase2DhGroupNumbers: [suite.esp.pfsGroup],
    phase2LifetimeSeconds: suite.esp.lifetimeSeconds,
    rekeyMarginTimeSeconds: 270,
    rekeyFuzzPercentage: 100,
    replayWindowSize: 1024,
    // AWS initiates, at the start and after a silence: with BGP over link-local addresses Azure never does, and after
    // maintenance a tunnel endpoint that only waits stays down.
    startupAction: "start",
    dpdTimeoutAction: "restart",
    dpdTimeoutSeconds: 30,
  };
}

const awsIntegrity = { SHA256: "SHA2-256", SHA384: "SHA2-384" } as const;
