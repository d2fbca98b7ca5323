import type { Check, ResourceRule } from "../rule";
import { statementsOf, type Statement } from "../statements";
import { text } from "../values";

const bucketPolicy = "aws:s3/bucketPolicy:BucketPolicy";
const noDocument = "policy is no policy document; give it JSON with at least one statement";

/** Only this condition may stand in it: with another one, some plain requests would pass. */
const deniesPlainRequests = (statement: Statement): boolean => {
  const [condition, second] = statement.conditions;
  return (
    second === undefined &&
    condition?.operator === "Bool" &&
    condition.key === "aws:securetransport" &&
    condition.values.join() === "false"
  );
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html (enforce TLS) */
const speaksTlsOnly: Check = ({ props }) => {
  const statements = statementsOf(props["policy"]);
  if (statements === undefined) return [noDocument];
  const denied = statements
    .filter((s) => s.effect === "Deny" && isEveryone(s) && doesEverything(s) && !s.exceptResources)
    .filter(deniesPlainRequests)
    .flatMap((s) => s.resources);
  const name = text(props, "bucket") ?? "";
  const covered = denied.includes("*") || [name, `${name}/*`].every((part) => endsIn(denied, part));
  return covered
    ? []
    : [
        "the policy lets requests without TLS in; add a Deny of s3:* to everyone on the bucket and its objects where aws:SecureTransport is false",
      ];
};

export const tlsOnlyBuckets: ResourceRule = {
  kind: "resource",
  name: "tls-only-buckets",
  description: "Every bucket's policy refuses requests without TLS.",
  development: "as strict",
  checks: { [bucketPolicy]: speaksTlsOnly },
};

/** `Allow` with `NotPrincipal` means everybody else, which nobody can list. */
const namesWhomItAllows: Check = ({ props }) => {
  const statements = statementsOf(props["policy"]);
  if (statements === undefined) return [noDocument];
  return statements
    .filter((s) => s.effect === "Allow" && (s.exceptPrincipals || s.principals.some((p) => p.includes("*"))))
    .map(
      (s) =>
        `the policy allows ${s.actions.join(", ")} to ${s.exceptPrincipals ? "everyone but a few" : s.principals.join(", ")}; name the principals`,
    );
};

export const namedPrincipals: ResourceRule = {
  kind: "resource",
  name: "named-principals",
  description: "A bucket's policy names everyone whom it allows something.",
  development: "as strict",
  checks: { [bucketPolicy]: namesWhomItAllows },
};

/** What AWS says along with a call that one of its services makes for somebody. */
const sourceKeys = ["aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths"];
const positive = ["StringEquals", "StringLike", "ArnEquals", "ArnLike", "ForAnyValue:StringLike"];

const isService = (principal: string): boolean => /\.amazonaws\.com(\.cn)?$/.test(principal);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
const knowsWhomServicesServe: Check = ({ props }) => {
  const statements = statementsOf(props["policy"]);
  if (statements === undefined) return [noDocument];
  return statements
    .filter((s) => s.effect === "Allow" && s.principals.some(isService) && !namesSource(s))
    .map(
      (s) =>
        `the policy allows ${s.actions.join(", ")} to ${s.principals.filter(isService).join(", ")} for any customer of AWS; name the account in a condition on aws:SourceAccount`,
    );
};

const namesSource = (statement: Statement): boolean =>
  statement.conditions.some(
    ({ operator, key, values }) =>
      positive.includes(operator) &&
      sourceKeys.includes(key) &&
      values.every((value) => !/^\*?$/.test(value)),
  );

export const confinedServices: ResourceRule = {
  kind: "resource",
  name: "confined-services",
  description:
    "A bucket's policy lets AWS's services in for the account's own sake only, not for a stranger's.",
  development: "as strict",
  checks: { [bucketPolicy]: knowsWhomServicesServe },
};

/** Only these may be let into a bucket that holds no data but logs. */
const logServices = ["delivery.logs.amazonaws.com", "logging.s3.amazonaws.com"];

/** Its policy lets services put logs, and nobody anything else: what it holds is nobody's data. */
const takesLogsOnly = (statements: readonly Statement[]): boolean => {
  const allowed = statements.filter((s) => s.effect === "Allow");
  return (
    allowed.some((s) => s.actions.includes("s3:PutObject")) &&
    allowed.every(
      (s) =>
        !s.exceptPrincipals &&
        !s.exceptActions &&
        s.principals.length > 0 &&
        s.principals.every((principal) => logServices.includes(principal)) &&
        s.actions.every((action) => ["s3:PutObject", "s3:GetBucketAcl", "s3:ListBucket"].includes(action)),
    )
  );
};

const reading = ["s3:GetObject", "s3:GetObjectVersion"];

const keepsDataInside: Check = ({ props }) => {
  const statements = statementsOf(props["policy"]);
  if (statements === undefined) return [noDocument];
  if (takesLogsOnly(statements)) return [];
  const name = text(props, "bucket") ?? "";
  const inside = statements.some(
    (s) =>
      s.effect === "Deny" &&
      isEveryone(s) &&
      !s.exceptActions &&
      reading.every((action) => s.actions.some((pattern) => matches(pattern, action))) &&
      (s.resources.includes("*") || endsIn(s.resources, `${name}/*`)) &&
      s.conditions.some((c) => c.operator === "StringNotEquals" && c.key === "aws:sourcevpce"),
  );
  return inside
    ? []
    : ["the policy lets the account's administrators read the data from anywhere; set perimeter to enforced"];
};

/** An Allow is no perimeter: inside one account an identity's own policy suffices. */
export const dataInsidePerimeter: ResourceRule = {
  kind: "resource",
  name: "data-inside-perimeter",
  description:
    "Outside development nobody but the exempt reads a bucket's objects past the endpoint; logs are no such objects.",
  development: "let off",
  checks: { [bucketPolicy]: keepsDataInside },
};

function isEveryone(statement: Statement): boolean {
  return !statement.exceptPrincipals && statement.principals.includes("*");
}

function doesEverything(statement: Statement): boolean {
  return !statement.exceptActions && statement.actions.some((action) => ["*", "s3:*"].includes(action));
}

function endsIn(arns: readonly string[], part: string): boolean {
  return arns.some((arn) => arn.endsWith(`:::${part}`));
}

function matches(pattern: string, action: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "i").test(action);
}
