import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { program } from "../structure.json";

/** Every module of Pulumi's SDKs that the program loads when it runs, type-only imports apart. */
export function sdkModules(projectDir: string): string[] {
  const files = [
    ...program.files,
    ...program.folders.flatMap((folder) =>
      sourcesIn(join(projectDir, folder)).map((file) => join(folder, file)),
    ),
  ];
  const names = files.flatMap((file) => loadedBy(readFileSync(join(projectDir, file), "utf8")));
  return [...new Set(names)].filter((name) => name.startsWith("@pulumi/")).sort();
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder).filter((file) => file.endsWith(".ts"));
}

function loadedBy(source: string): string[] {
  const file = ts.createSourceFile("source.ts", source, ts.ScriptTarget.Latest);
  return file.statements
    .filter(ts.isImportDeclaration)
    .filter((statement) => statement.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword)
    .map((statement) =>
      ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : "",
    );
}
