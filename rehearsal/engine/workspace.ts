import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isMap, isScalar, parseDocument, visit, type Document } from "yaml";
import { makeFolders, type Folders } from "./environment";

/** What a secret setting of the real stack reads as here: nobody can decrypt it without the stack's own key. */
const standIn = "rehearsal";

/**
 * Prepares the project for a run outside its tree: Pulumi.yaml leads back to the program, and the stacks' settings are
 * copies, since the engine writes its encryption salt into them. In a folder that is used again, a copy stays as the
 * engine (or `config set`) left it, until its original changes.
 */
export function prepareWorkspace(projectFolder: string, root: string): Folders {
  const folders = makeFolders(root);
  const originals = path.join(root, "originals");
  mkdirSync(originals, { recursive: true });
  const program = parseDocument(readFileSync(path.join(projectFolder, "Pulumi.yaml"), "utf8"));
  writeFileSync(path.join(folders.project, "Pulumi.yaml"), pointAt(program, projectFolder).toString());
  for (const file of readdirSync(projectFolder).filter((name) => /^Pulumi\..+\.yaml$/.test(name))) {
    const [source, noted] = [path.join(projectFolder, file), path.join(originals, file)];
    if (existsSync(noted) && readFileSync(noted, "utf8") === readFileSync(source, "utf8")) continue;
    const copy = path.join(folders.project, file);
    const kept = existsSync(copy)
      ? parseDocument(readFileSync(copy, "utf8")).get("encryptionsalt")
      : undefined;
    writeFileSync(copy, stackSettings(readFileSync(source, "utf8"), kept));
    copyFileSync(source, noted);
  }
  return folders;
}

/** A stack's settings without what only the holder of its key can use. */
export function stackSettings(text: string, encryptionSalt?: unknown): string {
  const settings: Document = parseDocument(text);
  if (!isMap(settings.contents)) settings.contents = settings.createNode({});
  for (const key of ["secretsprovider", "encryptedkey", "encryptionsalt"]) settings.delete(key);
  visit(settings, {
    Map: (_, node) => {
      const [pair] = node.items;
      const secure = node.items.length === 1 && isScalar(pair?.key) && pair.key.value === "secure";
      return secure ? settings.createNode(standIn) : undefined;
    },
  });
  if (encryptionSalt !== undefined) settings.set("encryptionsalt", encryptionSalt);
  return isMap(settings.contents) && settings.contents.items.length > 0 ? settings.toString() : "";
}

/** `main` may be absolute: the program runs where it is, with its own node_modules. */
function pointAt(project: Document, folder: string): Document {
  const main = project.get("main");
  project.set("main", path.resolve(folder, typeof main === "string" ? main : "."));
  return project;
}
