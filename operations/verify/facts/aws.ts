import type { Answer } from "./answer";
import type { AuditFacts } from "./audit";
import type { BucketFacts, LogFacts } from "./buckets";

/** What AWS reports of one stack. Only what is judged: a connection's configuration also holds its keys, which stay there. */
export interface AwsFacts {
  /** Whom the credentials belong to. */
  readonly caller: { readonly account: string; readonly arn: string };
  readonly connections: Answer<readonly ConnectionFacts[]>;
  /** By the tunnel's name. */
  readonly tunnels: Readonly<Record<string, TunnelFacts>>;
  /** Minutes of the last day in which CloudWatch saw a tunnel down, by the tunnel's name; without those it has no data of. */
  readonly minutesDown: Answer<Readonly<Record<string, number>>>;
  readonly customerGateways: Answer<readonly CustomerGatewayFacts[]>;
  readonly vpnGateway: Answer<VpnGatewayFacts>;
  /** All of the VPC's. */
  readonly routeTables: Answer<readonly RouteTableFacts[]>;
  /** All of the VPC's. */
  readonly networkAcls: Answer<readonly NetworkAclFacts[]>;
  /** Names of the account's zones, and of those in which S3 has interface endpoints. */
  readonly zones: Answer<readonly string[]>;
  readonly serviceZones: Answer<readonly string[]>;
  readonly endpoint: Answer<EndpointFacts>;
  readonly endpointIngress: Answer<readonly IngressFacts[]>;
  readonly buckets: Readonly<Record<string, BucketFacts>>;
  /** Undefined where the stack has no log bucket. */
  readonly logs: LogFacts | undefined;
  /** Undefined where the stack has no trail. */
  readonly audit: AuditFacts | undefined;
  readonly reader: ReaderFacts;
}

export interface ConnectionFacts {
  readonly id: string;
  readonly state: string;
  readonly customerGatewayId: string;
  /** What it ends at in AWS: the id of a gateway, or nothing. */
  readonly endsAt: string;
  /** The networks that it accepts traffic between; AWS's default is every address. */
  readonly selectors: { readonly azure: string; readonly aws: string };
  /** Properties that are set and that verify does not know. */
  readonly unknown: readonly string[];
  readonly staticRoutes: readonly { readonly cidr: string; readonly state: string }[];
  readonly telemetry: readonly TelemetryFacts[];
  readonly options: readonly TunnelOptionFacts[];
}

export interface TelemetryFacts {
  readonly outsideAddress: string;
  readonly up: boolean;
  /** AWS's own words, as `IPSEC IS DOWN`. */
  readonly message: string;
  readonly acceptedRoutes: number;
  /** ISO 8601; undefined before the first change. */
  readonly since: string | undefined;
}

/** What AWS would agree to in one tunnel. */
export interface TunnelOptionFacts extends SuiteLists {
  readonly outsideAddress: string;
  readonly insideCidr: string;
  readonly startupAction: string;
  /** Each undefined where AWS reports none. */
  readonly timing: TimingFacts;
  /** Properties that are set and that verify does not know. */
  readonly unknown: readonly string[];
}

export interface TimingFacts {
  readonly phase1Seconds: number | undefined;
  readonly phase2Seconds: number | undefined;
  readonly rekeyMarginSeconds: number | undefined;
  readonly rekeyFuzzPercentage: number | undefined;
  readonly replayWindow: number | undefined;
  readonly dpdSeconds: number | undefined;
  readonly dpdAction: string | undefined;
}

export interface CustomerGatewayFacts {
  readonly id: string;
  readonly ipAddress: string;
  readonly asn: string;
}

export interface VpnGatewayFacts {
  readonly state: string;
  readonly attachedTo: readonly string[];
  readonly asn: string;
}

export interface SuiteLists {
  readonly ikeVersions: readonly string[];
  readonly phase1Encryption: readonly string[];
  readonly phase1Integrity: readonly string[];
  readonly phase1DhGroups: readonly number[];
  readonly phase2Encryption: readonly string[];
  readonly phase2Integrity: readonly string[];
  readonly phase2DhGroups: readonly number[];
}

export interface TunnelFacts {
  readonly active: Answer<ActiveTunnelFacts>;
  readonly maintenance: Answer<{ readonly pending: boolean; readonly autoAppliedAfter: string | undefined }>;
}

/** What the tunnel negotiated; a field is undefined where AWS reports none. */
export interface ActiveTunnelFacts {
  readonly ikeVersion: string | undefined;
  readonly phase1Encryption: string | undefined;
  readonly phase1Integrity: string | undefined;
  readonly phase1DhGroup: number | undefined;
  readonly phase2Encryption: string | undefined;
  readonly phase2Integrity: string | undefined;
  readonly phase2DhGroup: number | undefined;
}

export interface RouteTableFacts {
  readonly id: string;
  /** Whether subnets without an association of their own use it. */
  readonly main: boolean;
  /** Subnets with an association of their own. */
  readonly subnetIds: readonly string[];
  readonly routes: readonly RouteFacts[];
  readonly propagatingGateways: readonly string[];
}

export interface RouteFacts {
  /** A network, or the id of a prefix list. */
  readonly destination: string;
  /** As AWS shows it: `local`, `vgw-…`, `pcx-…`; empty where it is of a kind that verify does not know. */
  readonly target: string;
  /** `CreateRouteTable`, `CreateRoute` or `EnableVgwRoutePropagation`. */
  readonly origin: string;
  readonly state: string;
}

export interface NetworkAclFacts {
  readonly id: string;
  readonly subnetIds: readonly string[];
  readonly entries: readonly AclEntryFacts[];
}

export interface AclEntryFacts {
  /** The lowest one that matches decides. */
  readonly number: number;
  readonly direction: "in" | "out";
  readonly action: string;
  /** By IANA's number, `-1` for all. */
  readonly protocol: string;
  /** Undefined in an entry for IPv6. */
  readonly cidr: string | undefined;
  /** Undefined for every port. */
  readonly ports: { readonly from: number; readonly to: number } | undefined;
}

export interface EndpointFacts {
  readonly state: string;
  readonly vpcId: string;
  readonly serviceName: string;
  readonly privateDns: boolean;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly dnsNames: readonly string[];
  /** JSON; undefined where AWS shows none, which is its own open default. */
  readonly policy: string | undefined;
  readonly type: string;
  /** As `ipv4`; undefined where AWS reports none. */
  readonly addressType: string | undefined;
  /** Undefined where AWS reports none, which is its own. */
  readonly serviceRegion: string | undefined;
  /** Properties that are set and that verify does not know. */
  readonly unknown: readonly string[];
}

/** One thing that a security group lets in. */
export interface IngressFacts {
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  /** The network; undefined where the rule names a group or a prefix list. */
  readonly cidr: string | undefined;
  /** The group or the prefix list that it names instead. */
  readonly names: string | undefined;
}

export interface ReaderFacts {
  /** With the ARN of its permissions boundary, where it has one. */
  readonly user: Answer<{ readonly arn: string; readonly boundary: string | undefined }>;
  readonly keys: Answer<readonly { readonly id: string; readonly active: boolean }[]>;
  /** For the console; undefined where it has none. */
  readonly password: Answer<{ readonly since: string | undefined }>;
  readonly inlinePolicies: Answer<readonly string[]>;
  readonly attachedPolicies: Answer<readonly string[]>;
  readonly groups: Answer<readonly string[]>;
}
