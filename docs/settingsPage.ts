import { factsOf, settingKeys, settingsSchema, type SettingKey } from "../settings/schema";

/** docs/settings.md: every setting with its type, range, default, example, effect and source. */
export function settingsPage(): string {
  return [
    "# Settings",
    "",
    "<!-- Generated from settings/schema.ts by `npm run docs`. -->",
    "",
    "A stack's settings are in `Pulumi.<stack>.yaml`, each key with `azure-s3-privatelink:` before it, except the two that belong to the providers. `pulumi config set azureCidr 10.0.1.0/24` sets one; `pulumi config set --path 'awsZones[0]' ap-northeast-1a` sets a part of one. All are checked before anything is created, and every problem is reported at once. None may be a secret.",
    "",
    ...table(),
    "",
    ...settingKeys.flatMap((key) => [...section(key), ""]),
  ].join("\n");
}

function table(): string[] {
  return [
    "| setting | type | default |",
    "| --- | --- | --- |",
    ...settingKeys.map((key) => `| [\`${key}\`](#${anchor(key)}) | ${factsOf(key).type} | ${usual(key)} |`),
  ];
}

function section(key: SettingKey): string[] {
  const { description, range, example, change, source } = factsOf(key);
  return [
    `## ${key}`,
    "",
    description,
    "",
    `- **Range:** ${range}`,
    `- **Default:** ${usual(key)}`,
    `- **Example:** \`${example}\``,
    `- **A change:** ${change}`,
    ...(source === undefined ? [] : [`- **Source:** <${source}>`]),
  ];
}

function usual(key: SettingKey): string {
  const { derived } = factsOf(key);
  if (derived !== undefined) return derived;
  const parsed = settingsSchema.shape[key].safeParse(undefined);
  if (!parsed.success) return "none: every stack sets it";
  return `\`${typeof parsed.data === "string" ? parsed.data : JSON.stringify(parsed.data)}\``;
}

/** GitHub's anchor of a heading. */
function anchor(heading: string): string {
  return heading.toLowerCase().replaceAll(/[^a-z0-9 -]/g, "");
}
