import type { Props, Refusal, Value } from "../../model/recording";
import { awsTypes } from "../../model/resourceTypes";
import { deployer } from "../functions";
import type { CloudView } from "../cloudType";
import { refuseIf, words } from "../rules";
import { isList, isProps } from "../../model/values";

const bucketPolicies = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html";
const endpointPolicies = "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html";
const grammar = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html";
const conditions =
  "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html";

/** 20 KB: https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html, and the same for endpoints. */
const longest = 20480;

type Report = (message: string, source?: string) => Refusal;

function reporter(refusal: Omit<Refusal, "message">): Report {
  return (message, source = refusal.source) => ({ ...refusal, message, source });
}

/** What S3 rejects in a bucket policy as malformed. */
export function refuseBucketPolicy(policy: string, bucket: string, cloud: CloudView): readonly Refusal[] {
  const malformed = reporter({ code: "MalformedPolicy", property: "policy", source: bucketPolicies });
  const statements = statementsOf(policy);
  if (statements === undefined)
    return [malformed("policies must be valid JSON with a Version and Statements")];
  const wrong = (what: string, values: readonly string[], isRight: (value: string) => boolean) =>
    values.filter((value) => !isRight(value)).map((value) => malformed(`${what} ${value}`));
  return [
    ...refuseLength(policy, malformed),
    ...statements.flatMap((statement) => [
      ...refuseStatement(statement, malformed),
      ...wrong("invalid principal in policy:", principalsOf(statement), isPrincipal),
      ...principalsOf(statement)
        .filter((name) => isPrincipal(name) && !exists(name, cloud))
        .map((name) => ({ ...malformed(`invalid principal in policy: ${name}`), absent: name })),
      ...wrong("invalid principal in policy:", servicesOf(statement), isService),
      ...wrong("policy has invalid action", wordsOf(statement["Action"] ?? statement["NotAction"]), isOfS3),
      ...wrong("policy has invalid resource", wordsOf(statement["Resource"]), (arn) =>
        belongsTo(bucket, arn),
      ),
    ]),
    ...refuseIf(
      statements.some(({ Principal, NotPrincipal }) => Principal === undefined && NotPrincipal === undefined),
      malformed("missing required field Principal"),
    ),
  ];
}

/** What EC2 rejects in an endpoint policy. */
export function refuseEndpointPolicy(policy: string | undefined): readonly Refusal[] {
  if (policy === undefined) return [];
  const malformed = reporter({
    code: "InvalidPolicyDocument",
    property: "policy",
    source: endpointPolicies,
  });
  const statements = statementsOf(policy);
  if (statements === undefined) return [malformed("the policy document is not a valid JSON policy")];
  return [
    ...refuseLength(policy, malformed),
    ...statements.flatMap((statement) => refuseStatement(statement, malformed)),
  ];
}

function refuseLength({ length }: string, malformed: Report): readonly Refusal[] {
  return refuseIf(length > longest, malformed(`the policy has ${length} characters, more than ${longest}`));
}

/**
 * Whether a policy counts as public: an Allow for everybody that no condition with fixed values narrows.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isPublic(policy: string): boolean {
  return (statementsOf(policy) ?? []).some((statement) => {
    if (statement["Effect"] !== "Allow") return false;
    const everybody = statement["NotPrincipal"] !== undefined || principalsOf(statement).includes("*");
    return everybody && !narrowing(statement["Condition"]);
  });
}

const narrowingKeys = words(`
  aws:PrincipalOrgID aws:PrincipalOrgPaths aws:SourceAccount aws:SourceArn aws:SourceIp aws:SourceOwner aws:SourceVpc
  aws:SourceVpce aws:VpcSourceIp aws:userid aws:PrincipalAccount aws:PrincipalArn s3:DataAccessPointAccount
  s3:DataAccessPointArn s3:x-amz-server-side-encryption-aws-kms-key-id`).map((key) => key.toLowerCase());

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
  const { Effect: effect, Condition: condition } = statement;
  const tests = isProps(condition) ? Object.entries(condition) : [];
  const keys = tests.flatMap(([, test]) => (isProps(test) ? Object.keys(test) : []));
  const missing = ["Action", "Resource"].filter(
    (name) => (statement[name] ?? statement[`Not${name}`]) === undefined,
  );
  return [
    ...Object.keys(statement)
      .filter((name) => !elements.includes(name))
      .map((name) => malformed(`unknown field ${name}`, grammar)),
    ...refuseIf(effect !== "Allow" && effect !== "Deny", malformed("Effect must be Allow or Deny", grammar)),
    ...missing.map((name) => malformed(`missing required field ${name}`, grammar)),
    ...tests
      .filter(([operator]) => !operators.test(operator))
      .map(([operator]) => malformed(`invalid condition type ${operator}`, conditions)),
    ...keys
      .filter((key) => !/^(aws|s3):/i.test(key))
      .map((key) => malformed(`policy has an invalid condition key ${key}`, conditions)),
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

const identity = /^arn:aws(?:-[a-z-]+)?:iam::(\d{12}):(root|user\/.+|role\/.+)$/;
const session = /^arn:aws:sts::\d{12}:(assumed-role|federated-user)\/.+$/;

function isPrincipal(name: string): boolean {
  return name === "*" || /^\d{12}$/.test(name) || identity.test(name) || session.test(name);
}

/** Users and roles of this account must exist; those of other accounts are taken as given. */
function exists(principal: string, cloud: CloudView): boolean {
  const [, account, kind] = identity.exec(principal) ?? [];
  if (kind === undefined || account !== cloud.accountId || kind === "root") return true;
  return (
    principal === deployer(cloud.accountId) ||
    cloud.all(awsTypes.user).some(({ outputs }) => outputs["arn"] === principal)
  );
}

function isService(name: string): boolean {
  return /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/.test(name);
}

function isOfS3(action: string): boolean {
  return action === "*" || action.startsWith("s3:");
}

function belongsTo(bucket: string, resource: string): boolean {
  return resource === `arn:aws:s3:::${bucket}` || resource.startsWith(`arn:aws:s3:::${bucket}/`);
}

function wordsOf(value: Value | undefined): readonly string[] {
  if (isList(value)) return value.filter((item): item is string => typeof item === "string");
  return typeof value === "string" ? [value] : [];
}
