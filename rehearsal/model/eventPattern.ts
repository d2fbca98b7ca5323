import { isList, isProps } from "./values";
import type { Value } from "./recording";

/**
 * Whether an event matches a pattern of EventBridge's, as far as it says values, beginnings and `$or`. Throws where it says
 * something else.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function matchesPattern(pattern: Value | undefined, event: Value | undefined): boolean {
  if (pattern === undefined || !isProps(pattern)) throw new UnreadPatternError(JSON.stringify(pattern));
  return Object.entries(pattern).every(([field, wanted]) => {
    if (field === "$or" && isList(wanted)) return wanted.some((one) => matchesPattern(one, event));
    const found = isProps(event) ? event[field] : undefined;
    return isList(wanted)
      ? wanted.some((one) => matchesValue(one, found))
      : found !== undefined && matchesPattern(wanted, found);
  });
}

function matchesValue(wanted: Value, found: Value | undefined): boolean {
  if (!isProps(wanted)) return wanted === found;
  const { prefix, ...others } = wanted;
  if (typeof prefix !== "string" || Object.keys(others).length > 0)
    throw new UnreadPatternError(JSON.stringify(wanted));
  return typeof found === "string" && found.startsWith(prefix);
}

export class UnreadPatternError extends Error {
  override readonly name = "UnreadPatternError";
  constructor(said: string) {
    super(`an event pattern says ${said}, which is not read`);
  }
}
