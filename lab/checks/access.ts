import { roles } from "../network/plan";
import type { LabPlan } from "../plan/labPlan";
import type { BucketPlan } from "../plan/storage";
import { runCli } from "../s3/awsCli";
import { addressOfName, otherEndpointHost } from "../s3/proxies";
import { labObject } from "../s3/server";
import type { Session } from "../session";
import { check, type Check, oneLine } from "./check";

interface Attempt {
  readonly name: string;
  /** The namespace. */
  readonly from: string;
  readonly command: string;
  /** What a success prints, or the error that must come. */
  readonly expects: string | RegExp;
  /** @default "reader" */
  readonly credentials?: "reader" | "wrong secret" | "none";
  /** Whether the client trusts the authority of S3's certificate. @default "trusted" */
  readonly authority?: "trusted" | "unknown";
}

/** The stack's own command, word for word, from the Azure client. */
export async function checkListCommand(session: Session): Promise<Check> {
  return judge(session, {
    name: "the Azure client lists the bucket with the stack's listCommand",
    from: roles.client,
    command: session.lab.plan.storage.listCommand,
    expects: labObject.key.split("/")[0] ?? "",
  });
}

/** Who has access, and who has not. Each refused attempt differs from a successful one in one thing only. */
export async function checkAccess(session: Session): Promise<Check[]> {
  const publicProxy = await session.s3?.openPublicProxy();
  const all = attempts(session);
  const checks: Check[] = [];
  // A start of the AWS CLI keeps a processor busy for a second: two at a time, as there are two processors at least.
  for (let at = 0; at < all.length; at += 2) {
    checks.push(...(await Promise.all(all.slice(at, at + 2).map((attempt) => judge(session, attempt)))));
  }
  await publicProxy?.kill();
  return checks;
}

function attempts(session: Session): Attempt[] {
  const { storage } = session.lab.plan;
  const { region, endpointUrl } = storage;
  const through = (url: string) => `aws s3 --endpoint-url ${url} --region ${region}`;
  const own = through(endpointUrl);
  const bucket = `s3://${storage.buckets[0]?.name ?? ""}`;
  const client = { from: roles.client, command: `${own} ls ${bucket}` } as const;
  const internet = { from: roles.internetHost, expects: /AccessDenied/ } as const;
  const unreachable = {
    command: `${own} --cli-connect-timeout 2 ls ${bucket}`,
    expects: /Could not connect|Connect timeout|unreachable/i,
  };
  const untrusted = /SSL validation failed|CERTIFICATE_VERIFY_FAILED/;
  return [
    ...storage.buckets.flatMap((one) => bucketAttempts(one, own)),
    ...otherAddresses(session.lab.plan).map(({ address, name }): Attempt => ({
      name: `the Azure client lists the bucket through the endpoint's address ${address}`,
      ...{ ...client, command: `${through(`https://bucket.${name}`)} ls ${bucket}`, expects: "lab/" },
    })),
    ...otherClients(session.lab.plan).map(({ place, role, named }): Attempt => ({
      name: named
        ? `the client ${place} lists the bucket`
        : `the client ${place}, which azureClients does not name, reaches nothing`,
      ...(named ? { command: client.command, expects: "lab/" } : unreachable),
      from: role,
    })),
    {
      name: "S3 itself refuses the same key with a wrong secret",
      ...{ ...client, credentials: "wrong secret", expects: /SignatureDoesNotMatch/ },
    },
    {
      name: "without a key nothing is listed",
      ...{ ...client, credentials: "none", expects: /AccessDenied/ },
      command: `${own} --no-sign-request ls ${bucket}`,
    },
    {
      name: "the same key from the internet is refused",
      ...{ ...internet, command: `aws s3 --region ${region} ls ${bucket}` },
    },
    {
      name: "the same key through another customer's endpoint is refused",
      ...{ ...internet, command: `${through(`https://bucket.${otherEndpointHost(region)}`)} ls ${bucket}` },
    },
    {
      name: "the endpoint's address is unreachable from the internet",
      ...{ ...internet, ...unreachable },
    },
    {
      name: "S3's certificate does not cover the endpoint's bare name",
      ...{ ...client, command: `${through(endpointUrl.replace("//bucket.", "//"))} ls ${bucket}` },
      expects: /doesn't match|CERTIFICATE_VERIFY_FAILED|SSL validation failed/,
    },
    {
      name: "a client that does not trust S3's authority refuses its certificate",
      ...{ ...client, authority: "unknown", expects: untrusted },
    },
  ];
}

/** The endpoint's addresses in other subnets than the first, each by its zone's name. */
function otherAddresses(plan: LabPlan) {
  return plan.storage.endpoint.names
    .map((name) => ({ name, address: addressOfName(plan, name) }))
    .filter(({ address }) => address !== plan.aws.endpointAddress);
}

/** Those in other subnets than the first, and at the other site. */
function otherClients({ azure, site }: LabPlan) {
  return [
    ...azure.clients.slice(1).map(({ name, role, named }) => ({ place: `in ${name}`, role, named })),
    ...(site === undefined
      ? []
      : [{ place: `behind ${site.name}`, role: roles.siteClient, named: site.named }]),
  ];
}

function bucketAttempts({ name, policy, objects }: BucketPlan, own: string): Attempt[] {
  const from = roles.client;
  const writable = policy?.includes('"s3:PutObject"') === true;
  const get = (what: string, { key, content }: BucketPlan["objects"][number]): Attempt => ({
    name: `the reader gets ${what}`,
    ...{ from, command: `${own} cp s3://${name}/${key} -`, expects: content.trim() },
  });
  return [
    ...objects.map((object) => get(`the stack's own object ${object.key}`, object)),
    {
      name: `the reader lists ${name}`,
      ...{ from, command: `${own} ls s3://${name}/lab/`, expects: "hello.txt" },
    },
    get(`an object of ${name}`, labObject),
    {
      name: `the reader ${writable ? "puts" : "cannot put"} an object into ${name}`,
      ...{ from, command: `echo new | ${own} cp - s3://${name}/lab/new.txt && echo stored` },
      expects: writable ? "stored" : /AccessDenied/,
    },
  ];
}

async function judge({ lab, s3 }: Session, attempt: Attempt): Promise<Check> {
  const { name, from, command, expects } = attempt;
  const { reader } = lab.plan.storage;
  const credentials = {
    reader,
    "wrong secret": { ...reader, secretAccessKey: `${reader.secretAccessKey.slice(0, -1)}!` },
    none: undefined,
  }[attempt.credentials ?? "reader"];
  const authority = attempt.authority === "unknown" ? undefined : s3?.authority;
  const { code, stdout, stderr } = await runCli(lab.namespaces, {
    role: from,
    credentials,
    authority,
    command,
  });
  const [holds, found] =
    typeof expects === "string"
      ? [code === 0 && stdout.includes(expects), oneLine(code === 0 ? stdout : stderr)]
      : [code !== 0 && expects.test(stderr), oneLine(stderr) || `exit code ${code}`];
  return check(name, { holds, at: `${from}: ${command}`, found });
}
