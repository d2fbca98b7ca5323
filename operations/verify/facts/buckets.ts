import type { Answer } from "./answer";

export interface BucketFacts {
  /** Undefined where the bucket is gone. */
  readonly region: Answer<string>;
  readonly policy: Answer<string>;
  readonly publicAccessBlock: Answer<readonly string[]>;
  readonly encryption: Answer<readonly EncryptionFacts[]>;
  readonly versioning: Answer<string>;
  readonly ownership: Answer<string>;
  /** Its rules; empty where it has none. */
  readonly lifecycle: Answer<readonly LifecycleRuleFacts[]>;
  /** Where it logs to; undefined where it does not. */
  readonly logging: Answer<string>;
  /** What of it no stack makes: rules, inventories, receivers … */
  readonly more: Readonly<Record<More, Answer<readonly string[]>>>;
}

/** Ways in which a bucket's objects are copied, listed elsewhere, told of, offered under another address or locked. */
export const mores = [
  "replication",
  "inventories",
  "metadata",
  "notifications",
  "accessPoints",
  "objectLock",
] as const;
export type More = (typeof mores)[number];

export interface LifecycleRuleFacts {
  readonly id: string;
  readonly enabled: boolean;
  /** Whether it is for all objects. */
  readonly everything: boolean;
  /** Days or the date after which current objects go; undefined where they stay. */
  readonly expires: number | string | undefined;
  /** Days after which old versions go. */
  readonly oldVersionDays: number | undefined;
  /** Storage classes that it moves objects to. */
  readonly moves: readonly string[];
}

export interface EncryptionFacts {
  /** As `AES256`, `aws:kms`; `none` where the rule has no default. */
  readonly algorithm: string;
  /** Id, alias or ARN of the KMS key; undefined is AWS's own key for S3. */
  readonly key: string | undefined;
}

/** What AWS reports of the log bucket, and of the flow logs that should lead there. */
export interface LogFacts {
  readonly bucket: BucketFacts;
  /** Those of the VPC; undefined where the stack wants none. */
  readonly flowLogs: Answer<readonly FlowLogFacts[]> | undefined;
}

export interface FlowLogFacts {
  readonly id: string;
  readonly trafficType: string;
  /** ARN of a bucket, perhaps with a folder. */
  readonly destination: string;
  /** As `SUCCESS`; undefined before the first delivery. */
  readonly deliveryStatus: string | undefined;
  /** AWS's own words, as `Access error`. */
  readonly deliveryError: string | undefined;
}
