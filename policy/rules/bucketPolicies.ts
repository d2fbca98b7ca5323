import { meaningOf, type Passing, pastOneEndpoint, type Question } from "../meaning";
import { unless, type ResourceRule } from "../rule";
import { judgeDocument, type Statement } from "../statements";
import { text, type Props } from "../values";

type Judge = (statements: readonly Statement[], props: Props) => readonly string[];

function check(judge: Judge): ResourceRule["checks"] {
  return { "aws:s3/bucketPolicy:BucketPolicy": ({ props }) => judgeDocument(props, judge) };
}

/** Judges what the policy means; what cannot be evaluated passes no rule. */
function byMeaning(
  props: Props,
  judge: (passing: (question: Question) => readonly Passing[]) => readonly string[],
): readonly string[] {
  const meaning = meaningOf(props["policy"], text(props, "bucket") ?? "");
  return meaning.kind === "read"
    ? judge(meaning.passing)
    : [`${meaning.problem}; write it in a way that can be judged`];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html (enforce TLS) */
const needsTls: Judge = (_, props) =>
  byMeaning(props, (passing) =>
    unless(
      passing({ of: "Deny", secure: false }).length === 0,
      "the policy allows requests without TLS; add a Deny of s3:* to everyone on the bucket and its objects where aws:SecureTransport is false",
    ),
  );

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

const keepsDataInside: Judge = (statements, props) => {
  if (takesLogsOnly(statements)) return [];
  return byMeaning(props, (passing) =>
    unless(
      pastOneEndpoint(
        passing({ of: "Deny", secure: true }).filter(
          ({ named, call }) => named === "otherwise" && call.data.perimeter === "stops",
        ),
      ).length === 0,
      "the policy lets the account's administrators reach the data from anywhere; set perimeter to enforced",
    ),
  );
};

/** An Allow is not enough: inside one account an identity's own policy suffices to read. */
export const dataInsidePerimeter: ResourceRule = {
  kind: "resource",
  name: "data-inside-perimeter",
  description:
    "Outside development only principals that the policy names reach a bucket's data without its one endpoint; buckets for logs are left out.",
  development: "exempt",
  checks: check(keepsDataInside),
};

/** Whom it names may list, read and write data through the endpoint; whatever else S3 knows is not for readers. */
const limitsReaders: Judge = (_, props) =>
  byMeaning(props, (passing) => {
    const allowed = passing({ of: "all", secure: true });
    const outside = pastOneEndpoint(allowed);
    const [first] = [...outside, ...allowed.filter(({ call }) => call.data.givenBy === "never")];
    if (first === undefined) return [];
    const whom = "arn" in first.principal ? first.principal.arn : "anybody";
    const how = outside.length > 0 ? "without the one endpoint" : "which no reader needs";
    return [`the policy allows ${first.call.data.action} to ${whom}, ${how}; allow less`];
  });

export const limitedReaders: ResourceRule = {
  kind: "resource",
  name: "limited-readers",
  description:
    "A bucket's policy lets users and roles list, read, write and delete objects, through one endpoint, and nothing else.",
  checks: check(limitsReaders),
};
