import { distance } from "fastest-levenshtein";
import { nearest, toProblems, wrongType } from "./explaining";
import type { Broken, Problem } from "./problem";
import { factsOf, settingKeys, settingsSchema, type GivenSettings, type SettingKey } from "./schema";

/** A stack's configuration as Pulumi hands it over. */
export interface RawConfig {
  /** By key, without this project's namespace: `azureCidr`, `aws:region`. Lists and maps are JSON. */
  readonly values: Readonly<Record<string, string>>;
  /** The namespace of this project's keys. */
  readonly project?: string;
  /** The stack's name, which becomes a part of names. */
  readonly stack?: string;
  /** Keys that were set with `--secret`. */
  readonly secretKeys?: readonly string[];
  /** The AWS provider's own `aws:defaultTags`, as JSON. */
  readonly defaultTags?: string | undefined;
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
  const { type } = factsOf(key);
  // Pulumi.yaml cannot declare a setting optional without a default, so empty text means "not set".
  if (text === undefined || text.trim() === "") return { value: undefined };
  switch (type) {
    case "string":
      return { value: text };
    case "integer":
      // More digits than JavaScript counts exactly stay text, which is no number to the schema.
      return { value: /^-?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : text };
    case "boolean":
      return { value: text === "true" ? true : text === "false" ? false : text };
    case "array":
    case "object":
      try {
        return { value: JSON.parse(text) as unknown };
      } catch {
        return { problem: { setting: key, value: text, ...wrongType(key, type, text) } };
      }
  }
}

function missing(key: SettingKey): Problem {
  const fix = `pulumi config set ${key} ${factsOf(key).example}`;
  return { setting: key, rule: "every stack needs it", fix: `for example: ${fix}` };
}

/** Settings show in resources, outputs and logs; a secret among them would not stay one. */
function secretSetting(key: string): Problem {
  return {
    setting: key,
    hidden: true,
    rule: "it is a secret, and settings show in resources, outputs and logs",
    fix: "set it again without --secret",
  };
}

function unknownKeys({ values, project = "azure-s3-privatelink" }: RawConfig): Problem[] {
  const unknown = Object.keys(values).filter((key) => !settingKeys.some((known) => known === key));
  return unknown.flatMap((key) => {
    const namespace = key.slice(0, Math.max(0, key.lastIndexOf(":")));
    const broken = namespace === "" ? unknownSetting(key) : unknownNamespaced(key, namespace, project);
    return broken === undefined ? [] : [{ setting: key, hidden: true, ...broken }];
  });
}

function unknownSetting(key: string): Broken {
  return { rule: "there is no such setting", fix: nearest(key, settingKeys, "docs/settings.md lists all") };
}

/** Whoever else reads configuration: Pulumi itself, and the providers of this program, which know their own keys. */
const otherReaders = ["pulumi", "aws", "azure-native", "random"];

/** Keys that nobody reads would vanish in silence, a setting of the perimeter among them. */
function unknownNamespaced(key: string, namespace: string, project: string): Broken | undefined {
  const name = key.slice(namespace.length + 1);
  if (otherReaders.includes(namespace)) {
    const meant = settingKeys.find((known) => known.startsWith(`${namespace}:`));
    if (meant === undefined || distance(key, meant) > 2) return undefined;
    return { rule: `the provider has no such key`, fix: `did you mean ${meant}?` };
  }
  const ofProvider = settingKeys.find((known) => known.endsWith(`:${name}`));
  const own = settingKeys.some((known) => known === name);
  const fix = own
    ? `did you mean ${project}:${name}?`
    : ofProvider !== undefined
      ? `did you mean ${ofProvider}?`
      : nearest(namespace, [project, ...otherReaders], "remove it");
  return { rule: `nothing in this program reads ${namespace}`, fix };
}
