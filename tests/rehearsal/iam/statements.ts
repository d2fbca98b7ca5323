/** A statement as its JSON has it. */
export interface StatementJson {
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly NotPrincipal?: unknown;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Conditions;
}

type Conditions = Readonly<Record<string, Readonly<Record<string, Value | readonly Value[]>>>>;
type Value = string | boolean | number;

/** What a request says about itself; an absent key has no entry. */
export type Context = Readonly<Record<string, string | readonly string[]>>;

export function valuesOf(value: Value | readonly Value[] | undefined): readonly string[] {
  if (value === undefined) return [];
  const all = (Array.isArray(value) ? value : [value]) as readonly Value[];
  const variable = all.find((one) => String(one).includes("${"));
  if (variable !== undefined) throw new Error(`the variable in ${String(variable)} is not known here`);
  return all.map(String);
}

const matches = new Map<string, boolean>();

/** The same few patterns and texts are asked about in thousands of requests. */
export function wildcardMatch(pattern: string, text: string): boolean {
  const key = `${pattern}\n${text}`;
  const known = matches.get(key) ?? matchSigns(pattern, text);
  matches.set(key, known);
  return known;
}

/**
 * Whether the text is what the pattern means; `*` is any characters, `?` exactly one. `reach[i]` says whether the
 * pattern so far can have used up the first i characters of the text.
 */
function matchSigns(pattern: string, text: string): boolean {
  let reach = [true, ...Array.from(text, () => false)];
  for (const sign of pattern) {
    const next = [sign === "*" && reach[0] === true];
    for (let i = 1; i <= text.length; i += 1)
      next.push(
        sign === "*"
          ? next[i - 1] === true || reach[i] === true
          : reach[i - 1] === true && (sign === "?" || sign === text[i - 1]),
      );
    reach = next;
  }
  return reach[text.length] === true;
}

/**
 * All operators and all their keys must hold; one of the values suffices, and of a negated operator none may match.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function conditionsHold(conditions: Conditions = {}, context: Context): boolean {
  for (const [operator, keys] of Object.entries(conditions))
    for (const [key, values] of Object.entries(keys))
      if (!holds(operator, valuesOf(values), valueOf(context, key))) return false;
  return true;
}

/** Upper and lower case are the same in the names of keys. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html */
function valueOf(context: Context, key: string): string | readonly string[] | undefined {
  const wanted = key.toLowerCase();
  return context[key] ?? Object.entries(context).find(([name]) => name.toLowerCase() === wanted)?.[1];
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
function holds(
  operator: string,
  values: readonly string[],
  given: string | readonly string[] | undefined,
): boolean {
  // "true" means that the key is not there, "false" that it is. …#Conditions_Null
  if (operator === "Null") return values.some((value) => value === String(given === undefined));
  const quantified = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator);
  const [, quantifier, base = "", ifExists] = quantified ?? [];
  const { compare, negated } = comparisonOf(base);
  const passes = (one: string) => values.some((value) => compare(value, one)) !== negated;
  // No value at all passes ForAllValues and no ForAnyValue.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
  if (quantifier === "ForAllValues") return (given === undefined ? [] : valuesOf(given)).every(passes);
  if (given === undefined && ifExists !== undefined) return true; // …#Conditions_IfExists
  if (quantifier === "ForAnyValue") return (given === undefined ? [] : valuesOf(given)).some(passes);
  // An absent key is no match, which is what a negated operator asks for.
  if (given === undefined) return negated;
  if (typeof given !== "string") throw new Error(`${operator} asks for one value of several`);
  return passes(given);
}

interface Comparison {
  readonly compare: (value: string, given: string) => boolean;
  readonly negated: boolean;
}

function comparisonOf(operator: string): Comparison {
  switch (operator) {
    case "StringEquals":
    case "StringNotEquals":
      return { compare: (value, given) => value === given, negated: operator.includes("Not") };
    case "StringEqualsIgnoreCase":
    case "StringNotEqualsIgnoreCase":
      return {
        compare: (value, given) => value.toLowerCase() === given.toLowerCase(),
        negated: operator.includes("Not"),
      };
    case "StringLike":
    case "StringNotLike":
      return { compare: wildcardMatch, negated: operator.includes("Not") };
    case "ArnEquals":
    case "ArnNotEquals":
    case "ArnLike":
    case "ArnNotLike":
      return { compare: arnMatch, negated: operator.includes("Not") };
    case "IpAddress":
    case "NotIpAddress":
      return { compare: isWithin, negated: operator.includes("Not") };
    // …#Conditions_Numeric
    case "NumericEquals":
    case "NumericNotEquals":
      return {
        compare: (value, given) => Number(value) === Number(given),
        negated: operator.includes("Not"),
      };
    case "NumericLessThan":
      return { compare: (value, given) => Number(given) < Number(value), negated: false };
    case "NumericLessThanEquals":
      return { compare: (value, given) => Number(given) <= Number(value), negated: false };
    case "NumericGreaterThan":
      return { compare: (value, given) => Number(given) > Number(value), negated: false };
    case "NumericGreaterThanEquals":
      return { compare: (value, given) => Number(given) >= Number(value), negated: false };
    case "Bool":
      return { compare: (value, given) => value.toLowerCase() === given.toLowerCase(), negated: false };
    default:
      throw new Error(`the operator ${operator} is not known here`);
  }
}

/** Each of the six parts of an ARN is compared by itself. …#Conditions_ARN */
function arnMatch(pattern: string, arn: string): boolean {
  const [wanted, given] = [componentsOf(pattern), componentsOf(arn)];
  return (
    wanted.length === 6 &&
    given.length === 6 &&
    wanted.every((component, i) => wildcardMatch(component, given[i] ?? ""))
  );
}

/** The sixth may have colons of its own. */
function componentsOf(arn: string): readonly string[] {
  const parts = arn.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/** An address without a prefix length means itself alone. …#Conditions_IPAddress */
function isWithin(range: string, address: string): boolean {
  const [start = "", length] = range.split("/");
  const [from, at] = [bitsOf(start), bitsOf(address)];
  // An address of the other family is in no range of this one.
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/ipv6-access.html#ipv6-access-iam
  return from.length === at.length && at.startsWith(from.slice(0, Number(length ?? from.length)));
}

/** An address as a text of 32 or 128 binary digits. */
function bitsOf(address: string): string {
  if (!address.includes(":")) return digits(address.split("."), 10, 8);
  const [front = "", back] = address.split("::");
  const [before, after] = [front, back ?? ""].map((half) => (half === "" ? [] : half.split(":")));
  const zeros = back === undefined ? [] : Array(8 - (before?.length ?? 0) - (after?.length ?? 0)).fill("0");
  return digits([...(before ?? []), ...(zeros as string[]), ...(after ?? [])], 16, 16);
}

function digits(numbers: readonly string[], base: number, width: number): string {
  return numbers.map((number) => parseInt(number, base).toString(2).padStart(width, "0")).join("");
}
