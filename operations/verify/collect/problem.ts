import type { Problem, ProblemKind } from "../facts/answer";

/** What the SDKs throw, as far as it is read here. */
interface Thrown {
  readonly name?: string;
  readonly code?: string | number;
  readonly Code?: string;
  readonly message?: string;
  readonly statusCode?: number;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly cause?: unknown;
}

/** The error codes of each kind, as both clouds' SDKs name them; an error's most telling name decides. */
const codes: Readonly<Record<Exclude<ProblemKind, "other"> | "expired" | "absent", RegExp>> = {
  absent: /^(CredentialsProviderError|CredentialUnavailableError|AggregateAuthenticationError)$/,
  expired: /^(ExpiredToken(Exception)?|RequestExpired|TokenRefreshRequired|ExpiredAuthenticationToken)$/,
  credentials:
    /^(InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|AuthFailure|SignatureDoesNotMatch|InvalidToken|InvalidAuthenticationToken\w*|AuthenticationFailed|AuthenticationError|AuthenticationRequiredError|AccessKeyMetadata)$/,
  permission:
    /^(UnauthorizedOperation|AccessDenied(Exception)?|AuthorizationFailed|LinkedAuthorizationFailed|Forbidden)$/,
  throttled:
    /^(Throttling\w*|RequestLimitExceeded|TooManyRequests\w*|SlowDown|RequestThrottled\w*|OperationThrottled|SubscriptionRequestsThrottled)$/,
  network:
    /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|TimeoutError|NetworkingError|REQUEST_SEND_ERROR|CERT_\w+|\w*SELF_SIGNED\w*)$/,
  gone: /(\.NotFound$|^NoSuch|^NotFound$|^ResourceNotFound$|^ResourceGroupNotFound$|^NoSuchEntity|NotFoundError$|^InvalidVpnConnectionID|^ParentResourceNotFound$)/,
};

const byStatus: Readonly<Record<number, string>> = {
  401: "ExpiredToken",
  403: "AccessDenied",
  404: "NotFound",
  429: "Throttling",
};

/** What an SDK's error means. Its message is shown only where no kind is known, cut and without secrets. */
export function problemOf(error: unknown, permission: string): Problem {
  const names = namesOf(error);
  const kind = names.map(kindOf).find((found) => found !== undefined) ?? "other";
  const cloud = permission.startsWith("Microsoft.") ? "Azure" : "AWS";
  const code = names.at(0) ?? "Error";
  switch (kind) {
    case "absent":
      return { kind: "credentials", says: `there are no ${cloud} credentials; ${signIn[cloud]}` };
    case "expired":
      return { kind: "credentials", says: `the ${cloud} credentials have expired; ${signIn[cloud]}` };
    case "credentials":
      return { kind, says: `${cloud} does not accept the credentials (${code}); ${signIn[cloud]}` };
    case "permission":
      return {
        kind,
        says: `permission ${permission} is missing; docs/permissions has all that verify needs`,
      };
    case "throttled":
      return {
        kind,
        says: `${cloud} throttles the calls even after retries (${code}); try again in a minute`,
      };
    case "network":
      return {
        kind,
        says: `${cloud} cannot be reached from here (${code}); check the network, the proxy and any endpoint set in the environment`,
      };
    case "gone":
      return { kind, says: `${cloud} has no such thing (${code})` };
    case "other":
      return { kind, says: `${cloud} answered ${permission} with ${code}: ${firstLine(error)}` };
  }
}

function kindOf(name: string) {
  return (Object.keys(codes) as (keyof typeof codes)[]).find((kind) => codes[kind].test(name));
}

const signIn = {
  AWS: "sign in as with the AWS CLI: AWS_PROFILE, aws sso login, or AWS_ACCESS_KEY_ID and its secret",
  Azure: "sign in with az login, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET",
} as const;

/** All names that an error and its causes go by, the most telling first. */
function namesOf(error: unknown, depth = 0): readonly string[] {
  if (typeof error !== "object" || error === null || depth > 3) return [];
  const { name, code, Code, $metadata, statusCode, cause, message } = error as Thrown;
  const status = $metadata?.httpStatusCode ?? statusCode;
  const plain = [Code, code, name].filter(
    (text): text is string =>
      typeof text === "string" && !["Error", "RestError", "Unknown", "UnknownError"].includes(text),
  );
  // Only the message shows that a single sign-on session has ended.
  const session = /session.{0,80}(has expired|is invalid)|token is expired/i.test(message ?? "")
    ? ["ExpiredToken"]
    : [];
  const told = status === undefined ? [] : [byStatus[status] ?? ""].filter((text) => text !== "");
  const all = [...session, ...plain, ...namesOf(cause, depth + 1)];
  // An error's own code says more than the status it came with.
  return [...all, ...told];
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : "no message";
  return redact(message.split("\n", 1)[0] ?? "").slice(0, 300);
}

/** Without anything that looks like a key or a token: 32 and more characters of their alphabet in both cases. */
export function redact(text: string): string {
  return text.replace(/[A-Za-z0-9+/=_~.-]{32,}/g, (word) =>
    /[a-z]/.test(word) && /[A-Z]/.test(word) ? "[hidden]" : word,
  );
}
