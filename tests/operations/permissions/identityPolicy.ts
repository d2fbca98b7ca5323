import { conditionsHold, type StatementJson, valuesOf, wildcardMatch } from "../../rehearsal/iam/statements";

/** One resource of a call, and what AWS knows of the call where it decides about it. */
export interface Question {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** Whether a statement of an identity policy allows it; these policies deny nothing. */
export function allows(policy: { readonly Statement: readonly object[] }, question: Question): boolean {
  return (policy.Statement as readonly StatementJson[]).some((statement) => {
    if (statement.Effect !== "Allow") throw new Error("only Allow is known here");
    return (
      valuesOf(statement.Action).includes(question.action) &&
      valuesOf(statement.Resource).some((pattern) => wildcardMatch(pattern, question.resource)) &&
      conditionsHold(statement.Condition, question.context)
    );
  });
}
