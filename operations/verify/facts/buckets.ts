import type { Answer } from "./answer";

export interface BucketFacts {
  /** Undefined where the bucket is gone. */
  readonly region: Answer<string>;
  readonly policy: Answer<string>;
  readonly publicAccessBlock: Answer<readonly string[]>;
  readonly encryption: Answer<readonly EncryptionFacts[]>;
  readonly versioning: Answer<string>;
  readonly ownership: Answer<string>;
}

export interface EncryptionFacts {
  /** As `AES256`, `aws:kms`; `none` where the rule has no default. */
  readonly algorithm: string;
  /** Id, alias or ARN of the KMS key; undefined is AWS's own key for S3. */
  readonly key: string | undefined;
}

/** What AWS reports of the log bucket, and of what should log to it. */
export interface LogFacts {
  readonly bucket: BucketFacts;
  /** The rules by which its contents go. */
  readonly expiry: Answer<readonly ExpiryFacts[]>;
  /** Those of the VPC; undefined where the stack wants none. */
  readonly flowLogs: Answer<readonly FlowLogFacts[]> | undefined;
  /** Where each data bucket logs to, by its name in the settings; empty where the stack wants no access logs. */
  readonly accessLogs: Readonly<Record<string, Answer<AccessLogFacts>>>;
}

export interface ExpiryFacts {
  readonly enabled: boolean;
  /** Whether it is for all objects. */
  readonly everything: boolean;
  readonly days: number | undefined;
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

export interface AccessLogFacts {
  readonly targetBucket: string;
  readonly targetPrefix: string;
}
