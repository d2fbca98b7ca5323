import type { Check, ResourceRule } from "../rule";
import { statementsOf, type Statement } from "../statements";

const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";

const isLimited: Check = ({ props }) => {
  if (props["policy"] === undefined)
    return ["policy is not set, so the endpoint leads to every bucket of the world; limit it to the stack's"];
  const statements = statementsOf(props["policy"]);
  if (statements === undefined)
    return ["policy is no policy document; give it JSON with at least one statement"];
  return statements.filter((statement) => statement.effect === "Allow").flatMap(tooWide);
};

function tooWide(statement: Statement): readonly string[] {
  const actions = statement.actions.join(", ");
  const what = `the endpoint's policy allows ${statement.exceptActions ? `all but ${actions}` : actions}`;
  return [
    ...(statement.exceptActions || statement.actions.some((action) => ["*", "s3:*"].includes(action))
      ? [`${what}, whatever S3 can do; name the actions`]
      : []),
    ...(statement.exceptResources || statement.resources.some(namesNoBucket)
      ? [`${what} on any bucket, so data can leave for somebody else's; name the buckets`]
      : []),
    ...(namesPrincipals(statement) ? [] : [`${what} to anyone; name the principals`]),
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
    "An endpoint's policy names the buckets, the actions and the principals, so that it is no way out.",
  development: "as strict",
  checks: { [endpoint]: isLimited },
};

const leavesDnsAlone: Check = ({ props }) =>
  props["privateDnsEnabled"] === true
    ? [
        "privateDnsEnabled is true, which turns all S3 traffic of the VPC to this endpoint and needs a gateway endpoint (terraform-provider-aws #32407); set it to false",
      ]
    : [];

export const noPrivateDns: ResourceRule = {
  kind: "resource",
  name: "no-private-dns",
  description: "An endpoint answers to its own names only, so that it takes over nobody else's traffic.",
  development: "as strict",
  checks: { [endpoint]: leavesDnsAlone },
};
