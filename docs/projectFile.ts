import { dump } from "js-yaml";
import { factsOf, innerKeys, settingKeys, settingsSchema, type SettingKey } from "../settings/schema";

/** The four settings that every stack needs, as `pulumi new` asks for them. */
const asked: readonly SettingKey[] = ["aws:region", "azure-native:location", "azureCidr", "awsCidr"];

/** Pulumi.yaml with its `config` and `template.config` made from the schema, all else and every comment as it was. */
export function projectFile(current: string): string {
  return current
    .replace(/^config:\n(?: .*\n)*/m, () => block({ config: declarations() }))
    .replace(/^ {2}config:\n(?: {3}.*\n)*/m, () =>
      block({ config: questions() }).replaceAll(/^(?=.)/gm, "  "),
    );
}

function block(content: object): string {
  return dump(content, { lineWidth: -1, quotingType: '"' });
}

function questions(): Record<string, unknown> {
  return Object.fromEntries(
    asked.map((key) => [key, { description: factsOf(key).description, default: factsOf(key).example }]),
  );
}

/**
 * Automatic names carry the stack, so that the rights of a role end at them. What is deployed keeps its name.
 * @see https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming-configuration
 */
const names = { "pulumi:autonaming": { value: { pattern: "${name}-${stack}-${hex(7)}" } } };

/** Pulumi lets no project declare keys of another namespace, so the providers' two are left out. */
function declarations(): Record<string, unknown> {
  const own = settingKeys.filter((key) => !key.includes(":"));
  return { ...names, ...Object.fromEntries(own.map((key) => [key, declaration(key)])) };
}

function declaration(key: SettingKey): Record<string, unknown> {
  const { type, description } = factsOf(key);
  return {
    type,
    ...(type === "array" ? { items: { type: innerKeys[key] === undefined ? "string" : "object" } } : {}),
    description,
    ...declaredDefault(key),
  };
}

/** A key without a default is mandatory to Pulumi: what derives gets an empty one, which the schema reads as "not set". */
function declaredDefault(key: SettingKey): { readonly default?: unknown } {
  const { type, derived } = factsOf(key);
  if (derived !== undefined) return { default: type === "object" ? {} : "" };
  const parsed = settingsSchema.shape[key].safeParse(undefined);
  return parsed.success ? { default: parsed.data } : {};
}
