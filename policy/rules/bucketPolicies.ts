import { unless, type ResourceRule } from "../rule";
import { judgeDocument, type Statement } from "../statements";
import { text, type Props } from "../values";

type Judge = (statements: readonly Statement[], props: Props) => readonly string[];

function check(judge: Judge): ResourceRule["checks"] {
  return { "aws:s3/bucketPolicy:BucketPolicy": ({ props }) => judgeDocument(props, judge) };
}

/** It must be the only condition: with a second one, some requests without TLS would pass. */
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
const needsTls: Judge = (statements, props) => {
  const denied = statements
    .filter((s) => s.effect === "Deny" && isEveryone(s) && doesEverything(s) && !s.exceptResources)
    .filter(deniesPlainRequests)
    .flatMap((s) => s.resources);
  const name = text(props, "bucket") ?? "";
  return unless(
    denied.includes("*") || [name, `${name}/*`].every((part) => endsIn(denied, part)),
    "the policy allows requests without TLS; add a Deny of s3:* to everyone on the bucket and its objects where aws:SecureTransport is false",
  );
};

export const tlsOnlyBuckets: ResourceRule = {
  kind: "resource",
  name: "tls-only-buckets",
  description: "Every bucket's policy denies requests without TLS.",
  checks: check(needsTls),
};

/** `Allow` with `NotPrincipal` means everybody else, and nobody can list those. */
const namesPrincipals: Judge = (statements) =>
  statements
    .filter((s) => s.effect === "Allow" && (s.exceptPrincipals || s.principals.some((p) => p.includes("*"))))
    .map(
      (s) =>
        `the policy allows ${s.actions.join(", ")} to ${s.exceptPrincipals ? "everyone but a few" : s.principals.join(", ")}; name the principals`,
    );

export const namedPrincipals: ResourceRule = {
  kind: "resource",
  name: "named-principals",
  description: "A bucket's policy names every principal that it allows anything.",
  checks: check(namesPrincipals),
};

/** The customer for whom an AWS service makes a call. */
const sourceKeys = ["aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths"];
const positive = ["StringEquals", "StringLike", "ArnEquals", "ArnLike", "ForAnyValue:StringLike"];

const isService = (principal: string): boolean => /\.amazonaws\.com(\.cn)?$/.test(principal);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
const confinesServices: Judge = (statements) =>
  statements
    .filter((s) => s.effect === "Allow" && s.principals.some(isService) && !namesSource(s))
    .map(
      (s) =>
        `the policy allows ${s.actions.join(", ")} to ${s.principals.filter(isService).join(", ")} for any customer of AWS; name the account in a condition on aws:SourceAccount`,
    );

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
    "A bucket's policy allows AWS services to act for its own account only, not for other customers of AWS.",
  checks: check(confinesServices),
};

/** Only these may write to a bucket for logs. */
const logServices = ["delivery.logs.amazonaws.com", "logging.s3.amazonaws.com"];

/** Its policy lets services write logs and nobody do anything else, so it holds no other data. */
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

const keepsDataInside: Judge = (statements, props) => {
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
  return unless(
    inside,
    "the policy lets the account's administrators read the data from anywhere; set perimeter to enforced",
  );
};

/** An Allow is not enough: inside one account an identity's own policy suffices to read. */
export const dataInsidePerimeter: ResourceRule = {
  kind: "resource",
  name: "data-inside-perimeter",
  description:
    "Outside development only exempt principals read a bucket's objects without the endpoint; buckets for logs are left out.",
  development: "exempt",
  checks: check(keepsDataInside),
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
