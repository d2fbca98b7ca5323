import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { answerEc2 } from "./ec2Wire";
import type { AwsVpn } from "./awsVpn";
import type { Moto } from "./moto";

/** What the S3 data plane says to the reader. */
export type Door = "open" | "denied" | "cut";

/**
 * AWS over HTTP: moto answers, save for what it cannot do. Two doors lead in, as in the world: the public address and
 * the endpoint. The reader's key opens each only as `doors` says, for moto does not evaluate bucket policies.
 */
export class AwsServer {
  vpn: AwsVpn = { connections: [] };
  doors: { public: Door; endpoint: Door } = { public: "denied", endpoint: "open" };
  /** Access key ids that the doors hold for. */
  readerKeyId = "";
  /** Ids of gateways that propagate into every route table. */
  propagating: readonly string[] = [];
  /** Actions that fail for everybody but the reader, and how; `*` stands for all. */
  readonly failing = new Map<string, { readonly status: number; readonly code: string }>();
  /** How many more of them fail before all is well. */
  failures = Infinity;
  /** Changes to moto's answers, by action. */
  readonly tampers = new Map<string, (text: string) => string>();
  /** Access keys that AWS does not know. */
  unknownKeyIds: readonly string[] = [];
  /** IAM actions as everybody but the reader asked for them, in order. */
  readonly asked: string[] = [];
  private readonly servers: Server[] = [];
  publicUrl = "";
  /** The public address by TLS. */
  secureUrl = "";
  endpointUrl = "";

  private constructor(
    private moto: Moto,
    private changeable = () => Promise.resolve(moto),
  ) {}

  static async start(
    moto: Moto,
    tls: { readonly key: string; readonly certificate: string },
  ): Promise<AwsServer> {
    const aws = new AwsServer(moto);
    aws.publicUrl = `http://127.0.0.1:${await aws.listen("public", createServer())}`;
    aws.endpointUrl = `http://localhost:${await aws.listen("endpoint", createServer())}`;
    const secure = createSecureServer({ key: tls.key, cert: tls.certificate });
    aws.secureUrl = `https://127.0.0.1:${await aws.listen("public", secure)}`;
    return aws;
  }

  /** This moto answers from now on, and after a first change another: tests that only read share one. */
  serve(moto: Moto, changeable: () => Promise<Moto>): void {
    this.moto = moto;
    this.changeable = changeable;
  }

  stop(): void {
    for (const server of this.servers) {
      server.closeAllConnections();
      server.close();
    }
  }

  /** Answers the port. */
  private listen(door: keyof AwsServer["doors"], server: Server): Promise<number> {
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      void this.answer(door, request, response);
    });
    this.servers.push(server);
    return new Promise((resolve) => {
      server.listen(0, "127.0.0.1", () => {
        resolve((server.address() as AddressInfo).port);
      });
    });
  }

  private async answer(
    door: keyof AwsServer["doors"],
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { service, keyId } = credentialOf(request);
    const action = actionOf(service, request, body);
    if (keyId !== this.readerKeyId) this.asked.push(action);
    const failure = this.failing.get(action) ?? this.failing.get("*");
    if (failure !== undefined && keyId !== this.readerKeyId && this.failures-- > 0) {
      refuse(response, service, failure.status, failure.code);
      return;
    }
    if (this.unknownKeyIds.includes(keyId)) {
      refuse(response, service, 403, service === "s3" ? "InvalidAccessKeyId" : "InvalidClientTokenId");
      return;
    }
    const shut = service === "s3" && keyId === this.readerKeyId ? this.doors[door] : "open";
    if (shut === "denied") {
      refuse(response, service, 403, "AccessDenied");
      return;
    }
    if (shut === "cut") {
      response.destroy();
      return;
    }
    if (action === "s3:GetObject" && keyId === this.readerKeyId) {
      // moto evaluates a part of the bucket's policy by itself, and knows no endpoints.
      response.writeHead(200, { "content-type": "text/plain" }).end("H");
      return;
    }
    if (action === "s3:GetBucketMetadataTableConfiguration" && !this.tampers.has(action)) {
      // moto has no such thing, and lists the bucket.
      refuse(response, service, 404, "MetadataConfigurationNotFound");
      return;
    }
    const own = service === "ec2" ? answerEc2(this.vpn, new URLSearchParams(body.toString())) : undefined;
    if (own !== undefined) {
      response.writeHead(200, { "content-type": "text/xml" }).end(own);
      return;
    }
    await this.pass({ service, action }, request, body, response);
  }

  private async pass(
    { service, action }: { readonly service: string; readonly action: string },
    request: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ): Promise<void> {
    const reads = service === "s3" ? request.method === "GET" : /:(Describe|Get|List)/.test(action);
    if (!reads) this.moto = await this.changeable();
    const { method = "GET", url = "/" } = request;
    const passed = {
      method,
      headers: headersOf(request),
      ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
    };
    // Its own region and day are in the scope of a key; the signature would be another each second.
    const scope = /Credential=([^,]+)/.exec(request.headers.authorization ?? "")?.[1];
    const question = [scope, action, method, request.headers.host, url, body].join("\n");
    const answer = reads ? this.moto.read(question, url, passed) : this.moto.change(url, passed);
    const { status: answered, headers, bytes } = await answer;
    const tamper = this.tampers.get(action) ?? ((text: string) => text);
    const isText = jsonServices.includes(service) || /xml/.test(headers.get("content-type") ?? "");
    const right = this.mend(bytes.toString());
    const given = isText ? tamper(right) : right;
    // What a test puts in place of an error is no error.
    const status = given === right || given.includes("<Error>") ? answered : 200;
    response.writeHead(status, [...headers]).end(isText ? given : bytes);
  }

  /**
   * What moto has otherwise than AWS: the endpoint's names, propagating gateways, and a topic's subscriptions, of which it
   * counts none. Here one has confirmed.
   */
  private mend(xml: string): string {
    const gateways = this.propagating.map((id) => `<item><gatewayId>${id}</gatewayId></item>`).join("");
    return xml
      .replace(/(?<=<key>SubscriptionsConfirmed<\/key>\s*<value>)0/, "1")
      .replace(/<dnsName>vpce-[^<]*<\/dnsName>/g, "<dnsName>*.localhost</dnsName>")
      .replace(/<propagatingVgwSet\s*\/>|<propagatingVgwSet>[\s\S]*?<\/propagatingVgwSet>/g, "")
      .replace(/<routeSet/g, `<propagatingVgwSet>${gateways}</propagatingVgwSet><routeSet`);
  }
}

/** Those of AWS's services here that speak JSON. */
const jsonServices: readonly string[] = ["cloudtrail", "events"];

/** Those that are not about the connection. */
function headersOf(request: IncomingMessage): [string, string][] {
  return Object.entries(request.headers)
    .filter(
      ([name]) => !["host", "connection", "content-length", "expect", "transfer-encoding"].includes(name),
    )
    .map(([name, value]) => [name, String(value)]);
}

function credentialOf(request: IncomingMessage): { readonly service: string; readonly keyId: string } {
  const [, keyId = "", service = ""] =
    /Credential=([^/]+)\/[^/]+\/[^/]+\/([^/]+)\//.exec(request.headers.authorization ?? "") ?? [];
  return { service: service === "monitoring" ? "cloudwatch" : service, keyId };
}

/** S3's actions by method and sub-resource. @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
const s3Actions: Readonly<Record<string, string>> = {
  location: "GetBucketLocation",
  policy: "GetBucketPolicy",
  publicAccessBlock: "GetBucketPublicAccessBlock",
  encryption: "GetEncryptionConfiguration",
  versioning: "GetBucketVersioning",
  ownershipControls: "GetBucketOwnershipControls",
  lifecycle: "GetLifecycleConfiguration",
  logging: "GetBucketLogging",
  replication: "GetReplicationConfiguration",
  inventory: "GetInventoryConfiguration",
  metadataConfiguration: "GetBucketMetadataTableConfiguration",
  notification: "GetBucketNotification",
  "object-lock": "GetBucketObjectLockConfiguration",
  "list-type": "ListBucket",
};

function actionOf(service: string, request: IncomingMessage, body: Buffer): string {
  if (service === "s3") {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    if (/^\/v\d+\/accesspoint$/.test(pathname)) return "s3:ListAccessPoints";
    const known = Object.keys(s3Actions).find((name) => searchParams.has(name));
    return `s3:${known === undefined ? "GetObject" : String(s3Actions[known])}`;
  }
  const rpc = /\/operation\/(\w+)/.exec(request.url ?? "")?.[1];
  const target = request.headers["x-amz-target"]?.toString().split(".").at(-1);
  return `${service}:${rpc ?? target ?? new URLSearchParams(body.toString()).get("Action") ?? "?"}`;
}

/** Each protocol's own form of an error. */
function refuse(response: ServerResponse, service: string, status: number, code: string): void {
  const message = `refused for a test: ${code}`;
  const forms: Readonly<Record<string, string>> = {
    ec2: `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>1</RequestID></Response>`,
    s3: `<Error><Code>${code}</Code><Message>${message}</Message><RequestId>1</RequestId></Error>`,
  };
  if (jsonServices.includes(service)) {
    response
      .writeHead(status, { "content-type": "application/x-amz-json-1.1" })
      .end(JSON.stringify({ __type: code, message }));
    return;
  }
  const query = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`;
  response.writeHead(status, { "content-type": "text/xml" }).end(forms[service] ?? query);
}
