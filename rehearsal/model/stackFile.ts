import { YamlError, yamlOf } from "./textFile";

export type Keys = Readonly<Record<string, unknown>>;

/** What Pulumi reads in a stack's file; every other key beside them is passed over in silence. */
const keysOfStackFile = ["config", "environment", "secretsprovider", "encryptedkey", "encryptionsalt"];

/** The keys of a YAML file, none where it is empty; a YamlError where it holds something else. */
export function keysOf(text: string, file: string): Keys {
  const content = yamlOf(text, file) ?? {};
  if (isMap(content)) return content;
  throw new YamlError(
    `${file} is ${kindOf(content)}; write keys and values, each on a line of its own, as key: value`,
  );
}

export interface StackFile extends Keys {
  readonly config?: Keys | null;
}

/** The keys of a stack's file, whose `config` is a map of settings where there is one; else a YamlError. */
export function stackFileOf(text: string, file: string): StackFile {
  const keys = keysOf(text, file);
  const unread = Object.keys(keys).find((key) => !keysOfStackFile.includes(key));
  if (unread !== undefined) {
    const fix = isMap(keys[unread]) ? "write config:" : "write it below config:, indented by two spaces";
    throw new YamlError(`${file}: Pulumi reads no ${unread} beside ${keysOfStackFile.join(", ")}; ${fix}`);
  }
  const { config } = keys;
  if (config === undefined || config === null || isMap(config))
    return { ...keys, ...(config === undefined ? {} : { config }) };
  throw new YamlError(
    `${file}: config is ${kindOf(config)}; write settings below it, as azure-s3-privatelink:azureCidr: 10.0.1.0/24`,
  );
}

export function isMap(value: unknown): value is Keys {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return typeof value === "string" ? "text" : `the ${typeof value} ${String(value)}`;
}
