/** One line of a `Condition` block. */
export interface Condition {
  readonly operator: Operator;
  readonly ifExists: boolean;
  /** In lower case: AWS compares keys without regard to it. */
  readonly key: string;
  readonly values: readonly string[];
}

/** The operators that this evaluator knows; any other is refused. */
export const operators = [
  "StringEquals",
  "StringNotEquals",
  "StringLike",
  "StringNotLike",
  "ArnEquals",
  "ArnNotEquals",
  "ArnLike",
  "ArnNotLike",
  "Bool",
] as const;
export type Operator = (typeof operators)[number];

/** The context keys that this evaluator knows; any other is refused. */
export const contextKeys = [
  "aws:SourceVpce",
  "aws:SourceVpc",
  "aws:SecureTransport",
  "aws:PrincipalArn",
  "aws:PrincipalAccount",
  "aws:PrincipalIsAWSService",
  "aws:ViaAWSService",
  "aws:SourceAccount",
  "aws:SourceArn",
  "s3:x-amz-acl",
] as const;

/**
 * All of them, each by any of its values. An absent key fails a positive operator and passes a negated one.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function matchesConditions(
  conditions: readonly Condition[],
  context: ReadonlyMap<string, string>,
): boolean {
  return conditions.every(({ operator, ifExists, key, values }) => {
    const actual = context.get(key);
    const negated = operator.includes("Not");
    if (actual === undefined) return ifExists || negated;
    const any = values.some((value) => compare(operator, value, actual));
    return negated ? !any : any;
  });
}

function compare(operator: Operator, stated: string, actual: string): boolean {
  switch (operator) {
    case "StringEquals":
    case "StringNotEquals":
    case "Bool":
      return stated === actual;
    case "StringLike":
    case "StringNotLike":
      return like(stated, actual);
    case "ArnEquals":
    case "ArnNotEquals":
    case "ArnLike":
    case "ArnNotLike":
      return arnLike(stated, actual);
  }
}

/** `*` for any characters, `?` for one. */
export function like(pattern: string, actual: string): boolean {
  // Nearly all patterns are plain or end in their one star; a stack with many buckets asks very often.
  if (pattern === actual) return true;
  const star = pattern.indexOf("*");
  if (!pattern.includes("?")) {
    if (star === -1) return false;
    if (star === pattern.length - 1) return actual.startsWith(pattern.slice(0, -1));
  }
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`, "s").test(actual);
}

/** Part by part: a wildcard never reaches over a colon, save in the last part, which holds the rest. */
function arnLike(pattern: string, actual: string): boolean {
  if (pattern === actual) return true;
  const [stated, given] = [arnParts(pattern), arnParts(actual)];
  return stated.length === given.length && stated.every((part, index) => like(part, given[index] ?? ""));
}

function arnParts(arn: string): readonly string[] {
  const parts = arn.split(":");
  return [...parts.slice(0, 5), parts.slice(5).join(":")];
}
