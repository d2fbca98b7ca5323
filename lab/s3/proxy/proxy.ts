import { type IncomingMessage, request as forward, type ServerResponse } from "node:http";
import { createServer } from "node:https";
import { buffer, text } from "node:stream/consumers";
import { parsePolicy } from "../../../rehearsal/iam/document";
import { evaluate, type Principal } from "../../../rehearsal/iam/evaluator";
import { accessKeyOf, readS3Request, type S3Request } from "./request";
import { type Listener, proxyReady, type ProxySettings } from "./settings";

/**
 * A process of its own, in the namespace of the endpoint: TLS with the endpoint's names, the context that only the
 * endpoint can add, the policies; then the S3 server, which checks the signature.
 */
async function main(): Promise<void> {
  const settings = JSON.parse(await text(process.stdin)) as ProxySettings;
  await Promise.all(
    settings.listeners.flatMap((listener) =>
      listener.addresses.map((address) => listen(settings, listener, address)),
    ),
  );
  process.stdout.write(`${proxyReady}\n`);
}

function listen(settings: ProxySettings, listener: Listener, address: string): Promise<void> {
  const { key, certificate } = settings.certificate;
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    answer(settings, listener, request, response);
  };
  const server = createServer({ key, cert: certificate, minVersion: "TLSv1.2" }, onRequest);
  // A client that waits with its body for permission gets its answer before it sends it.
  server.on("checkContinue", onRequest);
  return new Promise((resolve) => {
    server.listen(443, address, resolve);
  });
}

function answer(
  settings: ProxySettings,
  listener: Listener,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { method = "GET", url: target = "/", headers } = request;
  const host = (headers.host ?? "").replace(/:\d+$/, "");
  const wanted = readS3Request({ method, host, target }, settings.baseHosts);
  if (
    wanted === undefined ||
    !isAllowed(settings, listener, wanted, accessKeyOf(headers.authorization, target))
  ) {
    request.resume();
    response.writeHead(403, { "content-type": "application/xml", connection: "close" });
    response.end("<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>");
    return;
  }
  if (headers.expect !== undefined) response.writeContinue();
  const forwarded = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== "expect"));
  const upstream = forward(
    { socketPath: settings.server, method, path: target, headers: forwarded },
    (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    },
  );
  const fail = ({ message }: Error): void => {
    if (!response.headersSent) response.writeHead(503, { "content-type": "application/xml" });
    response.end(`<Error><Code>ServiceUnavailable</Code><Message>${message}</Message></Error>`);
  };
  upstream.on("error", fail);
  // In one piece with its head: the server closes some connections whose body arrives after it.
  buffer(request).then((body) => upstream.end(body), fail);
}

/** An unknown key passes: no policy applies to it, and the server refuses it. */
function isAllowed(
  settings: ProxySettings,
  listener: Listener,
  { bucket, action, resource }: S3Request,
  accessKey: string | undefined,
): boolean {
  const { accountId } = settings;
  const arn = accessKey === undefined ? undefined : settings.users[accessKey];
  if (accessKey !== undefined && arn === undefined) return true;
  const principal: Principal = arn === undefined ? { kind: "anonymous" } : { kind: "user", arn, accountId };
  const parsed = (kind: "bucket" | "endpoint", policy: string | undefined) =>
    policy === undefined ? undefined : parsePolicy(kind, policy);
  const policies = {
    bucket: parsed("bucket", settings.bucketPolicies[bucket ?? ""]),
    endpoint: parsed("endpoint", listener.endpoint?.policy),
    identity: [],
  };
  const through = listener.endpoint;
  return evaluate(policies, {
    ...{ principal, action, resource, ownerAccountId: accountId, secureTransport: true, through },
  }).allowed;
}

void main();
