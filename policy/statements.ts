import { at, isProps, list, objects, texts, type Props, type Value } from "./values";

/** One statement of an AWS policy document, its shorthands expanded. */
export interface Statement {
  readonly effect: "Allow" | "Deny";
  /** ARNs, account numbers or services; `*` for everyone. */
  readonly principals: readonly string[];
  /** Whether the principals are exceptions, by `NotPrincipal`. */
  readonly exceptPrincipals: boolean;
  readonly actions: readonly string[];
  readonly exceptActions: boolean;
  readonly resources: readonly string[];
  readonly exceptResources: boolean;
  /** Operator, key in lower case (AWS compares keys without case), values. */
  readonly conditions: readonly Condition[];
}

export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** Undefined for anything that is not a policy document: not JSON, or without statements. */
export function statementsOf(document: Value): readonly Statement[] | undefined {
  const policy = typeof document === "string" ? parsed(document) : document;
  if (!isProps(policy) || list(policy["Statement"]).length === 0) return undefined;
  return objects(policy["Statement"]).map((statement) => ({
    effect: statement["Effect"] === "Deny" ? "Deny" : "Allow",
    principals: principals(statement["Principal"] ?? statement["NotPrincipal"]),
    exceptPrincipals: statement["NotPrincipal"] !== undefined,
    actions: texts(statement["Action"] ?? statement["NotAction"]),
    exceptActions: statement["NotAction"] !== undefined,
    resources: texts(statement["Resource"] ?? statement["NotResource"]),
    exceptResources: statement["NotResource"] !== undefined,
    conditions: conditions(statement),
  }));
}

/** Judges the statements of the property `policy`, or reports that it has none. */
export function judgeDocument(
  props: Props,
  judge: (statements: readonly Statement[], props: Props) => readonly string[],
): readonly string[] {
  const statements = statementsOf(props["policy"]);
  return statements === undefined
    ? ["policy is not a policy document; write JSON with at least one statement"]
    : judge(statements, props);
}

function parsed(document: string): Value {
  try {
    return JSON.parse(document) as Value;
  } catch {
    return undefined;
  }
}

function principals(principal: Value): readonly string[] {
  return isProps(principal) ? Object.values(principal).flatMap(texts) : texts(principal);
}

function conditions(statement: Props): readonly Condition[] {
  const operators = at(statement, "Condition");
  if (!isProps(operators)) return [];
  return Object.entries(operators).flatMap(([operator, keys]) =>
    isProps(keys)
      ? Object.entries(keys).map(([key, values]) => ({
          operator,
          key: key.toLowerCase(),
          values: list(values).map(String),
        }))
      : [],
  );
}
