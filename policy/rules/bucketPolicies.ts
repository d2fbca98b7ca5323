import { bucketMeaning, inWords, type Passing, pastOneEndpoint, type Question } from "../meaning";
import { unless, type ResourceRule } from "../rule";
import { text } from "../values";

/** Judges what the policy means; what cannot be evaluated passes no rule. */
function check(
  judge: (passing: (question: Question) => readonly Passing[]) => readonly string[],
): ResourceRule["checks"] {
  return {
    "aws:s3/bucketPolicy:BucketPolicy": ({ props }) => {
      const meaning = bucketMeaning(props["policy"], text(props, "bucket") ?? "");
      return meaning.kind === "read"
        ? judge(meaning.passing)
        : [`${meaning.problem}; write it in a way that can be judged`];
    },
  };
}

const everything = { of: "all", secure: true } as const;

const isService = ({ principal }: Passing): boolean => principal.kind === "service";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html (enforce TLS) */
export const tlsOnlyBuckets: ResourceRule = {
  kind: "resource",
  name: "tls-only-buckets",
  description: "Every bucket's policy denies requests without TLS.",
  checks: check((passing) =>
    unless(
      passing({ of: "Deny", secure: false }).length === 0,
      "the policy allows requests without TLS; add a Deny of s3:* to everyone on the bucket and its objects where aws:SecureTransport is false",
    ),
  ),
};

export const namedPrincipals: ResourceRule = {
  kind: "resource",
  name: "named-principals",
  description: "A bucket's policy names every user, role, account and service that it allows anything.",
  checks: check((passing) => {
    const unnamed = passing(everything).filter(({ named }) => named === "otherwise");
    const { actions, whom } = inWords(unnamed);
    return unless(unnamed.length === 0, `the policy allows ${actions} to ${whom}; name the principals`);
  }),
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
export const confinedServices: ResourceRule = {
  kind: "resource",
  name: "confined-services",
  description:
    "A bucket's policy allows AWS services to act for its own account only, not for other customers of AWS.",
  checks: check((passing) => {
    const forAnybody = passing(everything).filter(
      ({ named, customer }) => named === "by name" && customer === "otherwise",
    );
    const { actions, whom } = inWords(forAnybody);
    return unless(
      forAnybody.length === 0,
      `the policy allows ${actions} to ${whom} for any customer of AWS; name the account in a condition on aws:SourceAccount`,
    );
  }),
};

/** Only these may write to a bucket for logs, and what they need for it. */
const logServices = ["delivery.logs.amazonaws.com", "logging.s3.amazonaws.com", "cloudtrail.amazonaws.com"];
const logActions = ["s3:PutObject", "s3:GetBucketAcl", "s3:ListBucket"];

/** Its policy lets services write logs and nobody do anything else, so it holds no other data. */
function takesLogsOnly(allowed: readonly Passing[]): boolean {
  const actions = allowed.flatMap(({ call }) => [call.data.action, ...call.alike]);
  return (
    actions.includes("s3:PutObject") &&
    actions.every((action) => logActions.includes(action)) &&
    allowed.every(({ principal }) => principal.kind === "service" && logServices.includes(principal.name))
  );
}

/** An Allow is not enough: inside one account an identity's own policy suffices to read. */
export const dataInsidePerimeter: ResourceRule = {
  kind: "resource",
  name: "data-inside-perimeter",
  description:
    "Outside development only principals that the policy names reach a bucket's data, or change what could reveal it, without its one endpoint; buckets for logs are left out.",
  development: "exempt",
  checks: check((passing) => {
    const undenied = passing({ of: "Deny", secure: true }).filter(
      (one) => one.named !== "by name" && one.call.data.perimeter === "stops",
    );
    return unless(
      pastOneEndpoint(undenied).length === 0 || takesLogsOnly(passing(everything)),
      "the policy lets the account's administrators, or AWS services, reach the data or change what could reveal it from anywhere; set perimeter to enforced",
    );
  }),
};

/** Whom it names may list, read and write data through the endpoint; whatever else S3 knows is not for readers. */
export const limitedReaders: ResourceRule = {
  kind: "resource",
  name: "limited-readers",
  description:
    "A bucket's policy lets users and roles list, read, write and delete objects, through one endpoint, and nothing else.",
  checks: check((passing) => {
    const allowed = passing(everything).filter((one) => !isService(one));
    const outside = pastOneEndpoint(allowed);
    const wrong = outside.length > 0 ? outside : allowed.filter(({ call }) => call.data.givenBy === "never");
    const { actions, whom } = inWords(wrong);
    const how = outside.length > 0 ? "without the one endpoint" : "which no reader needs";
    return unless(wrong.length === 0, `the policy allows ${actions} to ${whom}, ${how}; allow less`);
  }),
};
