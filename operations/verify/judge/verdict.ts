import type { Outcome } from "../../../rehearsal/model/findings";
import type { Unanswered } from "../facts/answer";
import type { Reach } from "../facts/client";
import type { Destinations } from "../facts/destinations";
import type { Finding } from "./findings";
import type { NotJudged } from "./judgement";

export type Subject =
  | "tunnels"
  | "gateway"
  | "routes"
  | "client network"
  | "client VM"
  | "endpoint"
  | "policies"
  | "buckets"
  | "logs"
  | "reader"
  | "client"
  | "surroundings";

/** A subject that the stack does not have, as the logs or the client VM, has no verdict. */
export interface SubjectVerdict {
  readonly subject: Subject;
  readonly outcome: Outcome;
  /** Where it is broken: `tunnel1`, a bucket's name, an id. */
  readonly places: readonly string[];
  /** What was not judged of it, broken or not. */
  readonly notJudged: readonly NotJudged[];
}

export interface TunnelState {
  readonly name: string;
  /** Undefined where the cloud did not answer. */
  readonly awsUp: boolean | undefined;
  readonly azureStatus: string | undefined;
  readonly up: boolean;
}

export interface Verdict {
  readonly outcome: Outcome;
  readonly subjects: readonly SubjectVerdict[];
  readonly findings: readonly Finding[];
  readonly unanswered: readonly Unanswered[];
  readonly tunnels: readonly TunnelState[];
  /** Where the reader's key was tried: through the endpoint only where that answers. */
  readonly client: "both ways" | "at S3's public address" | "not tried";
  /** Whether the endpoint answers where verify runs. */
  readonly endpoint: Reach;
  readonly destinations: Destinations;
}

/** Broken counts more than not judged; a warning breaks nothing. */
export function outcomeOf(broken: boolean, judged: boolean): Outcome {
  return broken ? "broken" : judged ? "holds" : "not judged";
}

/** Exit codes of verify. */
export const exitCodes = { allRight: 0, broken: 1, usage: 2, incomplete: 3 } as const;

/** Something broken counts more than a question without an answer; warnings count for nothing. */
export function exitCodeOf({ findings, unanswered }: Verdict): number {
  if (findings.some(({ severity }) => severity === "broken")) return exitCodes.broken;
  return unanswered.length > 0 ? exitCodes.incomplete : exitCodes.allRight;
}
