import { type IncomingMessage, request as forward, type ServerResponse } from "node:http";
import { createServer } from "node:https";
import { text } from "node:stream/consumers";
import { parsePolicy } from "../../../rehearsal/iam/document";
import { type Decision, evaluate, type Policies, type Principal } from "../../../rehearsal/iam/evaluator";
import { type Door, type DoorEvent, doorReady, type DoorSettings } from "./settings";
import { accessKeyOf, readS3Request } from "./request";

/**
 * A process of its own, in the namespace of the endpoint: TLS with the endpoint's names, the context that only the
 * endpoint can add, the policies; then the S3 server, which checks the signature.
 */
async function main(): Promise<void> {
  const settings = JSON.parse(await text(process.stdin)) as DoorSettings;
  const listening = settings.doors.flatMap((door) =>
    door.addresses.map((address) => open(settings, door, address)),
  );
  await Promise.all(listening);
  process.stdout.write(`${doorReady}\n`);
}

function open(settings: DoorSettings, door: Door, address: string): Promise<void> {
  const { key, certificate } = settings.certificate;
  const server = createServer({ key, cert: certificate, minVersion: "TLSv1.2" }, (request, response) => {
    answer(settings, door, request, response);
  });
  // Whoever announces a body and waits for leave to send it is answered before it does.
  server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
    answer(settings, door, request, response);
  });
  return new Promise((resolve) => {
    server.listen(443, address, resolve);
  });
}

function answer(
  settings: DoorSettings,
  door: Door,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { method = "GET", url: target = "/", headers } = request;
  const host = (headers.host ?? "").replace(/:\d+$/, "");
  const wanted = readS3Request({ method, host, target }, settings.baseHosts);
  const report = (event: Pick<DoorEvent, "by" | "status" | "because">): void => {
    const line: DoorEvent = { door: door.name, method, target, action: wanted?.action, ...event };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  };
  const refuse = (because: string): void => {
    report({ by: "door", status: 403, because });
    request.resume();
    response.writeHead(403, { "content-type": "application/xml", connection: "close" });
    response.end("<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>");
  };
  if (wanted === undefined) {
    refuse("the lab knows no such request");
    return;
  }
  const decision = decide(settings, door, wanted, accessKeyOf(headers.authorization, target));
  if (!decision.allowed) {
    refuse(decision.because);
    return;
  }
  if (headers.expect !== undefined) response.writeContinue();
  const forwarded = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== "expect"));
  const upstream = forward(
    { socketPath: settings.server, method, path: target, headers: forwarded },
    (reply) => {
      report({ by: "server", status: reply.statusCode ?? 0, because: decision.because });
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    },
  );
  upstream.on("error", (reason) => {
    report({ by: "server", status: 503, because: reason.message });
    if (!response.headersSent) response.writeHead(503);
    response.end();
  });
  request.pipe(upstream);
}

/** A key that nobody owns is the server's to refuse: who it stands for, no policy can say. */
function decide(
  settings: DoorSettings,
  door: Door,
  wanted: { readonly bucket: string | undefined; readonly action: string; readonly resource: string },
  accessKey: string | undefined,
): Decision {
  const arn = accessKey === undefined ? undefined : settings.users[accessKey];
  if (accessKey !== undefined && arn === undefined) {
    return { allowed: true, sid: undefined, because: "the key is not known: the server decides" };
  }
  const principal: Principal =
    arn === undefined ? { kind: "anonymous" } : { kind: "user", arn, accountId: settings.accountId };
  const bucketPolicy = settings.bucketPolicies[wanted.bucket ?? ""];
  const endpointPolicy = door.endpoint?.policy;
  const policies: Policies = {
    bucket: bucketPolicy === undefined ? undefined : parsePolicy("bucket", bucketPolicy),
    endpoint: endpointPolicy === undefined ? undefined : parsePolicy("endpoint", endpointPolicy),
    identity: [],
  };
  return evaluate(policies, {
    principal,
    action: wanted.action,
    resource: wanted.resource,
    ownerAccountId: settings.accountId,
    secureTransport: true,
    through: door.endpoint,
  });
}

void main();
