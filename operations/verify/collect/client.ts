import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { connect } from "node:net";
import type { StackOutputs } from "../../../outputs";
import { type Answer, isGone, known } from "../facts/answer";
import type { AwsAccess } from "./access";
import { ask } from "./ask";
import type { AttemptFacts, ClientFacts, AttemptOutcome } from "../facts/client";
import { problemOf } from "./problem";

/** Milliseconds to wait for the endpoint's address: from outside nothing answers at all. */
const patience = 3_000;

/** Uses the reader's key from here: through the endpoint where that answers, and at S3's public address. */
export async function collectClient(access: AwsAccess, outputs: StackOutputs): Promise<ClientFacts> {
  const inside = await answers(new URL(outputs.endpointUrl));
  const place = inside ? "inside" : "outside";
  const secretAccessKey = outputs.readerSecretAccessKey;
  // `pulumi stack output --json` without --show-secrets writes this in the key's place.
  if (secretAccessKey === "[secret]") return { place, key: undefined, inside: {}, outside: {} };
  const asReader = {
    ...access,
    credentials: { accessKeyId: outputs.readerAccessKeyId, secretAccessKey },
  };
  const names = Object.values(outputs.buckets).map(({ bucketName }) => bucketName);
  const throughEndpoint = new S3Client({ ...asReader, endpoint: outputs.endpointUrl, forcePathStyle: true });
  const [key, through, around] = await Promise.all([
    collectKey(asReader),
    inside ? tryAll(throughEndpoint, names, "through the endpoint") : {},
    tryAll(new S3Client(asReader), names, "at S3's public address"),
  ]);
  // With a key that is not valid every other answer would only repeat it.
  if (isGone(key)) return { place, key, inside: {}, outside: {} };
  // A client subnet has no way to the internet: that the public address does not answer there is right.
  const silent = (attempts: readonly AttemptFacts[]) =>
    attempts.some(({ outcome }) => "problem" in outcome && outcome.problem.kind === "network");
  const outside = Object.fromEntries(
    Object.entries(around).filter(([, attempts]) => !(inside && silent(attempts))),
  );
  return { place, key, inside: through, outside };
}

function collectKey(access: AwsAccess): Promise<Answer<{ readonly arn: string }>> {
  return ask("whom the reader's key belongs to", "sts:GetCallerIdentity", async () => {
    try {
      const { Arn = "" } = await new STSClient(access).send(new GetCallerIdentityCommand({}));
      return { arn: Arn };
    } catch (error) {
      if (problemOf(error, "sts:GetCallerIdentity").kind === "credentials") return undefined;
      throw error;
    }
  });
}

type Way = "through the endpoint" | "at S3's public address";

async function tryAll(
  s3: S3Client,
  buckets: readonly string[],
  way: Way,
): Promise<Readonly<Record<string, readonly AttemptFacts[]>>> {
  const tried = buckets.map(async (bucket) => [bucket, await tryBucket(s3, bucket, way)] as const);
  return Object.fromEntries(await Promise.all(tried));
}

async function tryBucket(s3: S3Client, Bucket: string, way: Way): Promise<readonly AttemptFacts[]> {
  let key: string | undefined;
  const list = await attempt(`listing ${Bucket} ${way}`, way, "s3:ListBucket", async () => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 1 }));
    key = Contents[0]?.Key;
    return "worked";
  });
  const get = await attempt(`getting an object of ${Bucket} ${way}`, way, "s3:GetObject", async () => {
    // Where the list is refused the name does not matter: S3 decides on access before it looks for the object.
    const Key = key ?? (known(list) === "worked" ? undefined : "hello.txt");
    if (Key === undefined) return "nothing to get";
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, Range: "bytes=0-0" }));
    await Body?.transformToByteArray();
    return "worked";
  });
  return [
    { action: "list", outcome: list },
    { action: "get", outcome: get },
  ];
}

/** A refusal is an answer here, not a problem; so is the silence of an endpoint that has taken a connection. */
function attempt(
  about: string,
  way: Way,
  action: string,
  call: () => Promise<AttemptOutcome>,
): Promise<Answer<AttemptOutcome>> {
  return ask(about, action, async () => {
    try {
      return await call();
    } catch (error) {
      const { kind } = problemOf(error, action);
      if (kind === "permission") return "denied";
      if (kind === "network" && way === "through the endpoint") return "no answer";
      throw error;
    }
  });
}

/** Whether anything takes a connection at the URL's host and port. */
function answers(url: URL): Promise<boolean> {
  const port = Number(url.port === "" ? (url.protocol === "http:" ? 80 : 443) : url.port);
  const socket = connect({ host: url.hostname, port, timeout: patience });
  return new Promise((resolve) => {
    const settle = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", settle(true));
    socket.once("timeout", settle(false));
    socket.once("error", settle(false));
  });
}
