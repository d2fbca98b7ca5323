import { expect } from "chai";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { raiseGeneration, StackFileError } from "../../../operations/rotate/generation";

const project = "azure-s3-privatelink";
const key = `${project}:presharedKeyGenerations`;
const root = path.resolve(__dirname, "../../..");

describe("raising a key's generation in a stack's file", () => {
  for (const { name, before, after } of [
    {
      name: "raises a number and leaves comments and order",
      before: `# top\nconfig:\n  ${key}: # each by itself\n    tunnel2: 4 # last March\n    tunnel1: 2\n  aws:region: x # end\n`,
      after: `# top\nconfig:\n  ${key}: # each by itself\n    tunnel2: 5 # last March\n    tunnel1: 2\n  aws:region: x # end\n`,
    },
    {
      name: "adds the tunnel below the others",
      before: `config:\n  ${key}:\n      tunnel1: 2 # why\n      # a word on what follows\n  z: 1\n`,
      after: `config:\n  ${key}:\n      tunnel1: 2 # why\n      tunnel2: 2\n      # a word on what follows\n  z: 1\n`,
    },
    {
      name: "adds the setting at the end of the config",
      before: `config:\n    a: 1 # one\n    b:\n        - x\n        - y # why\n# the rest\nencryptionsalt: v1:abc\n`,
      after: `config:\n    a: 1 # one\n    b:\n        - x\n        - y # why\n    ${key}:\n        tunnel2: 2\n# the rest\nencryptionsalt: v1:abc\n`,
    },
    {
      name: "adds the setting after a list of maps",
      before: `config:\n  b:\n    - name: x\n      access: read\n`,
      after: `config:\n  b:\n    - name: x\n      access: read\n  ${key}:\n    tunnel2: 2\n`,
    },
    {
      name: "adds the setting to a file without a last line break",
      before: `config:\n  a: "1"`,
      after: `config:\n  a: "1"\n  ${key}:\n    tunnel2: 2\n`,
    },
    {
      name: "fills an empty map",
      before: `config:\n  ${key}: {}\n`,
      after: `config:\n  ${key}: { tunnel2: 2 }\n`,
    },
    {
      name: "adds to a map on one line",
      before: `config:\n  ${key}: { tunnel1: 3 } # short\n`,
      after: `config:\n  ${key}: { tunnel1: 3, tunnel2: 2 } # short\n`,
    },
    {
      name: "keeps the line breaks of Windows",
      before: `config:\r\n  ${key}:\r\n    tunnel1: 2\r\n  z: 1\r\n`,
      after: `config:\r\n  ${key}:\r\n    tunnel1: 2\r\n    tunnel2: 2\r\n  z: 1\r\n`,
    },
    {
      name: "adds the setting after a block of text",
      before: `config:\n  a: |\n    one\n    two\nsecretsprovider: x\n`,
      after: `config:\n  a: |\n    one\n    two\n  ${key}:\n    tunnel2: 2\nsecretsprovider: x\n`,
    },
  ])
    it(name, () => {
      expect(raiseGeneration(before, project, "tunnel2").text).to.equal(after);
    });

  for (const stack of ["dev", "prod"])
    it(`adds two lines to Pulumi.${stack}.yaml and changes no other`, () => {
      const before = readFileSync(path.join(root, `Pulumi.${stack}.yaml`), "utf8");
      const { text, from, to } = raiseGeneration(before, project, "tunnel1");
      const lines = before.split("\n");
      expect(text.split("\n").filter((line) => !lines.includes(line))).to.deep.equal([
        `  ${key}:`,
        "    tunnel1: 2",
      ]);
      expect(text.split("\n").filter((line) => lines.includes(line))).to.deep.equal(lines);
      expect([from, to]).to.deep.equal([1, 2]);
    });

  it("changes nothing else, whatever the file looks like", () => {
    const scalar = fc.oneof(fc.integer(), fc.boolean(), fc.stringMatching(/^[a-z][a-z .]{0,20}[a-z]$/));
    const value = fc.oneof(
      scalar,
      fc.array(scalar, { minLength: 1 }),
      fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), scalar, { minKeys: 1 }),
    );
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,6}:[a-z]{1,6}$/), value, { minKeys: 1 }),
        fc.option(
          fc.dictionary(fc.constantFrom("tunnel1", "tunnel2", "tunnel3"), fc.integer({ min: 1, max: 99 })),
          { nil: undefined },
        ),
        fc.boolean(),
        (others, generations, last) => {
          const own = generations === undefined ? {} : { [key]: generations };
          const config = last ? { ...others, ...own } : { ...own, ...others };
          const before = toBlock({ config });
          const { text, to } = raiseGeneration(before, project, "tunnel2");
          const expected = { config: { ...config, [key]: { ...generations, tunnel2: to } } };
          expect(parse(text)).to.deep.equal(expected);
          const kept = before.split("\n").filter((line) => !/tunnel2|presharedKeyGenerations/.test(line));
          expect(text.split("\n")).to.include.members(kept);
        },
      ),
      { numRuns: 200 },
    );
  });

  for (const { name, text, says } of [
    { name: "a file without config", text: "encryptionsalt: x\n", says: /has no config/ },
    { name: "a file that is no YAML", text: "config:\n  a: [1\n", says: /is no YAML/ },
    {
      name: "a number below 1",
      text: `config:\n  ${key}:\n    tunnel2: 0\n`,
      says: /tunnel2 is 0, and must be a whole number from 1/,
    },
    { name: "a word for a number", text: `config:\n  ${key}:\n    tunnel2: two\n`, says: /tunnel2 is two/ },
    {
      name: "a text for the map",
      text: `config:\n  ${key}: '{"tunnel2":2}'\n`,
      says: /is no map of tunnels to numbers/,
    },
    {
      name: "an encrypted map",
      text: `config:\n  ${key}:\n    secure: abc\n`,
      says: /is no map of tunnels to numbers/,
    },
  ])
    it(`refuses ${name}`, () => {
      expect(() => raiseGeneration(text, project, "tunnel2")).to.throw(StackFileError, says);
    });
});

/** Block style by hand, comments and all, so that the library does not check itself. */
function toBlock(value: unknown, indent = ""): string {
  if (typeof value !== "object" || value === null)
    return ` ${JSON.stringify(value)} # said ${indent.length}\n`;
  if (Array.isArray(value))
    return `\n${value.map((item) => `${indent}-${toBlock(item, `${indent}  `)}`).join("")}`;
  const entries = Object.entries(value);
  if (entries.length === 0) return " {}\n";
  const lines = entries
    .map(([name, inner]) => `${indent}"${name}":${toBlock(inner, `${indent}  `)}`)
    .join("");
  return indent === "" ? lines : `\n${lines}`;
}
