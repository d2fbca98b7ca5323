import type { Answer, NetworkProblem } from "./answer";

/** Whether the endpoint answers where verify runs, by TLS and with a certificate for its name; else why not. */
export type Reach = "answers" | NetworkProblem;

/** What the reader's own key can do from where this runs. */
export interface ClientFacts {
  readonly endpoint: Reach;
  /** Whom the key belongs to: the control without which a refusal would prove nothing. Undefined without a key. */
  readonly key: Answer<{ readonly arn: string }> | undefined;
  /** By bucket; through the endpoint, only where it answers. */
  readonly inside: Readonly<Record<string, readonly AttemptFacts[]>>;
  /** By bucket; at S3's public address, only where that answers. */
  readonly outside: Readonly<Record<string, readonly AttemptFacts[]>>;
}

export interface AttemptFacts {
  readonly action: "list" | "get";
  readonly outcome: Answer<AttemptOutcome>;
}

/** `no answer`: the endpoint took the connection and sent nothing back. */
export type AttemptOutcome = "worked" | "denied" | "nothing to get" | "no answer";
