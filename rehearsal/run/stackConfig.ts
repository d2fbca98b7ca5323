import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { textOf, YamlError, yamlOf } from "../model/textFile";

/** A stack's configuration as the engine hands it to a program: every value a string. */
export interface StackConfig {
  readonly project: string;
  readonly values: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

/** Thrown where no program would be run at all. */
export class StackConfigError extends Error {
  override readonly name = "StackConfigError";
}

/** In place of an encrypted value, whose key only the real engine has. */
const dummySecret = "rehearsal-secret";

type Entry = string | number | boolean | null | readonly unknown[] | Readonly<Record<string, unknown>>;

interface ProjectFile {
  readonly name: string;
  readonly config?: Readonly<Record<string, { default?: Entry; value?: Entry } | null>>;
}

interface StackFile {
  readonly config?: Readonly<Record<string, Entry>> | null;
}

/** Pulumi.yaml's defaults below Pulumi.<stack>.yaml's values below `overrides`, which name their namespace. */
export function readStackConfig(
  projectDir: string,
  stack: string,
  overrides: Readonly<Record<string, string>> = {},
): StackConfig {
  const project = readYaml(projectDir, "Pulumi.yaml") as ProjectFile;
  const file = readStackFile(projectDir, stack);
  const values = new Map<string, string>();
  const secretKeys: string[] = [];
  for (const [key, declared] of Object.entries(project.config ?? {})) {
    const given = declared?.value ?? declared?.default;
    if (given !== undefined) values.set(qualified(key, project.name), configString(given));
  }
  for (const [key, entry] of Object.entries(file.config ?? {})) {
    const name = qualified(key, project.name);
    if (isEncrypted(entry)) secretKeys.push(name);
    values.set(name, isEncrypted(entry) ? dummySecret : configString(entry));
  }
  for (const [key, value] of Object.entries(overrides)) values.set(qualified(key, project.name), value);
  const missing = Object.keys(project.config ?? {}).filter(
    (key) => !values.has(qualified(key, project.name)),
  );
  if (missing.length > 0) throw new StackConfigError(missingValues(stack, project.name, missing));
  return { project: project.name, values: Object.fromEntries(values), secretKeys };
}

/** The stacks that have a file in the project. */
export function stacksOf(projectDir: string): string[] {
  return readdirSync(projectDir)
    .map((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1])
    .filter((stack) => stack !== undefined)
    .sort();
}

function readStackFile(projectDir: string, stack: string): StackFile {
  const stacks = stacksOf(projectDir);
  if (!stacks.includes(stack)) {
    const there = stacks.length === 0 ? "there is none yet" : `there are ${stacks.join(", ")}`;
    throw new StackConfigError(`stack ${stack} has no Pulumi.${stack}.yaml; ${there}`);
  }
  return readYaml(projectDir, `Pulumi.${stack}.yaml`) ?? {};
}

function readYaml(projectDir: string, file: string): unknown {
  try {
    return yamlOf(textOf(readFileSync(join(projectDir, file))), file);
  } catch (error) {
    throw error instanceof YamlError ? new StackConfigError(error.message) : error;
  }
}

/** The engine's own words for it. */
function missingValues(stack: string, project: string, keys: readonly string[]): string {
  return keys.map((key) => `Stack '${stack}' is missing configuration value '${project}:${key}'`).join("\n");
}

function qualified(key: string, project: string): string {
  return key.includes(":") ? key : `${project}:${key}`;
}

/** Text stays as it is; any other YAML value reaches a program as JSON. */
function configString(entry: Entry): string {
  return typeof entry === "string" ? entry : JSON.stringify(entry);
}

function isEncrypted(entry: Entry): boolean {
  return typeof entry === "object" && entry !== null && "secure" in entry;
}
