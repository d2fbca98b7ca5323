import { SettingsError, parseSettings, type Settings } from "../../settings/settings";
import type { RawConfig } from "../../settings/reading";

/** The least a stack can set, as Pulumi hands it over. */
export const leastConfig = {
  "aws:region": "ap-northeast-1",
  "azure-native:location": "japaneast",
  azureCidr: "10.0.1.0/24",
  awsCidr: "10.0.0.0/24",
} as const;

/** A valid configuration with some settings put otherwise; `undefined` takes one away. Lists and maps become JSON, as in Pulumi. */
export function configWith(changes: Readonly<Record<string, unknown>>): RawConfig {
  const settings: Readonly<Record<string, unknown>> = { ...leastConfig, ...changes };
  const values = Object.entries(settings).flatMap(([key, value]): [string, string][] => {
    if (value === undefined) return [];
    return [[key, typeof value === "string" ? value : JSON.stringify(value)]];
  });
  return { values: Object.fromEntries(values) };
}

/** The lines of the error that a configuration ends in, without the heading; none where it is accepted. */
export function complaints(config: RawConfig): readonly string[] {
  try {
    parseSettings(config);
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.message.split("\n").slice(1);
  }
}

/** The networks of settings that make their own. */
export function newNetworks({ azureNetwork, awsNetwork }: Settings) {
  if (azureNetwork.kind !== "new" || awsNetwork.kind !== "new")
    throw new Error("these settings join a network");
  return { azureNetwork, awsNetwork };
}
