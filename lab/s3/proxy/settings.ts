/** What a door process is told over its standard input: nothing of it ever lies on disk. */
export interface DoorSettings {
  readonly doors: readonly Door[];
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

/** One way in to S3. */
export interface Door {
  readonly name: string;
  readonly addresses: readonly string[];
  /** The endpoint that it belongs to; undefined for S3's public door. */
  readonly endpoint:
    { readonly endpointId: string; readonly vpcId: string; readonly policy: string | undefined } | undefined;
}

/** What a door did with one request, a line of JSON on its standard output. */
export interface DoorEvent {
  readonly door: string;
  readonly method: string;
  readonly target: string;
  readonly action: string | undefined;
  /** Who answered: the door by the policies, or the S3 server behind it. */
  readonly by: "door" | "server";
  readonly status: number;
  readonly because: string;
}

export const doorReady = "door ready";
