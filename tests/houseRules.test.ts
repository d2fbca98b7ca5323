import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import ts from "typescript";
import { componentTypes, partsOf } from "../rehearsal/model/resourceTypes";
import { program } from "../structure.json";

const root = resolve(__dirname, "..");

describe("the house rules", () => {
  const components = [...program.files, ...program.folders].flatMap(filesOf).flatMap(componentsIn);

  it("finds the components that the rehearsal names", () => {
    expect(components.map((component) => component.name)).to.have.members(
      Object.values(componentTypes).map((type) => partsOf(type).kind),
    );
  });

  for (const { name, text, lastStatement } of components)
    it(`lets ${name} parent its children and end its constructor with registerOutputs`, () => {
      expect(text).to.include("{ parent: this }");
      expect(lastStatement).to.match(/^this\.registerOutputs\((?!undefined|\{\s*\})[^)]/);
    });
});

function filesOf(place: string): string[] {
  if (place.endsWith(".ts")) return [place];
  const entries = readdirSync(join(root, place), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function componentsIn(file: string): { name: string; text: string; lastStatement: string }[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(root, file), "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  return source.statements
    .filter(ts.isClassDeclaration)
    .filter((statement) =>
      statement.heritageClauses?.some((clause) => clause.getText().includes("ComponentResource")),
    )
    .map((statement) => ({
      name: statement.name?.text ?? "unnamed",
      text: statement.getText(),
      lastStatement:
        statement.members.find(ts.isConstructorDeclaration)?.body?.statements.at(-1)?.getText() ?? "",
    }));
}
