import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { account } from "./place";

/** JSON as Azure Resource Manager answers it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * Azure Resource Manager over HTTPS (its SDK sends no token over plain HTTP), with the bodies of Microsoft's REST reference: a resource by its id, and the two
 * operations that it answers later (202 with a place to look at, then the result).
 * @see https://learn.microsoft.com/rest/api/network-gateway/
 */
export class AzureServer {
  /** Bodies by resource id, in lower case. */
  readonly resources = new Map<string, { [key: string]: Json }>();
  /** Results by operation name, in lower case: `getbgppeerstatus`; those of one gateway as `vpn-gateway/getbgppeerstatus`. */
  readonly operations = new Map<string, Json>();
  /** Results of operations that are answered at once, by name: `retrievebootdiagnosticsdata`. */
  readonly immediate = new Map<string, Json>();
  /** Texts in Azure's storage, by name; whoever has the address reads them. */
  readonly blobs = new Map<string, string>();
  /** Headers of those who read a blob. */
  readonly blobReaders: IncomingMessage["headers"][] = [];
  /** Actions that fail, and how; `*` stands for all. */
  readonly failing = new Map<string, { readonly status: number; readonly code: string }>();
  /** Actions as they were asked, in order, as role definitions name them. */
  readonly asked: string[] = [];
  url = "";

  private constructor(
    private readonly server: Server,
    readonly key: string,
    /** Its certificate, which a client must trust; for the names of AWS as well, whose server uses it too. */
    readonly certificate: string,
  ) {}

  static async start(): Promise<AzureServer> {
    const { key, certificate } = selfSigned();
    const server = createServer({ key, cert: certificate });
    const azure = new AzureServer(server, key, certificate);
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      request.resume();
      azure.answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    azure.url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return azure;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url ?? "/", this.url);
    const id = pathname.toLowerCase();
    const operation = id.slice(id.lastIndexOf("/") + 1);
    if (id.startsWith("/blobs/")) {
      this.blobReaders.push(request.headers);
      sendBlob(response, request, this.blobs.get(operation));
      return;
    }
    if (id.startsWith("/later/")) {
      const ofOne = this.operations.get(id.slice("/later/".length));
      send(response, 200, ofOne ?? this.operations.get(operation) ?? { value: [] });
      return;
    }
    const action = actionOf(request.method ?? "GET", pathname);
    this.asked.push(action);
    const failure = this.failing.get(action) ?? this.failing.get("*");
    if (failure !== undefined) {
      send(response, failure.status, errorBody(failure.code), { "retry-after": "0" });
    } else if (request.method === "POST" && this.immediate.has(operation)) {
      send(response, 200, this.immediate.get(operation));
    } else if (request.method === "POST") {
      const [name = ""] = id.split("/").slice(-2);
      const location = `${this.url}/later/${name}/${operation}`;
      send(response, 202, undefined, { location, "retry-after": "0" });
    } else {
      const body = this.resources.get(id);
      if (body === undefined) send(response, 404, errorBody("ResourceNotFound"));
      else send(response, 200, this.withSubnets(id, body));
    }
  }

  /** Azure answers a virtual network with all its subnets in it. */
  private withSubnets(id: string, body: { [key: string]: Json }): Json {
    if (!/\/virtualnetworks\/[^/]+$/.test(id)) return body;
    const subnets = [...this.resources].flatMap(([one, subnet]) =>
      one.startsWith(`${id}/subnets/`) ? [subnet] : [],
    );
    return { ...body, properties: { ...(body["properties"] as object), subnets } };
  }
}

function selfSigned(): { readonly key: string; readonly certificate: string } {
  const folder = mkdtempSync(path.join(tmpdir(), "azure-"));
  const [key, certificate] = [path.join(folder, "key.pem"), path.join(folder, "certificate.pem")];
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"];
  const zone = "ap-northeast-1.amazonaws.com";
  const amazons = ["*.amazonaws.com", `*.${zone}`, `*.s3.${zone}`, `*.s3-control.${zone}`];
  const all = ["localhost", `${account}.localhost`, ...amazons];
  const names = ["IP:127.0.0.1", ...all.map((one) => `DNS:${one}`)].join(",");
  const name = ["-subj", "/CN=127.0.0.1", "-addext", `subjectAltName=${names}`];
  try {
    execFileSync("openssl", ["req", "-x509", ...curve, ...name, "-keyout", key, "-out", certificate], {
      stdio: "ignore",
    });
    return { key: readFileSync(key, "utf8"), certificate: readFileSync(certificate, "utf8") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function send(response: ServerResponse, status: number, body: Json | undefined, headers = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(body === undefined ? "" : JSON.stringify(body));
}

/** @see https://learn.microsoft.com/rest/api/storageservices/get-blob */
function sendBlob(response: ServerResponse, request: IncomingMessage, text: string | undefined): void {
  if (text === undefined) {
    response.writeHead(404, { "x-ms-error-code": "BlobNotFound" });
    response.end();
    return;
  }
  const bytes = Buffer.from(text);
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? "0");
  const status = request.headers.range === undefined ? 200 : from < bytes.length ? 206 : 416;
  const part = status === 416 ? Buffer.alloc(0) : bytes.subarray(from);
  response.writeHead(status, { "content-type": "text/plain", "content-length": String(part.length) });
  response.end(request.method === "HEAD" ? undefined : part);
}

/** @see https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors */
function errorBody(code: string): Json {
  return { error: { code, message: `refused for a test: ${code}` } };
}

/** `Microsoft.Network/virtualNetworks/subnets/read` of a GET; of a POST its last part names the action. */
function actionOf(method: string, pathname: string): string {
  const [, rest = ""] = pathname.split("/providers/");
  const [namespace = "", ...parts] = rest.split("/");
  const types = parts.filter((_, index) => index % 2 === 0);
  if (method !== "POST") return `${namespace}/${types.join("/")}/read`;
  const [operation = ""] = types.slice(-1);
  return `${namespace}/${types.slice(0, -1).join("/")}/${operation.toLowerCase()}/action`;
}
