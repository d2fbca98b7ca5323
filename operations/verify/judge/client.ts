import type { StackOutputs } from "../../../outputs";
import { isGone, known } from "../facts/answer";
import type { AttemptFacts, ClientFacts } from "../facts/client";
import { finding, type Finding } from "./findings";

/** What the reader's key could do from where verify runs. */
export function judgeClient(outputs: StackOutputs, client: ClientFacts): readonly Finding[] {
  if (client.key === undefined) return [];
  const id = outputs.readerAccessKeyId;
  // Without a valid key every refusal would look like a closed door.
  if (isGone(client.key)) return [finding("reader-key-invalid", id, "AWS does not know the reader's key")];
  const owner = known(client.key)?.arn;
  if (owner !== undefined && owner !== outputs.readerArn)
    return [finding("reader-key-invalid", id, `the key belongs to ${owner}, not to ${outputs.readerArn}`)];
  return [
    ...Object.entries(client.inside).flatMap(([bucket, attempts]) => attempts.flatMap(judgeInside(bucket))),
    ...(owner === undefined
      ? []
      : Object.entries(client.outside).flatMap(([bucket, attempts]) =>
          attempts.flatMap(judgeOutside(bucket)),
        )),
  ];
}

function judgeInside(bucket: string) {
  return ({ action, outcome }: AttemptFacts): readonly Finding[] => {
    if ("problem" in outcome && outcome.problem.kind === "network")
      return [
        finding(
          "inside-unreachable",
          bucket,
          `${action}: the endpoint takes the connection and does not answer`,
        ),
      ];
    if (known(outcome) === "denied")
      return [
        finding("inside-refused", bucket, `the reader gets AccessDenied to ${action} through the endpoint`),
      ];
    return [];
  };
}

function judgeOutside(bucket: string) {
  return ({ action, outcome }: AttemptFacts): readonly Finding[] => {
    // A missing object is only told to whoever may list: that is a way in as well.
    const open = known(outcome) === "worked" || (isGone(outcome) && action === "get");
    return open
      ? [finding("outside-gets-in", bucket, `the reader can ${action} at S3's public address`)]
      : [];
  };
}
