import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dump } from "js-yaml";
import path from "node:path";
import { isMap, keysOf, stackFileOf } from "../model/stackFile";
import { textOf } from "../model/textFile";
import { snapshotFileOf } from "../run/surroundings";
import { makeFolders, type Folders } from "./environment";

/** What a secret setting of the real stack reads as here: nobody can decrypt it without the stack's own key. */
const standIn = "rehearsal";

/** A stack and its file, relative to the working directory. */
export interface NamedFile {
  readonly stack: string;
  readonly configFile: string;
}

/**
 * Prepares the project for a run outside its tree: Pulumi.yaml leads back to the program, and the stacks' settings are
 * copies, since the engine writes its encryption salt into them. In a folder that is used again, a copy stays as the
 * engine (or `config set`) left it, until its original changes. `named` is the file of one stack that is elsewhere. A
 * snapshot comes along with its stack's file, because the program looks for it beside Pulumi.yaml.
 */
export function prepareWorkspace(projectFolder: string, root: string, named?: NamedFile): Folders {
  const folders = makeFolders(root);
  const originals = path.join(root, "originals");
  mkdirSync(originals, { recursive: true });
  const program = keysOf(textOf(readFileSync(path.join(projectFolder, "Pulumi.yaml"))), "Pulumi.yaml");
  // `main` may be absolute: the program runs where it is, with its own node_modules.
  const main = path.resolve(projectFolder, typeof program["main"] === "string" ? program["main"] : ".");
  writeFileSync(path.join(folders.project, "Pulumi.yaml"), dump({ ...program, main }));
  const files = new Map(
    readdirSync(projectFolder)
      .filter((name) => /^Pulumi\..+\.yaml$/.test(name))
      .map((file) => [file, path.join(projectFolder, file)]),
  );
  if (named !== undefined) files.set(`Pulumi.${named.stack}.yaml`, path.resolve(named.configFile));
  for (const [file, source] of files) {
    copySnapshot(file.replace(/^Pulumi\.(.+)\.yaml$/, "$1"), source, folders);
    const noted = path.join(originals, file);
    if (existsSync(noted) && readFileSync(noted, "utf8") === readFileSync(source, "utf8")) continue;
    const copy = path.join(folders.project, file);
    const kept = existsSync(copy) ? keysOf(readFileSync(copy, "utf8"), file)["encryptionsalt"] : undefined;
    writeFileSync(copy, stackSettings(textOf(readFileSync(source)), kept, file));
    copyFileSync(source, noted);
  }
  return folders;
}

function copySnapshot(stack: string, configFile: string, { project }: Folders): void {
  const original = snapshotFileOf({ projectDir: project, stack, configFile });
  const copy = snapshotFileOf({ projectDir: project, stack });
  if (existsSync(original)) {
    mkdirSync(path.dirname(copy), { recursive: true });
    copyFileSync(original, copy);
  } else rmSync(copy, { force: true });
}

/** A stack's settings without what only the holder of its key can use. */
export function stackSettings(text: string, encryptionSalt?: unknown, file = "Pulumi.yaml"): string {
  const settings = Object.entries(stackFileOf(text, file))
    .filter(([key]) => !["secretsprovider", "encryptedkey", "encryptionsalt"].includes(key))
    .map(([key, value]) => [key, withoutSecrets(value)] as const);
  const salt = encryptionSalt === undefined ? [] : [["encryptionsalt", encryptionSalt] as const];
  const all = [...settings, ...salt];
  return all.length > 0 ? dump(Object.fromEntries(all)) : "";
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isMap(value)) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && "secure" in value) return standIn;
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutSecrets(inner)]));
}
