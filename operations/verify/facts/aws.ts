import type { Answer } from "./answer";
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
  readonly customerGateways: Answer<readonly { readonly id: string; readonly ipAddress: string }[]>;
  readonly vpnGateway: Answer<{ readonly state: string; readonly attachedTo: readonly string[] }>;
  readonly routeTable: Answer<RouteTableFacts>;
  readonly endpoint: Answer<EndpointFacts>;
  readonly endpointIngress: Answer<readonly IngressFacts[]>;
  readonly buckets: Readonly<Record<string, BucketFacts>>;
  /** Undefined where the stack has no log bucket. */
  readonly logs: LogFacts | undefined;
  readonly reader: ReaderFacts;
}

export interface ConnectionFacts {
  readonly id: string;
  readonly state: string;
  readonly customerGatewayId: string;
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
  readonly routes: readonly { readonly cidr: string; readonly target: string; readonly state: string }[];
  readonly propagatingGateways: readonly string[];
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
}

/** One thing that a security group lets in. */
export interface IngressFacts {
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  /** The network; undefined where the rule names a group or a prefix list. */
  readonly cidr: string | undefined;
}

export interface ReaderFacts {
  readonly user: Answer<{ readonly arn: string }>;
  readonly keys: Answer<readonly { readonly id: string; readonly active: boolean }[]>;
  readonly inlinePolicies: Answer<readonly string[]>;
  readonly attachedPolicies: Answer<readonly string[]>;
  readonly groups: Answer<readonly string[]>;
}
