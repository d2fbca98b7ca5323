/** The part of AWS that moto does not play: VPN connections with their telemetry and options. */
export interface AwsVpn {
  connections: AwsConnection[];
}

export interface AwsConnection {
  id: string;
  state: string;
  customerGatewayId: string;
  vpnGatewayId: string;
  staticRoutesOnly: boolean;
  /** The networks that it takes traffic between; AWS's default is every address. */
  selectors: { azure: string; aws: string };
  /** A property that the program never sets. */
  acceleration: boolean;
  routes: { cidr: string; state: string }[];
  tunnels: AwsTunnel[];
  tags?: Record<string, string>;
}

export interface AwsTunnel {
  outsideAddress: string;
  insideCidr: string;
  presharedKey: string;
  up: boolean;
  message: string;
  acceptedRoutes: number;
  startupAction: string;
  /** What it offers; each list must hold one value. */
  offers: { ikeVersions: string[]; phase1: Proposals; phase2: Proposals };
  timing: {
    phase1Seconds: number;
    phase2Seconds: number;
    rekeyMarginSeconds: number;
    rekeyFuzzPercentage: number;
    replayWindow: number;
    dpdSeconds: number;
    dpdAction: string;
  };
  /** What it negotiated. */
  negotiated: {
    ikeVersion: string;
    phase1: { encryption: string; integrity: string; dhGroup: number };
    phase2: { encryption: string; integrity: string; dhGroup: number | undefined };
  };
  maintenance: { pending: boolean; autoAppliedAfter: string } | undefined;
}

export interface Proposals {
  encryption: string[];
  integrity: string[];
  dhGroups: number[];
}
