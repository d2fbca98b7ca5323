import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dump, load } from "js-yaml";
import path from "node:path";
import { sdkModules } from "./sdkModules";

/** A project that loads what the program loads and registers nothing: what no program of this kind can go below. */
export function writeEmptyProgram(root: string, folder: string): void {
  mkdirSync(folder);
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  for (const file of ["package.json", "tsconfig.json", "Pulumi.dev.yaml", "Pulumi.prod.yaml"]) {
    copyFileSync(path.join(root, file), path.join(folder, file));
  }
  const project = load(readFileSync(path.join(root, "Pulumi.yaml"), "utf8")) as object;
  writeFileSync(
    path.join(folder, "Pulumi.yaml"),
    dump({ ...project, main: undefined }, { skipInvalid: true }),
  );
  const loads = sdkModules(root).map((name) => `require(${JSON.stringify(name)});\n`);
  writeFileSync(path.join(folder, "index.ts"), `${loads.join("")}export = {};\n`);
}
