import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { StackOutputs } from "../../../outputs";
import { type Answer, isGone, isNetworkProblem, known } from "../facts/answer";
import type { AwsAccess } from "./access";
import { ask } from "./ask";
import type { AttemptFacts, ClientFacts, AttemptOutcome, Reach } from "../facts/client";
import { problemOf } from "./problem";

/** Milliseconds to wait for the endpoint's address: from outside nothing answers at all. */
const patience = 3_000;

/** How to ask AWS, and how to reach S3 with the reader's key: never by a proxy, nor where the environment leads. */
interface ClientAccess {
  readonly asked: AwsAccess;
  readonly direct: AwsAccess;
  readonly publicS3: string;
}

/** Uses the reader's key from here: through the endpoint where that answers, and at S3's public address. */
export async function collectClient(access: ClientAccess, outputs: StackOutputs): Promise<ClientFacts> {
  const endpoint = await reach(new URL(outputs.endpointUrl));
  const inside = endpoint === "answers";
  const secretAccessKey = outputs.readerSecretAccessKey;
  // `pulumi stack output --json` without --show-secrets writes this in the key's place.
  if (secretAccessKey === "[secret]") return { endpoint, key: undefined, inside: {}, outside: {} };
  const credentials = { accessKeyId: outputs.readerAccessKeyId, secretAccessKey };
  const asReader = { ...access.direct, credentials };
  const names = Object.values(outputs.buckets).map(({ bucketName }) => bucketName);
  const throughEndpoint = new S3Client({ ...asReader, endpoint: outputs.endpointUrl, forcePathStyle: true });
  const [key, through, around] = await Promise.all([
    collectKey({ ...access.asked, credentials }),
    inside ? tryAll(throughEndpoint, names, "through the endpoint") : {},
    tryAll(new S3Client({ ...asReader, endpoint: access.publicS3 }), names, "at S3's public address"),
  ]);
  // With a key that is not valid every other answer would only repeat it.
  if (isGone(key)) return { endpoint, key, inside: {}, outside: {} };
  // A client subnet has no way to the internet: that the public address does not answer there is right.
  const silent = (attempts: readonly AttemptFacts[]) =>
    attempts.some(
      ({ outcome }) =>
        "problem" in outcome && outcome.problem.kind !== "tls" && isNetworkProblem(outcome.problem.kind),
    );
  const outside = Object.fromEntries(
    Object.entries(around).filter(([, attempts]) => !(inside && silent(attempts))),
  );
  return { endpoint, key, inside: through, outside };
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
      if (isNetworkProblem(kind) && way === "through the endpoint") return "no answer";
      throw error;
    }
  });
}

/** Whether the endpoint itself answers at the URL: by TLS, so that another machine with its address is not taken for it. */
function reach(url: URL): Promise<Reach> {
  const plain = url.protocol === "http:";
  const port = Number(url.port === "" ? (plain ? 80 : 443) : url.port);
  const host = url.hostname;
  const socket: Socket = plain ? connect({ host, port }) : connectTls({ host, port, servername: host });
  socket.setTimeout(patience);
  return new Promise((resolve) => {
    const settle = (answer: Reach) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once(plain ? "connect" : "secureConnect", () => {
      settle("answers");
    });
    socket.once("timeout", () => {
      settle("timeout");
    });
    socket.once("error", (error) => {
      const { kind } = problemOf(error, "the endpoint");
      settle(isNetworkProblem(kind) ? kind : "tls");
    });
  });
}
