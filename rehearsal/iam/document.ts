import { type ContextKey, contextKeyOf } from "./conditionKeys";
import {
  type Condition,
  networkOf,
  type Operator,
  operators,
  type Quantifier,
  quantifiers,
} from "./conditions";
import type { Policy, PolicyKind, Statement } from "./evaluator";
import { isAwsPrincipal, isService } from "./principals";

/** A policy says something that this evaluator does not know; a guess could call the open shut. */
export class UnsupportedPolicyError extends Error {
  constructor(kind: PolicyKind, problem: string) {
    super(`the ${kind} policy ${problem}`);
    this.name = "UnsupportedPolicyError";
  }
}

/** Reads a policy's JSON; whatever the evaluator does not cover is refused, by name. */
export function parsePolicy(kind: PolicyKind, json: string): Policy {
  const fail = (problem: string) => new UnsupportedPolicyError(kind, problem);
  const document = objectOf(parseJson(json, fail), "the document", fail);
  knownOnly(document, ["Version", "Id", "Statement"], fail);
  // The older version, which is also meant where none is given, differs in policy variables alone; those are refused.
  if (!["2012-10-17", "2008-10-17", undefined].includes(document["Version"] as string | undefined))
    throw fail(`has Version ${JSON.stringify(document["Version"])}; AWS knows 2012-10-17 and 2008-10-17`);
  const statements = Array.isArray(document["Statement"]) ? document["Statement"] : [document["Statement"]];
  return {
    kind,
    statements: statements.map((statement: unknown, index) => parseStatement(kind, statement, index, fail)),
  };
}

type Fail = (problem: string) => UnsupportedPolicyError;

function parseJson(json: string, fail: Fail): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw fail("is no JSON");
  }
}

function objectOf(value: unknown, what: string, fail: Fail): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw fail(`has no object for ${what}`);
}

function knownOnly(value: Readonly<Record<string, unknown>>, known: readonly string[], fail: Fail): void {
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw fail(`has the element ${unknown}, which is not evaluated here (only ${known.join(", ")})`);
}

function parseStatement(kind: PolicyKind, value: unknown, index: number, fail: Fail): Statement {
  const statement = objectOf(value, `statement ${String(index + 1)}`, fail);
  const sid = typeof statement["Sid"] === "string" ? statement["Sid"] : `statement ${String(index + 1)}`;
  const within = (problem: string) => fail(`(${sid}) ${problem}`);
  // AWS advises against it, and whom it spares depends on which of a caller's names are listed.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
  if (statement["NotPrincipal"] !== undefined)
    throw within(
      "has a NotPrincipal, which is not evaluated here; name the principals in a condition instead",
    );
  const elements = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"];
  knownOnly(statement, kind === "identity" ? elements : [...elements, "Principal"], within);
  const effect = statement["Effect"];
  if (effect !== "Allow" && effect !== "Deny") throw within("has an Effect that is neither Allow nor Deny");
  const actions = onlyOrExcept(statement, "Action", within);
  const resources = onlyOrExcept(statement, "Resource", within);
  return {
    sid,
    effect,
    principals: kind === "identity" ? undefined : parsePrincipals(statement["Principal"], within),
    actions: actions.only.map(lowerCase),
    ...(actions.except === undefined ? {} : { exceptActions: actions.except.map(lowerCase) }),
    resources: resources.only,
    ...(resources.except === undefined ? {} : { exceptResources: resources.except }),
    conditions: parseConditions(statement["Condition"], within),
  };
}

function lowerCase(text: string): string {
  return text.toLowerCase();
}

/** The element, or its opposite: everything but what that names. */
function onlyOrExcept(
  statement: Readonly<Record<string, unknown>>,
  element: "Action" | "Resource",
  fail: Fail,
): { readonly only: readonly string[]; readonly except?: readonly string[] } {
  const opposite = `Not${element}`;
  if (statement[opposite] === undefined) return { only: texts(statement[element], element, fail) };
  if (statement[element] !== undefined) throw fail(`has both ${element} and ${opposite}`);
  return { only: ["*"], except: texts(statement[opposite], opposite, fail) };
}

/** One string or a list of them. */
function texts(value: unknown, what: string, fail: Fail): readonly string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const strings = list.filter((item): item is string => typeof item === "string");
  if (list.length === 0 || strings.length !== list.length)
    throw fail(`has no ${what}, or one that is not text`);
  const variable = strings.find((text) => text.includes("${"));
  if (variable !== undefined) throw fail(`uses the policy variable ${variable}, which is not evaluated here`);
  return strings;
}

function parsePrincipals(value: unknown, fail: Fail): readonly string[] {
  if (value === "*") return ["*"];
  const principal = objectOf(value, "Principal", fail);
  knownOnly(principal, ["AWS", "Service"], fail);
  const { AWS: accounts, Service: services } = principal;
  if (accounts === undefined && services === undefined) throw fail("has a Principal that names no principal");
  return [
    ...(accounts === undefined
      ? []
      : matching(accounts, "AWS principal", isAwsPrincipal, "user, role or account", fail)),
    ...(services === undefined
      ? []
      : matching(services, "service principal", isService, "service of AWS", fail)),
  ];
}

function matching(
  value: unknown,
  element: string,
  isOne: (text: string) => boolean,
  what: string,
  fail: Fail,
): readonly string[] {
  const stated = texts(value, element, fail);
  const strange = stated.find((text) => !isOne(text));
  if (strange !== undefined) throw fail(`names the principal ${strange}, which is no ${what}`);
  return stated;
}

function parseConditions(value: unknown, fail: Fail): readonly Condition[] {
  if (value === undefined) return [];
  return Object.entries(objectOf(value, "Condition", fail)).flatMap(([name, keys]) => {
    const stated = parseOperator(name, fail);
    return Object.entries(objectOf(keys, name, fail)).map(([key, values]) => {
      const known = parseKey(key, stated, fail);
      return {
        ...stated,
        key: known.name.toLowerCase(),
        values: parseValues(stated.operator, known, key, values, fail),
      };
    });
  });
}

type StatedOperator = Pick<Condition, "operator" | "quantifier" | "ifExists">;

/** As `ForAnyValue:StringLikeIfExists`. */
function parseOperator(name: string, fail: Fail): StatedOperator {
  const quantifier = quantifiers.find((one) => name.startsWith(`${one}:`));
  const bare = quantifier === undefined ? name : name.slice(quantifier.length + 1);
  const ifExists = bare.endsWith("IfExists");
  const operator = operators.find((known) => known === (ifExists ? bare.slice(0, -"IfExists".length) : bare));
  if (operator === undefined || (operator === "Null" && bare !== name) || bare === "NullIfExists")
    throw fail(`uses the operator ${name}, which is not evaluated here`);
  return { operator, quantifier, ifExists };
}

function parseKey(
  name: string,
  { operator, quantifier }: { readonly operator: Operator; readonly quantifier?: Quantifier | undefined },
  fail: Fail,
): ContextKey {
  const key = contextKeyOf(name);
  if (key === undefined) throw fail(`asks for ${name}, which is not evaluated here`);
  if (operator === "Null") return key;
  if (key.several === true && quantifier === undefined)
    throw fail(`asks for ${name}, which has several values, without ForAnyValue or ForAllValues`);
  if (
    (key.holds === "address") !== operator.endsWith("IpAddress") ||
    (key.holds === "number") !== operator.startsWith("Numeric") ||
    key.holds === "date"
  )
    throw fail(`compares ${name} by ${operator}, which is not evaluated here`);
  return key;
}

function parseValues(
  operator: Operator,
  { holds }: ContextKey,
  key: string,
  values: unknown,
  fail: Fail,
): readonly string[] {
  const plain = Array.isArray(values) ? values.map(asText) : asText(values);
  const stated = texts(plain, `value for ${key}`, fail);
  const wrong = stated.find(
    (value) =>
      (["Bool", "Null"].includes(operator) && value !== "true" && value !== "false") ||
      (operator.startsWith("Arn") && value.split(":").length < 6) ||
      (operator.startsWith("Numeric") && !/^-?\d+(\.\d+)?$/.test(value)) ||
      (operator !== "Null" && holds === "address" && networkOf(value) === undefined),
  );
  if (wrong !== undefined) throw fail(`compares ${key} by ${operator} with ${wrong}, which it cannot be`);
  return stated;
}

/** AWS takes true for "true" in a Bool condition, and 5 for "5" in a Numeric one. */
function asText(value: unknown): unknown {
  return typeof value === "boolean" || typeof value === "number" ? String(value) : value;
}
