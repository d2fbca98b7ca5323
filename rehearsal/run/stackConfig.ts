import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
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

/** Pulumi.yaml's defaults below Pulumi.<stack>.yaml's values below `overrides`, which name their namespace. */
export function readStackConfig(
  projectDir: string,
  stack: string,
  overrides: Readonly<Record<string, string>> = {},
): StackConfig {
  const project = readProject(projectDir);
  const keys = readStackFile(projectDir, stack);
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
    const file = `Pulumi.${stack}.yaml`;
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
export function requireStackFile(projectDir: string, stack: string): void {
  const stacks = stacksOf(projectDir);
  if (stacks.includes(stack)) return;
  const there = stacks.length === 0 ? "no other" : stacks.join(", ");
  throw new StackConfigError(
    `--stack ${stack}: there is no Pulumi.${stack}.yaml; the project has ${there}, and pulumi stack init ${stack} begins one`,
  );
}

function readStackFile(projectDir: string, stack: string): StackFile {
  requireStackFile(projectDir, stack);
  return readWith(stackFileOf, projectDir, `Pulumi.${stack}.yaml`);
}

function readProject(projectDir: string): ProjectFile {
  const project = readWith(keysOf, projectDir, "Pulumi.yaml");
  if (typeof project["name"] === "string") return project as unknown as ProjectFile;
  throw new StackConfigError("Pulumi.yaml has no name; restore it as it is in the repository");
}

function readWith<T extends Keys>(
  read: (text: string, file: string) => T,
  projectDir: string,
  file: string,
): T {
  try {
    return read(textOf(readFileSync(join(projectDir, file))), file);
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
