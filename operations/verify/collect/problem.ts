import type { NetworkProblem, Problem, ProblemKind } from "../facts/answer";

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
  name: /^(ENOTFOUND|EAI_\w+)$/,
  refused: /^ECONNREFUSED$/,
  timeout: /^(E(SOCKET)?TIMEDOUT|TimeoutError)$/,
  tls: /^(CERT_\w+|\w*SELF_SIGNED\w*|UNABLE_TO_\w+|ERR_TLS_\w+|ERR_SSL_\w+|HOSTNAME_MISMATCH|EPROTO)$/,
  proxy: /^(ProxyRefused|ProxyAuthenticationRequired|BadGateway)$/,
  network: /^(ECONNRESET|EHOSTUNREACH|ENETUNREACH|EPIPE|NetworkingError|REQUEST_SEND_ERROR)$/,
  gone: /(\.NotFound$|^NoSuch|^NotFound$|^ResourceNotFound$|^ResourceGroupNotFound$|^NoSuchEntity|NotFound(Error|Exception)$|^InvalidVpnConnectionID|^ParentResourceNotFound$)/,
};

const byStatus: Readonly<Record<number, string>> = {
  401: "ExpiredToken",
  403: "AccessDenied",
  404: "NotFound",
  // Neither cloud answers with one of these and no code of its own.
  407: "ProxyAuthenticationRequired",
  502: "BadGateway",
  429: "Throttling",
};

/** What an SDK's error means. Its message is shown only where no kind is known, cut and without secrets. */
export function problemOf(error: unknown, permission: string): Problem {
  const names = namesOf(error);
  const kinds = names.map(kindOf).filter((found) => found !== undefined);
  // A cause often says more than that nothing could be sent.
  const kind = kinds.find((found) => found !== "network") ?? kinds[0] ?? "other";
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
        says: `permission ${permission} is missing; docs/permissions has all that it takes`,
      };
    case "throttled":
      return {
        kind,
        says: `${cloud} throttles the calls even after retries (${code}); try again in a minute`,
      };
    case "name":
    case "refused":
    case "timeout":
    case "tls":
    case "network":
      return { kind, says: `${cloud} cannot be reached from here: ${reasons[kind]} (${code})` };
    case "proxy":
      return {
        kind,
        says: `a proxy or a firewall answered in place of ${cloud} (${code}); check HTTPS_PROXY and NO_PROXY, and what it lets through`,
      };
    case "gone":
      return { kind, says: `${cloud} has no such thing (${code})` };
    case "other":
      return { kind, says: `${cloud} answered ${permission} with ${code}: ${firstLine(error)}` };
  }
}

/** What happened, and what to do. */
const reasons: Readonly<Record<NetworkProblem, string>> = {
  name: "its name does not resolve; check the DNS servers of this machine and any endpoint set in the environment",
  refused: "the connection is refused; check the firewall, the proxy and any endpoint set in the environment",
  timeout:
    "no answer in time; check the way to the internet, or set HTTPS_PROXY where only a proxy leads there",
  tls: "TLS fails; where a proxy opens connections, put its certificate into NODE_EXTRA_CA_CERTS",
  network: "the connection broke off or found no way; check the network and try again",
};

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
