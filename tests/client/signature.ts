import { createHash, createHmac } from "node:crypto";
import type { IncomingMessage } from "node:http";

type Request = Pick<IncomingMessage, "method" | "url" | "headers">;

export interface Signer {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/**
 * Whether a request without a body is signed as S3 wants it, or the code that S3 would answer.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function signatureProblem(request: Request, signer: Signer, now = Date.now()): string | undefined {
  const { authorization = "" } = request.headers;
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      authorization,
    );
  if (parts === null) return "AccessDenied";
  const [, credential = "", signedHeaders = "", signature = ""] = parts;
  const [accessKeyId = "", ...scope] = credential.split("/");
  if (accessKeyId !== signer.accessKeyId) return "InvalidAccessKeyId";
  const timestamp = header(request, "x-amz-date");
  const payload = header(request, "x-amz-content-sha256");
  if (scope.slice(1).join("/") !== `${signer.region}/s3/aws4_request`) return "AuthorizationHeaderMalformed";
  if (Math.abs(timeOf(timestamp) - now) > 15 * 60_000) return "RequestTimeTooSkewed";
  const signed = signedHeaders.split(";");
  if (
    payload === "" ||
    !["host", "x-amz-content-sha256", "x-amz-date"].every((name) => signed.includes(name))
  )
    return "InvalidRequest";
  const canonical = [
    request.method ?? "",
    ...pathAndQuery(request.url ?? "/"),
    ...signed.map((name) => `${name}:${header(request, name)}`),
    "",
    signedHeaders,
    payload,
  ].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", timestamp, scope.join("/"), sha256(canonical)].join("\n");
  const key = scope.reduce<Buffer | string>(
    (secret, part) => hmac(secret, part),
    `AWS4${signer.secretAccessKey}`,
  );
  return hmac(key, toSign).toString("hex") === signature ? undefined : "SignatureDoesNotMatch";
}

function header(request: Request, name: string): string {
  const value = request.headers[name];
  return (Array.isArray(value) ? value.join(",") : (value ?? "")).trim();
}

/** The path as it came, and the query sorted by name. */
function pathAndQuery(target: string): readonly [string, string] {
  const [path = "/", query = ""] = target.split("?");
  return [path, query.split("&").sort().join("&")];
}

/** `20260101T000000Z` in milliseconds. */
function timeOf(timestamp: string): number {
  return Date.parse(timestamp.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, "$1-$2-$3:$4:$5"));
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
