import { Address4, Address6 } from "ip-address";

/** One line of a `Condition` block. */
export interface Condition {
  readonly operator: Operator;
  /** Of a key with several values: one of them must do, or each. */
  readonly quantifier?: Quantifier | undefined;
  readonly ifExists: boolean;
  /** In lower case: AWS compares keys without regard to it. */
  readonly key: string;
  readonly values: readonly string[];
}

export const quantifiers = ["ForAnyValue", "ForAllValues"] as const;
export type Quantifier = (typeof quantifiers)[number];

/** The operators that this evaluator knows; any other is refused, those for dates among them: of a date only whether it is there can be asked. */
export const operators = [
  "StringEquals",
  "StringNotEquals",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCase",
  "StringLike",
  "StringNotLike",
  "ArnEquals",
  "ArnNotEquals",
  "ArnLike",
  "ArnNotLike",
  "Bool",
  "IpAddress",
  "NotIpAddress",
  "NumericEquals",
  "NumericNotEquals",
  "NumericLessThan",
  "NumericLessThanEquals",
  "NumericGreaterThan",
  "NumericGreaterThanEquals",
  "Null",
] as const;
export type Operator = (typeof operators)[number];

/** What a request says of itself: each key in lower case with its values; a key that it lacks is not in the map. */
export type Context = ReadonlyMap<string, readonly string[]>;

/**
 * All of them, each by any of its values.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function matchesConditions(conditions: readonly Condition[], context: Context): boolean {
  return conditions.every((condition) => matchesCondition(condition, context));
}

/** An absent key fails a positive operator and passes a negated one; under a quantifier, that alone decides. */
export function matchesCondition(condition: Condition, context: Context): boolean {
  const { operator, quantifier, ifExists, key, values } = condition;
  const actual = context.get(key);
  if (operator === "Null") return values.some((value) => (value === "true") === (actual === undefined));
  if (quantifier === "ForAllValues") return actual?.every((one) => meets(operator, values, one)) ?? true;
  if (actual === undefined) return ifExists || (isNegated(operator) && quantifier === undefined);
  return actual.some((one) => meets(operator, values, one));
}

function meets(operator: Exclude<Operator, "Null">, values: readonly string[], actual: string): boolean {
  return values.some((value) => compare(operator, value, actual)) !== isNegated(operator);
}

export function isNegated(operator: Operator): boolean {
  return operator.includes("Not");
}

function compare(operator: Exclude<Operator, "Null">, stated: string, actual: string): boolean {
  switch (operator) {
    case "StringEquals":
    case "StringNotEquals":
    case "Bool":
      return stated === actual;
    case "StringEqualsIgnoreCase":
    case "StringNotEqualsIgnoreCase":
      return stated.toLowerCase() === actual.toLowerCase();
    case "StringLike":
    case "StringNotLike":
      return like(stated, actual);
    case "ArnEquals":
    case "ArnNotEquals":
    case "ArnLike":
    case "ArnNotLike":
      return arnLike(stated, actual);
    case "IpAddress":
    case "NotIpAddress":
      return inNetwork(stated, actual);
    case "NumericEquals":
    case "NumericNotEquals":
      return Number(actual) === Number(stated);
    case "NumericLessThan":
      return Number(actual) < Number(stated);
    case "NumericLessThanEquals":
      return Number(actual) <= Number(stated);
    case "NumericGreaterThan":
      return Number(actual) > Number(stated);
    case "NumericGreaterThanEquals":
      return Number(actual) >= Number(stated);
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

/** The six parts of an ARN, of which the last holds the rest. */
export function arnParts(arn: string): readonly string[] {
  const parts = arn.split(":");
  return [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/** An address, or a network with its length; of either version. */
export function networkOf(text: string): Address4 | Address6 | undefined {
  if (Address4.isValid(text)) return new Address4(text);
  return Address6.isValid(text) ? new Address6(text) : undefined;
}

export function inNetwork(stated: string, actual: string): boolean {
  const [network, address] = [networkOf(stated), networkOf(actual)];
  if (network instanceof Address4) return address instanceof Address4 && address.isInSubnet(network);
  if (network instanceof Address6) return address instanceof Address6 && address.isInSubnet(network);
  return false;
}
