import { contextKeyOf, type ContextKey } from "./conditionKeys";
import { type Context, matchesCondition } from "./conditions";
import { type AccessRequest, contextOf } from "./context";
import { meansAction, meansCaller, meansResource, type Policy } from "./evaluator";

/** Policies that decide together. */
export type Deciding = readonly (Policy | undefined)[];

/** What of a request is told apart. */
export type Part = Extract<ContextKey["tells"], "caller" | "way" | "call">;

/**
 * How policies see one part of a request, as ones and zeros. Two callers, ways or calls with the same signature are the
 * same to them: whatever the other parts are, the decision is the same.
 */
export function signature(deciding: Deciding, part: Part, request: AccessRequest): string {
  let context: Context | undefined;
  const action = request.action.toLowerCase();
  let bits = "";
  for (const policy of deciding)
    for (const statement of policy?.statements ?? []) {
      if (part === "caller") bits += bit(meansCaller(statement, policy?.kind ?? "bucket", request));
      if (part === "call")
        bits += bit(meansAction(statement, action) && meansResource(statement, request.resource));
      for (const condition of statement.conditions)
        if (contextKeyOf(condition.key)?.tells === part)
          bits += bit(matchesCondition(condition, (context ??= contextOf(request))));
    }
  return bits;
}

function bit(value: boolean): string {
  return value ? "1" : "0";
}

/** Whatever the policies compare a context key with. */
export function valuesOf(deciding: Deciding, key: string): readonly string[] {
  const values = deciding.flatMap((policy) =>
    (policy?.statements ?? []).flatMap(({ conditions }) =>
      conditions.filter((one) => one.key === key && one.operator !== "Null").flatMap((one) => one.values),
    ),
  );
  return [...new Set(values)];
}

/** Whether a condition asks for one of these keys. */
export function asksFor(deciding: Deciding, ...keys: readonly string[]): boolean {
  return deciding.some((policy) =>
    policy?.statements.some(({ conditions }) => conditions.some(({ key }) => keys.includes(key))),
  );
}

/** One of each kind that the policies tell apart, the first that came. */
export function toldApart<T>(
  deciding: Deciding,
  part: Part,
  items: readonly T[],
  requestOf: (item: T) => AccessRequest,
): readonly T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const bits = signature(deciding, part, requestOf(item));
    const isNew = !seen.has(bits);
    seen.add(bits);
    return isNew;
  });
}
