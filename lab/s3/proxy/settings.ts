/** The input of a proxy process: it comes through standard input, so that no key is in a file. */
export interface ProxySettings {
  readonly listeners: readonly Listener[];
  readonly certificate: { readonly key: string; readonly certificate: string };
  /** Unix socket of the S3 server. */
  readonly server: string;
  /** Names below which a bucket is the first label. */
  readonly baseHosts: readonly string[];
  readonly bucketPolicies: Readonly<Record<string, string>>;
  readonly accountId: string;
  /** ARN of the user that each access key belongs to. */
  readonly users: Readonly<Record<string, string>>;
}

/** One address of S3: of an endpoint, or public. */
export interface Listener {
  readonly addresses: readonly string[];
  /** The endpoint that it belongs to; undefined for S3's public address. */
  readonly endpoint:
    { readonly endpointId: string; readonly vpcId: string; readonly policy: string | undefined } | undefined;
}

export const proxyReady = "proxy ready";
