import { expect } from "chai";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { outputsSchema } from "../outputs";
import { parseSettings } from "../settings/settings";
import { record } from "../rehearsal/run/record";

const root = path.join(__dirname, "..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const pages = [
  ...readdirSync(root, { encoding: "utf8" }),
  ...readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" }).map(
    (file) => `docs/${file}`,
  ),
].filter((file) => file.endsWith(".md") && file !== "CHANGELOG.md");
const { scripts } = JSON.parse(read("package.json")) as { scripts: Readonly<Record<string, string>> };
const every = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found]) => found ?? "");

/** What a page names and the project lacks. */
function missingIn(page: string, text: string): string[] {
  const folder = path.dirname(path.join(root, page));
  return [
    ...every(text, /npm run (?:--silent )?([\w:-]+)/g).filter((name) => !(name in scripts)),
    ...every(text, /pulumi stack output (?:--stack \S+ )?([a-z]\w+)/g).filter(
      (name) => !(name in outputsSchema.shape),
    ),
    ...every(text, /\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)/g).filter(
      (link) => !existsSync(path.join(folder, link)),
    ),
  ];
}

describe("the pages", () => {
  for (const page of pages)
    it(`name scripts, outputs and files that exist: ${page}`, () => {
      expect(missingIn(page, read(page))).to.deep.equal([]);
    });

  for (const wrong of ["npm run rehears", "pulumi stack output endpoint", "[the glossary](docs/glosary.md)"])
    it(`would be wrong with ${wrong}`, () => {
      expect(missingIn("README.md", `Try ${wrong}.`)).to.have.length(1);
    });
});

describe("the README", () => {
  const readme = read("README.md");

  it("has a first stack whose four settings are enough", () => {
    const lines = [...readme.matchAll(/^pulumi config set (\S+) (\S+)$/gm)];
    const values = Object.fromEntries(lines.map(([, key = "", value = ""]) => [key, value]));
    expect(Object.keys(values)).to.have.length(4);
    expect(() => parseSettings({ values })).not.to.throw();
  });

  it("shows the list command as a stack prints it, on Linux and on Windows", async () => {
    const { outputs } = await record({ projectDir: root, stack: "dev" });
    const shape = (command: string) =>
      command.replace(/vpce-\w+-\w+\./, "vpce-ID.").replace(/s3:\/\/s3-data-[\w-]+/, "s3://s3-data-ID");
    const shown = every(readme, /^(aws s3 --endpoint-url .*)$/gm);
    expect(shown.map(shape)).to.deep.equal(Array(2).fill(shape(outputs["listCommand"] as string)));
  });

  it("needs nothing but npm for its first two commands", () => {
    const [first = "", second = ""] = every(readme, /^(npm ci && .*)$/gm);
    expect([first, second]).to.deep.equal(["npm ci && npm run rehearse", "npm ci && npm run test:all"]);
  });
});
