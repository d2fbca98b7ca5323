import type { Answer } from "../facts/answer";
import type { Finding } from "./findings";

/** Something that was not judged, and why. */
export interface NotJudged {
  /** As "the route table rtb-1". */
  readonly about: string;
  readonly reason: string;
}

/** A judge at work: it says what it finds and what it cannot judge, and comes to a result. */
export type Judging<Result> = Generator<Finding | NotJudged, Result, undefined>;

/** A judge that says nothing had everything it needs, and found nothing wrong. */
export type Judgement = Judging<void>;

export function isFinding(said: Finding | NotJudged): said is Finding {
  return "kind" in said;
}

/**
 * How a judge reads an answer: where there is no value the judge has said so, so that nothing is passed over.
 * @param gone What it means that the cloud has no such thing: a finding, or nothing where that is all right.
 */
export function* read<Value>(
  { about, ...answer }: Answer<Value>,
  gone: Finding | "all right" | "not judged" = "not judged",
): Judging<Value | undefined> {
  if ("problem" in answer) yield { about, reason: answer.problem.says };
  else if (answer.value !== undefined) return answer.value;
  else if (gone === "not judged") yield { about, reason: "the cloud has none" };
  else if (gone !== "all right") yield gone;
  return undefined;
}

/** Properties that are set and that verify does not know: each may change the path. */
export function* judgeUnknown(
  subject: string,
  { unknown }: { readonly unknown: readonly string[] },
): Judgement {
  for (const name of unknown)
    yield {
      about: `${name} of ${subject}`,
      reason: "it is set, and verify does not know what it does to the path",
    };
}

/** The facts of one of several things. */
export function* entry<Value>(
  facts: Readonly<Record<string, Value>>,
  name: string,
): Judging<Value | undefined> {
  if (facts[name] === undefined) yield { about: name, reason: "no facts were collected" };
  return facts[name];
}
