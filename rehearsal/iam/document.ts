import { contextKeys, operators, type Condition, type Operator } from "./conditions";
import type { Policy, PolicyKind, Statement } from "./evaluator";

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
  if (document["Version"] !== "2012-10-17")
    throw fail(`has Version ${JSON.stringify(document["Version"])}; only 2012-10-17 is evaluated here`);
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
  const elements = ["Sid", "Effect", "Action", "Resource", "Condition"];
  knownOnly(statement, kind === "identity" ? elements : [...elements, "Principal"], within);
  const effect = statement["Effect"];
  if (effect !== "Allow" && effect !== "Deny") throw within("has an Effect that is neither Allow nor Deny");
  return {
    sid,
    effect,
    principals: kind === "identity" ? undefined : parsePrincipals(statement["Principal"], within),
    actions: texts(statement["Action"], "Action", within).map((action) => action.toLowerCase()),
    resources: texts(statement["Resource"], "Resource", within),
    conditions: parseConditions(statement["Condition"], within),
  };
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
    ...(accounts === undefined ? [] : matching(accounts, "AWS principal", accountPrincipal, fail)),
    ...(services === undefined ? [] : matching(services, "service principal", servicePrincipal, fail)),
  ];
}

const accountPrincipal = {
  pattern: /^(\*|arn:aws:iam::\d{12}:(root|(user|role)\/[\w+=,.@/-]+)|\d{12})$/,
  what: "user, role or account",
};
const servicePrincipal = { pattern: /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com$/, what: "service of AWS" };

function matching(
  value: unknown,
  element: string,
  { pattern, what }: { readonly pattern: RegExp; readonly what: string },
  fail: Fail,
): readonly string[] {
  const stated = texts(value, element, fail);
  const strange = stated.find((text) => !pattern.test(text));
  if (strange !== undefined) throw fail(`names the principal ${strange}, which is no ${what}`);
  return stated;
}

function parseConditions(value: unknown, fail: Fail): readonly Condition[] {
  if (value === undefined) return [];
  return Object.entries(objectOf(value, "Condition", fail)).flatMap(([name, keys]) => {
    const ifExists = name.endsWith("IfExists");
    const operator = operators.find(
      (known) => known === (ifExists ? name.slice(0, -"IfExists".length) : name),
    );
    if (operator === undefined)
      throw fail(`uses the operator ${name}, which is not evaluated here (only ${operators.join(", ")})`);
    return Object.entries(objectOf(keys, name, fail)).map(([key, values]) => ({
      operator,
      ifExists,
      key: parseKey(key, fail),
      values: parseValues(operator, key, values, fail),
    }));
  });
}

function parseKey(key: string, fail: Fail): string {
  const known = contextKeys.find((name) => name.toLowerCase() === key.toLowerCase());
  if (known === undefined)
    throw fail(`asks for ${key}, which is not evaluated here (only ${contextKeys.join(", ")})`);
  return known.toLowerCase();
}

function parseValues(operator: Operator, key: string, values: unknown, fail: Fail): readonly string[] {
  const plain = Array.isArray(values) ? values.map(asText) : asText(values);
  const stated = texts(plain, `value for ${key}`, fail);
  const wrong = stated.find(
    (value) =>
      (operator === "Bool" && value !== "true" && value !== "false") ||
      (operator.startsWith("Arn") && value.split(":").length < 6),
  );
  if (wrong !== undefined) throw fail(`compares ${key} by ${operator} with ${wrong}, which it cannot be`);
  return stated;
}

/** AWS takes true for "true" in a Bool condition. */
function asText(value: unknown): unknown {
  return typeof value === "boolean" ? String(value) : value;
}
