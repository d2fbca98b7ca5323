import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { keysOf, stackFileOf, type Keys, type StackFile } from "../model/stackFile";
import { textOf, YamlError } from "../model/textFile";

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

/** The file of a stack's settings: Pulumi.<stack>.yaml of the project, unless somebody names another. */
export function stackFilePath(projectDir: string, stack: string, configFile?: string): string {
  return configFile === undefined ? join(projectDir, `Pulumi.${stack}.yaml`) : resolve(configFile);
}

/**
 * Pulumi.yaml's defaults below the stack file's values below `overrides`, which name their namespace. `configFile` is a
 * stack file elsewhere, relative to the working directory.
 */
export function readStackConfig(
  projectDir: string,
  stack: string,
  overrides: Readonly<Record<string, string>> = {},
  configFile?: string,
): StackConfig {
  const project = readProject(projectDir);
  const path = stackFilePath(projectDir, stack, configFile);
  const file = configFile ?? `Pulumi.${stack}.yaml`;
  requireStackFile(projectDir, stack, configFile);
  const keys = readWith(stackFileOf, path, file);
  const values = new Map<string, string>();
  const secretKeys: string[] = [];
  for (const [key, declared] of Object.entries(project.config ?? {})) {
    const given = declared?.value ?? declared?.default;
    if (given !== undefined) values.set(qualified(key, project.name), configString(given));
  }
  for (const [key, entry] of Object.entries((keys.config ?? {}) as Readonly<Record<string, Entry>>)) {
    const name = qualified(key, project.name);
    if (isEncrypted(entry)) secretKeys.push(name);
    values.set(name, isEncrypted(entry) ? dummySecret : configString(entry));
  }
  for (const [key, value] of Object.entries(overrides)) values.set(qualified(key, project.name), value);
  const missing = Object.keys(project.config ?? {}).filter(
    (key) => !values.has(qualified(key, project.name)),
  );
  if (missing.length > 0) {
    throw new StackConfigError(
      `${file} ${lack(keys)}: every stack needs ${missing.join(", ")}; set each, as pulumi config set --stack ${stack} ${missing[0] ?? ""} VALUE`,
    );
  }
  return { project: project.name, values: Object.fromEntries(values), secretKeys };
}

/** The stacks that have a file in the project. */
export function stacksOf(projectDir: string): string[] {
  return readdirSync(projectDir)
    .map((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1])
    .filter((stack) => stack !== undefined)
    .sort();
}

function lack(keys: StackFile): string {
  if (keys.config) return "lacks settings";
  if ("config" in keys) return "has nothing below config";
  return Object.keys(keys).length === 0 ? "is empty" : "has no config";
}

/** Refuses a stack without a file, in the words of every command. */
export function requireStackFile(projectDir: string, stack: string, configFile?: string): void {
  if (configFile !== undefined) {
    if (existsSync(configFile)) return;
    throw new StackConfigError(`--config-file ${configFile}: there is no such file; name a stack's file`);
  }
  const stacks = stacksOf(projectDir);
  if (stacks.includes(stack)) return;
  const there = stacks.length === 0 ? "no other" : stacks.join(", ");
  throw new StackConfigError(
    `--stack ${stack}: there is no Pulumi.${stack}.yaml; the project has ${there}, and pulumi stack init ${stack} begins one`,
  );
}

function readProject(projectDir: string): ProjectFile {
  const project = readWith(keysOf, join(projectDir, "Pulumi.yaml"), "Pulumi.yaml");
  if (typeof project["name"] === "string") return project as unknown as ProjectFile;
  throw new StackConfigError("Pulumi.yaml has no name; restore it as it is in the repository");
}

function readWith<T extends Keys>(read: (text: string, file: string) => T, path: string, file: string): T {
  try {
    return read(textOf(readFileSync(path)), file);
  } catch (error) {
    throw error instanceof YamlError ? new StackConfigError(error.message) : error;
  }
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
