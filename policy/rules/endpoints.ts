import { unless, type Check, type ResourceRule } from "../rule";
import { judgeDocument, type Statement } from "../statements";

const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";

const isLimited: Check = ({ props }) =>
  props["policy"] === undefined
    ? ["policy is not set, so the endpoint leads to every bucket in S3; limit it to the stack's buckets"]
    : judgeDocument(props, (statements) =>
        statements.filter((statement) => statement.effect === "Allow").flatMap(tooWide),
      );

function tooWide(statement: Statement): readonly string[] {
  const actions = statement.actions.join(", ");
  const what = `the endpoint's policy allows ${statement.exceptActions ? `all but ${actions}` : actions}`;
  return [
    ...unless(
      !statement.exceptActions && !statement.actions.some((action) => ["*", "s3:*"].includes(action)),
      `${what}, which is too much; name the actions`,
    ),
    ...unless(
      !statement.exceptResources && !statement.resources.some(namesNoBucket),
      `${what} on any bucket, so data can leave to somebody else's; name the buckets`,
    ),
    ...unless(namesPrincipals(statement), `${what} to anyone; name the principals`),
  ];
}

/** `*`, `arn:aws:s3:::*` and what begins with a wildcard after that. */
function namesNoBucket(resource: string): boolean {
  return /^(\*|arn:[^:]*:s3:::[*?])/.test(resource);
}

/** An endpoint's policy names users by a condition: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
function namesPrincipals(statement: Statement): boolean {
  if (statement.exceptPrincipals) return false;
  if (statement.principals.length > 0 && !statement.principals.includes("*")) return true;
  return statement.conditions.some(
    (condition) =>
      ["ArnEquals", "ArnLike", "StringEquals"].includes(condition.operator) &&
      condition.key === "aws:principalarn" &&
      condition.values.every((arn) => !arn.includes("*")),
  );
}

export const limitedEndpoints: ResourceRule = {
  kind: "resource",
  name: "limited-endpoints",
  description:
    "An endpoint's policy names the buckets, the actions and the principals, so that no data leaves through it.",
  checks: { [endpoint]: isLimited },
};

const leavesDnsAlone: Check = ({ props }) =>
  unless(
    props["privateDnsEnabled"] !== true,
    "privateDnsEnabled is true, which sends all S3 traffic of the VPC to this endpoint and needs a gateway endpoint (terraform-provider-aws #32407); set it to false",
  );

export const noPrivateDns: ResourceRule = {
  kind: "resource",
  name: "no-private-dns",
  description:
    "An endpoint has its own DNS names only, so that it does not capture other S3 traffic of the VPC.",
  checks: { [endpoint]: leavesDnsAlone },
};
