import { distance } from "fastest-levenshtein";
import type { core } from "zod";
import type { Broken, Problem } from "./problem";
import { understood } from "./rule";
import { factsOf, innerKeys, type SettingKey } from "./schema";

const typeWords: Readonly<Record<string, string>> = {
  string: "text",
  integer: "a whole number",
  int: "a whole number",
  number: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a map of keys and values",
  record: "a map of keys and values",
};

/** What zod found in one setting, in our words. */
export function toProblems(key: SettingKey, value: unknown, issue: core.$ZodIssue): Problem[] {
  const problem = (path: readonly PropertyKey[], broken: Broken): Problem => ({
    setting: place(key, path),
    value: valueAt(value, path),
    ...broken,
  });
  const found = valueAt(value, issue.path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((unknown) =>
        problem([...issue.path, unknown], {
          rule: "there is no such key",
          fix: nearest(unknown, innerKeys[key] ?? []),
        }),
      );
    case "invalid_type":
      return [problem(issue.path, wrongType(key, issue.expected, found))];
    case "invalid_value":
      return [problem(issue.path, wrongChoice(issue, found))];
    case "custom":
      return [problem(issue.path, understood(issue.message))];
    default:
      // Numbers past what JavaScript counts exactly.
      return [problem(issue.path, wrongType(key, "int", found))];
  }
}

/** The word that was meant, where one is near enough to be meant; case does not count. */
export function nearest(
  word: string,
  known: readonly string[],
  otherwise = `there are ${known.join(", ")}`,
): string {
  const far = (candidate: string) => distance(word.toLowerCase(), candidate.toLowerCase());
  const [candidate = ""] = [...known].sort((one, other) => far(one) - far(other));
  return far(candidate) <= Math.max(2, candidate.length / 2) ? `did you mean ${candidate}?` : otherwise;
}

export function wrongType(key: SettingKey, expected: string, found: unknown): Broken {
  const rule = `it must be ${typeWords[expected] ?? expected}`;
  if (expected === "string" && (typeof found === "number" || typeof found === "boolean")) {
    return { rule, fix: `quote it: "${String(found)}"` };
  }
  if (expected === "number" && typeof found === "string" && /^\d{1,15}$/.test(found)) {
    return { rule, fix: "write it without quotes" };
  }
  return { rule, fix: `for example ${factsOf(key).example}` };
}

/** Some choices explain themselves (gatewaySkus.ts); the others list what there is. */
function wrongChoice(issue: core.$ZodIssueInvalidValue, found: unknown): Broken {
  const own = understood(issue.message);
  if (own.fix !== "") return own;
  const choices = issue.values.map(String);
  return {
    rule: `it takes ${choices.join(", ")}`,
    fix: typeof found === "string" ? nearest(found, choices, "choose one of them") : "choose one of them",
  };
}

/** `buckets[0].name`, `tags["cost center"]`. */
function place(key: string, path: readonly PropertyKey[]): string {
  const steps = path.map((step) => {
    if (typeof step === "number") return `[${step}]`;
    return /^\w+$/.test(String(step)) ? `.${String(step)}` : `[${JSON.stringify(String(step))}]`;
  });
  return key + steps.join("");
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inside, step) =>
      typeof inside === "object" && inside !== null
        ? (inside as Record<PropertyKey, unknown>)[step]
        : undefined,
    value,
  );
}
