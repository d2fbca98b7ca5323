import { distance } from "fastest-levenshtein";
import type { core } from "zod";
import type { Broken, Problem } from "./problem";
import { understood } from "./rule";
import {
  factsOf,
  innerKeys,
  settingKeys,
  settingsSchema,
  type GivenSettings,
  type SettingKey,
} from "./schema";

/** A stack's configuration as Pulumi hands it over. */
export interface RawConfig {
  /** By key, without this project's namespace: `azureCidr`, `aws:region`. Lists and maps are JSON. */
  readonly values: Readonly<Record<string, string>>;
  /** Keys that were set with `--secret`. */
  readonly secretKeys?: readonly string[];
}

export interface Reading {
  /** Every setting whose value keeps its own rules. */
  readonly given: Partial<GivenSettings>;
  readonly problems: readonly Problem[];
}

/** Each setting read by itself, so that one that is wrong hides no other. */
export function readRaw(raw: RawConfig): Reading {
  const readings = settingKeys.map((key) => ({ key, ...readSetting(key, raw) }));
  const given: Partial<GivenSettings> = Object.fromEntries(
    readings.flatMap(({ key, value, problems }) => (problems.length === 0 ? [[key, value]] : [])),
  );
  return { given, problems: [...readings.flatMap(({ problems }) => problems), ...unknownKeys(raw)] };
}

function readSetting(key: SettingKey, raw: RawConfig): { value?: unknown; problems: readonly Problem[] } {
  const text = raw.values[key];
  if (text !== undefined && raw.secretKeys?.includes(key) === true) return { problems: [secretSetting(key)] };
  const decoded = decode(key, text);
  if ("problem" in decoded) return { problems: [decoded.problem] };
  const parsed = settingsSchema.shape[key].safeParse(decoded.value);
  if (parsed.success) return { value: parsed.data, problems: [] };
  if (decoded.value === undefined) return { problems: [missing(key)] };
  return { problems: parsed.error.issues.flatMap((issue) => toProblems(key, decoded.value, issue)) };
}

/** Pulumi hands over text only: numbers and switches in their usual spelling, lists and maps as JSON. */
function decode(key: SettingKey, text: string | undefined): { value: unknown } | { problem: Problem } {
  const { type, example } = factsOf(key);
  // Pulumi.yaml cannot declare a setting optional without a default, so empty text stands for "not set".
  if (text === undefined || text.trim() === "") return { value: undefined };
  switch (type) {
    case "string":
      return { value: text };
    case "integer":
      return { value: /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text };
    case "boolean":
      return { value: text === "true" ? true : text === "false" ? false : text };
    case "array":
    case "object":
      try {
        return { value: JSON.parse(text) as unknown };
      } catch {
        const rule = `it must be ${typeWords[type]}`;
        return { problem: { setting: key, value: text, rule, fix: `for example ${example}` } };
      }
  }
}

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

function missing(key: SettingKey): Problem {
  const fix = `pulumi config set ${key} ${factsOf(key).example}`;
  return { setting: key, rule: "every stack needs it", fix: `for example: ${fix}` };
}

/** Settings reach resources, outputs and logs in plain sight; a secret among them would not stay one. */
function secretSetting(key: string): Problem {
  return {
    setting: key,
    hidden: true,
    rule: "it is a secret, and settings show in resources, outputs and logs",
    fix: "set it again without --secret",
  };
}

function unknownKeys(raw: RawConfig): Problem[] {
  const known: readonly string[] = settingKeys;
  return Object.keys(raw.values)
    .filter((key) => !known.includes(key))
    .map((key) => ({
      setting: key,
      hidden: true,
      rule: "there is no such setting",
      fix: nearest(key, known, "docs/settings.md lists all"),
    }));
}

function toProblems(key: SettingKey, value: unknown, issue: core.$ZodIssue): Problem[] {
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
    default:
      return [problem(issue.path, understood(issue.message))];
  }
}

/** The word that was meant, where one is near enough to be meant; case does not count. */
function nearest(
  word: string,
  known: readonly string[],
  otherwise = `there are ${known.join(", ")}`,
): string {
  const far = (candidate: string) => distance(word.toLowerCase(), candidate.toLowerCase());
  const [candidate = ""] = [...known].sort((one, other) => far(one) - far(other));
  return far(candidate) <= Math.max(2, candidate.length / 2) ? `did you mean ${candidate}?` : otherwise;
}

function wrongType(key: SettingKey, expected: string, found: unknown): Broken {
  const rule = `it must be ${typeWords[expected] ?? expected}`;
  if (expected === "string" && (typeof found === "number" || typeof found === "boolean")) {
    return { rule, fix: `quote it: "${String(found)}"` };
  }
  if (expected === "number" && typeof found === "string" && /^\d+$/.test(found)) {
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
