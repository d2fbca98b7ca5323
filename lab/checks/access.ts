import { runCli } from "../s3/awsCli";
import { roles } from "../network/plan";
import type { Finished } from "../machine/processes";
import { otherEndpointHost } from "../s3/proxies";
import { labObject } from "../s3/server";
import type { Session } from "../session";
import type { BucketPlan } from "../plan/storage";
import { type Check, oneLine } from "./check";

interface Attempt {
  readonly name: string;
  readonly from: "client" | "visitor";
  readonly command: string;
  readonly credentials?: "reader" | "wrong secret" | "none";
  /** Without it S3's certificate is nobody's the client knows. */
  readonly trustless?: boolean;
  /** What a success prints, or the error that must come. */
  readonly expects: { readonly prints: string } | { readonly error: RegExp };
}

/** The stack's own command, word for word, from the Azure client. */
export async function checkListCommand(session: Session): Promise<Check> {
  return judge(session, {
    name: "the Azure client lists the bucket by the stack's listCommand",
    from: "client",
    command: session.lab.plan.storage.listCommand,
    expects: { prints: labObject.key.split("/")[0] ?? "" },
  });
}

/** Who gets in, and who does not. Each refusal differs from an attempt that succeeds in one thing only. */
export async function checkAccess(session: Session): Promise<Check[]> {
  const elsewhere = await session.s3?.openElsewhere();
  const all = attempts(session);
  const checks: Check[] = [];
  // A start of the AWS CLI keeps a processor busy for a second: two at a time, as there are two processors at least.
  for (let at = 0; at < all.length; at += 2) {
    checks.push(...(await Promise.all(all.slice(at, at + 2).map((attempt) => judge(session, attempt)))));
  }
  await elsewhere?.kill();
  return checks;
}

function attempts(session: Session): Attempt[] {
  const { storage } = session.lab.plan;
  const { region } = storage;
  const endpointUrl = /--endpoint-url (\S+)/.exec(storage.listCommand)?.[1] ?? "";
  const through = (url: string) => `aws s3 --endpoint-url ${url} --region ${region}`;
  const own = through(endpointUrl);
  const [bucket] = storage.buckets;
  const name = bucket?.name ?? "";
  const refused = { error: /AccessDenied/ };
  return [
    ...storage.buckets.flatMap((one) => bucketAttempts(one, own)),
    {
      name: "the same key with a wrong secret is refused by S3 itself",
      ...{ from: "client", command: `${own} ls s3://${name}`, credentials: "wrong secret" },
      expects: { error: /SignatureDoesNotMatch/ },
    },
    {
      name: "without a key nothing is listed",
      ...{ from: "client", command: `${own} --no-sign-request ls s3://${name}`, credentials: "none" },
      expects: refused,
    },
    {
      name: "the same key from the internet is refused",
      ...{ from: "visitor", command: `aws s3 --region ${region} ls s3://${name}`, expects: refused },
    },
    {
      name: "the same key through somebody else's endpoint is refused",
      ...{
        from: "visitor",
        command: `${through(`https://bucket.${otherEndpointHost(region)}`)} ls s3://${name}`,
      },
      expects: refused,
    },
    {
      name: "the endpoint's address leads nowhere from the internet",
      ...{ from: "visitor", command: `${own} --cli-connect-timeout 2 ls s3://${name}` },
      expects: { error: /Could not connect|Connect timeout|unreachable/i },
    },
    {
      name: "S3's certificate does not cover the endpoint's bare name",
      ...{ from: "client", command: `${through(endpointUrl.replace("//bucket.", "//"))} ls s3://${name}` },
      expects: { error: /doesn't match|CERTIFICATE_VERIFY_FAILED|SSL validation failed/ },
    },
    {
      name: "a client that does not know S3's authority refuses it",
      ...{ from: "client", command: `${own} ls s3://${name}`, trustless: true },
      expects: { error: /SSL validation failed|CERTIFICATE_VERIFY_FAILED/ },
    },
  ] as const;
}

function bucketAttempts(bucket: BucketPlan, own: string): Attempt[] {
  const writable = bucket.policy?.includes('"s3:PutObject"') === true;
  const recorded = bucket.objects.map((object) => ({
    name: `the reader gets the stack's own object ${object.key}`,
    from: "client" as const,
    command: `${own} cp s3://${bucket.name}/${object.key} -`,
    expects: { prints: object.content.trim() },
  }));
  return [
    ...recorded,
    {
      name: `the reader lists ${bucket.name}`,
      ...{ from: "client", command: `${own} ls s3://${bucket.name}/lab/`, expects: { prints: "hello.txt" } },
    },
    {
      name: `the reader gets an object of ${bucket.name}`,
      from: "client",
      command: `${own} cp s3://${bucket.name}/${labObject.key} -`,
      expects: { prints: labObject.content.trim() },
    },
    {
      name: `the reader ${writable ? "puts" : "cannot put"} an object into ${bucket.name}`,
      from: "client",
      command: `echo new | ${own} cp - s3://${bucket.name}/lab/new.txt && echo stored`,
      expects: writable ? { prints: "stored" } : { error: /AccessDenied/ },
    },
  ];
}

async function judge(session: Session, attempt: Attempt): Promise<Check> {
  const { lab, s3 } = session;
  const { reader } = lab.plan.storage;
  const credentials = {
    reader,
    "wrong secret": { ...reader, secretAccessKey: `${reader.secretAccessKey.slice(0, -1)}!` },
    none: undefined,
  }[attempt.credentials ?? "reader"];
  const finished = await runCli(lab.ground, {
    role: roles[attempt.from],
    credentials,
    authority: attempt.trustless === true ? undefined : s3?.authority,
    command: attempt.command,
  });
  return { name: attempt.name, ...outcome(attempt, finished) };
}

function outcome({ expects }: Attempt, { code, stdout, stderr }: Finished): Omit<Check, "name"> {
  if ("prints" in expects) {
    return {
      holds: code === 0 && stdout.includes(expects.prints),
      found: oneLine(code === 0 ? stdout : stderr),
    };
  }
  return { holds: code !== 0 && expects.error.test(stderr), found: oneLine(stderr) || `exit code ${code}` };
}
