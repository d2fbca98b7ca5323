import type { StackOutputs } from "../../../outputs";
import { isGone } from "../facts/answer";
import type { AttemptFacts, ClientFacts } from "../facts/client";
import { finding } from "./findings";
import { type Judgement, read } from "./judgement";

/** What the reader's key could do from where verify runs. */
export function* judgeClient(outputs: StackOutputs, client: ClientFacts): Judgement {
  const { readerAccessKeyId: id, readerArn } = outputs;
  if (client.key === undefined) {
    const reason = "it was not tried: these outputs hide it (pulumi stack output --json --show-secrets)";
    yield { about: "the reader's key", reason };
    return;
  }
  // Without a valid key every refusal would look like a closed way.
  const key = yield* read(
    client.key,
    finding("reader-key-invalid", id, "AWS does not accept the reader's key"),
  );
  if (isGone(client.key)) return;
  if (key !== undefined && key.arn !== readerArn) {
    yield finding("reader-key-invalid", id, `the key belongs to ${key.arn}, not to ${readerArn}`);
    return;
  }
  for (const [bucket, attempt] of attemptsOf(client.inside)) yield* judgeInside(bucket, attempt);
  for (const [bucket, attempt] of key === undefined ? [] : attemptsOf(client.outside))
    yield* judgeOutside(bucket, attempt);
}

function attemptsOf(byBucket: ClientFacts["inside"]): readonly (readonly [string, AttemptFacts])[] {
  return Object.entries(byBucket).flatMap(([bucket, attempts]) =>
    attempts.map((attempt) => [bucket, attempt] as const),
  );
}

function* judgeInside(bucket: string, { action, outcome }: AttemptFacts): Judgement {
  const found = yield* read(outcome);
  if (found === "no answer")
    yield finding(
      "inside-unreachable",
      bucket,
      `${action}: the endpoint accepts the connection and does not answer`,
    );
  if (found === "denied")
    yield finding("inside-refused", bucket, `the reader gets AccessDenied to ${action} through the endpoint`);
}

function* judgeOutside(bucket: string, { action, outcome }: AttemptFacts): Judgement {
  const open = finding("outside-gets-in", bucket, `the reader can ${action} at S3's public address`);
  // S3 reports a missing object only to those who may list: that is access as well.
  const found = yield* read(outcome, action === "get" ? open : "not judged");
  if (found === "worked") yield open;
}
