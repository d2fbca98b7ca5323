import { expect } from "chai";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { kinds } from "../../operations/verify/judge/findings";
import { impacts } from "../../rehearsal/clouds/impact";

const docs = path.resolve(__dirname, "../../docs");
const read = (file: string) => readFileSync(path.join(docs, file), "utf8");
/** Without what the formatter adds to tables. */
const cells = (line: string) => line.split("|").map((cell) => cell.trim());

describe("the operations guide", () => {
  it("lists every finding of verify as the table has it", () => {
    const rows = Object.entries(kinds).map(([name, { severity, settles, cause, next }]) =>
      cells(`| \`${name}\` | ${severity}${settles ? ", may pass" : ""} | ${cause} | ${next} |`),
    );
    const lines = read("operations.md").split("\n").map(cells);
    expect(rows.filter((row) => !lines.some((line) => line.join("|") === row.join("|")))).to.deep.equal([]);
  });

  it("explains every impact of the review", () => {
    for (const impact of impacts) expect(read("operations.md")).to.include(`\`${impact}\``);
  });

  const pages = [
    "operations.md",
    ...readdirSync(path.join(docs, "runbooks")).map((file) => `runbooks/${file}`),
  ];
  for (const page of pages)
    it(`leads from ${page} to pages that are there`, () => {
      const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = ""]) => link);
      expect(links.filter((link) => !existsSync(path.join(docs, path.dirname(page), link)))).to.deep.equal(
        [],
      );
    });

  it("has the pages that the findings name", () => {
    const named = Object.values(kinds).flatMap(({ next }) => /docs\/[\w./-]+\.md/.exec(next) ?? []);
    expect(named).not.to.deep.equal([]);
    expect(named.filter((file) => !existsSync(path.join(docs, "..", file)))).to.deep.equal([]);
  });
});
