import type { Answer } from "./answer";

/** What AWS reports of the trail, and of what tells somebody of changes. */
export interface AuditFacts {
  readonly trail: Answer<TrailFacts>;
  readonly status: Answer<TrailStatusFacts>;
  /** Its advanced event selectors; empty where it has none or basic ones. */
  readonly selectors: Answer<readonly SelectorFacts[]>;
  /** One for each topic that is told; none where the stack has no alarms, and so nobody to tell. */
  readonly notices: readonly NoticeFacts[];
}

export interface TrailFacts {
  readonly bucketName: string;
  /** Undefined where it has none. */
  readonly prefix: string | undefined;
  /** Whether digests show that nobody changed its files. */
  readonly validated: boolean;
  /** What it is or has that no stack's trail is or has. */
  readonly more: readonly string[];
}

export interface TrailStatusFacts {
  readonly logging: boolean;
  /** S3's words of the last attempts that failed, for the files and their digests; empty where none did. */
  readonly deliveryErrors: readonly string[];
}

/** Conditions that an event must meet, by the name of the event's field. */
export interface SelectorFacts {
  readonly name: string;
  readonly fields: readonly Readonly<Record<string, string | readonly string[]>>[];
}

export interface NoticeFacts {
  readonly topicArn: string;
  /** Names of the rules that lead to it, in its region. */
  readonly ruleNames: Answer<readonly string[]>;
  /** By their names. */
  readonly rules: Readonly<Record<string, Answer<RuleFacts>>>;
  readonly topic: Answer<TopicFacts>;
}

export interface TopicFacts {
  /** Who may publish to it, as JSON; undefined where it has none. */
  readonly policy: string | undefined;
  /** How many subscriptions somebody has confirmed, and how many AWS still waits for: it sends those nothing. */
  readonly confirmed: number;
  readonly pending: number;
}

export interface RuleFacts {
  readonly enabled: boolean;
  /** JSON; empty where the rule has a schedule. */
  readonly pattern: string;
}
