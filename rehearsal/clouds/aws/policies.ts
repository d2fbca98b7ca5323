import type { Props, Refusal, Value } from "../../model/recording";
import { deployer } from "../functions";
import type { CloudView } from "../cloudType";
import { refuseIf, words } from "../rules";
import { awsTypes } from "../../model/resourceTypes";
import { isList, isProps } from "../../model/values";

const bucketPolicies = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html";
const endpointPolicies = "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html";
const grammar = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html";
const conditions =
  "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html";

/** 20 KB: https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html, and the same for endpoints. */
const longest = 20480;

type Report = (message: string) => Refusal;

/** What S3 says to a bucket policy before it looks at who may do what. */
export function refuseBucketPolicy(policy: string, bucket: string, cloud: CloudView): readonly Refusal[] {
  const malformed: Report = (message) => ({
    code: "MalformedPolicy",
    message,
    property: "policy",
    source: bucketPolicies,
  });
  const statements = statementsOf(policy);
  if (statements === undefined)
    return [malformed("policies must be valid JSON with a Version and Statements")];
  return [
    ...refuseIf(
      policy.length > longest,
      malformed(`the policy has ${policy.length} characters, more than ${longest}`),
    ),
    ...statements.flatMap((statement) => [
      ...refuseStatement(statement, malformed),
      ...principalsOf(statement)
        .filter((principal) => !exists(principal, cloud))
        .map((principal) => malformed(`invalid principal in policy: ${principal}`)),
      ...servicesOf(statement)
        .filter((service) => !/^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/.test(service))
        .map((service) => malformed(`invalid principal in policy: ${service}`)),
      ...wordsOf(statement["Action"] ?? statement["NotAction"])
        .filter((action) => action !== "*" && !action.startsWith("s3:"))
        .map((action) => malformed(`policy has invalid action ${action}`)),
      ...wordsOf(statement["Resource"])
        .filter((resource) => !isOf(bucket, resource))
        .map((resource) => malformed(`policy has invalid resource ${resource}`)),
    ]),
    ...refuseIf(
      statements.some(
        (statement) => statement["Principal"] === undefined && statement["NotPrincipal"] === undefined,
      ),
      malformed("missing required field Principal"),
    ),
  ];
}

/** What EC2 says to an endpoint policy. */
export function refuseEndpointPolicy(policy: string | undefined): readonly Refusal[] {
  if (policy === undefined) return [];
  const malformed: Report = (message) => ({
    code: "InvalidPolicyDocument",
    message,
    property: "policy",
    source: endpointPolicies,
  });
  const statements = statementsOf(policy);
  if (statements === undefined) return [malformed("the policy document is not a valid JSON policy")];
  return [
    ...refuseIf(
      policy.length > longest,
      malformed(`the policy has ${policy.length} characters, more than ${longest}`),
    ),
    ...statements.flatMap((statement) => refuseStatement(statement, malformed)),
  ];
}

/**
 * Whether S3 calls a policy public: an Allow for everybody that no condition with fixed values narrows.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isPublic(policy: string): boolean {
  return (statementsOf(policy) ?? []).some((statement) => {
    if (statement["Effect"] !== "Allow") return false;
    const everybody = statement["NotPrincipal"] !== undefined || principalsOf(statement).includes("*");
    return everybody && !narrowing(statement["Condition"]);
  });
}

const narrowingKeys = [
  ...["aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:SourceAccount", "aws:SourceArn", "aws:SourceIp"],
  ...[
    "aws:SourceOwner",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:VpcSourceIp",
    "aws:userid",
    "aws:PrincipalAccount",
  ],
  ...[
    "aws:PrincipalArn",
    "s3:DataAccessPointAccount",
    "s3:DataAccessPointArn",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
  ],
].map((key) => key.toLowerCase());

function narrowing(condition: Value | undefined): boolean {
  if (!isProps(condition)) return false;
  return Object.entries(condition).some(([operator, keys]) => {
    const positive = /^(StringEquals|StringLike|ArnEquals|ArnLike|IpAddress|NumericEquals)$/i.test(operator);
    if (!positive || !isProps(keys)) return false;
    return Object.entries(keys).some(
      ([key, values]) =>
        narrowingKeys.includes(key.toLowerCase()) &&
        wordsOf(values).every((value) => !/[*?$]/.test(value) && value !== "0.0.0.0/0"),
    );
  });
}

function statementsOf(policy: string): readonly Props[] | undefined {
  let document: unknown;
  try {
    document = JSON.parse(policy);
  } catch {
    return undefined;
  }
  if (!isProps(document as Value)) return undefined;
  const { Statement: statement, Version: version } = document as Props;
  if (version !== undefined && version !== "2012-10-17" && version !== "2008-10-17") return undefined;
  const list = isList(statement) ? statement : [statement ?? null];
  const statements = list.filter(isProps);
  return statements.length === list.length && statements.length > 0 ? statements : undefined;
}

const elements = words("Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition");
const operators =
  /^(ForAllValues:|ForAnyValue:)?(String(Not)?(Equals|EqualsIgnoreCase|Like)|Numeric(Not)?(Equals)|Numeric(Less|Greater)Than(Equals)?|Date(Not)?Equals|Date(Less|Greater)Than(Equals)?|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?$|^Null$/;

function refuseStatement(statement: Props, malformed: Report): readonly Refusal[] {
  const unknown = Object.keys(statement).filter((key) => !elements.includes(key));
  const condition = statement["Condition"];
  const keys = isProps(condition)
    ? Object.values(condition).flatMap((value) => (isProps(value) ? Object.keys(value) : []))
    : [];
  return [
    ...unknown.map((key) => ({ ...malformed(`unknown field ${key}`), source: grammar })),
    ...refuseIf(statement["Effect"] !== "Allow" && statement["Effect"] !== "Deny", {
      ...malformed("Effect must be Allow or Deny"),
      source: grammar,
    }),
    ...refuseIf((statement["Action"] ?? statement["NotAction"]) === undefined, {
      ...malformed("missing required field Action"),
      source: grammar,
    }),
    ...refuseIf((statement["Resource"] ?? statement["NotResource"]) === undefined, {
      ...malformed("missing required field Resource"),
      source: grammar,
    }),
    ...(isProps(condition) ? Object.keys(condition) : [])
      .filter((operator) => !operators.test(operator))
      .map((operator) => ({ ...malformed(`invalid condition type ${operator}`), source: conditions })),
    ...keys
      .filter((key) => !/^(aws|s3):/i.test(key))
      .map((key) => ({ ...malformed(`policy has an invalid condition key ${key}`), source: conditions })),
  ];
}

/** The principals that a statement names, `*` among them. */
function principalsOf(statement: Props): readonly string[] {
  return [statement["Principal"], statement["NotPrincipal"]].flatMap((principal) => {
    if (isProps(principal)) return wordsOf(principal["AWS"]);
    return wordsOf(principal);
  });
}

function servicesOf(statement: Props): readonly string[] {
  const { Principal: principal } = statement;
  return principal !== undefined && isProps(principal) ? wordsOf(principal["Service"]) : [];
}

/** Users and roles of this account must exist; other accounts' are not for this model to know. */
function exists(principal: string, cloud: CloudView): boolean {
  if (principal === "*" || /^\d{12}$/.test(principal)) return true;
  const [, account, kind] =
    /^arn:aws(?:-[a-z-]+)?:iam::(\d{12}):(root|user\/.+|role\/.+)$/.exec(principal) ?? [];
  if (kind === undefined) return /^arn:aws:sts::\d{12}:(assumed-role|federated-user)\/.+$/.test(principal);
  if (account !== cloud.accountId || kind === "root") return true;
  return (
    principal === deployer(cloud.accountId) ||
    cloud.all(awsTypes.user).some(({ outputs }) => outputs["arn"] === principal)
  );
}

function isOf(bucket: string, resource: string): boolean {
  return resource === `arn:aws:s3:::${bucket}` || resource.startsWith(`arn:aws:s3:::${bucket}/`);
}

function wordsOf(value: Value | undefined): readonly string[] {
  if (isList(value)) return value.filter((item): item is string => typeof item === "string");
  return typeof value === "string" ? [value] : [];
}
