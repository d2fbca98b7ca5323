import { expect } from "chai";
import { textOf, YamlError, yamlOf } from "../../../rehearsal/model/textFile";

const text = 'config:\r\n  a: "ü"\r\n';
const utf16 = (bytes: Buffer) => Buffer.from(bytes).swap16();

describe("the text of a file", () => {
  for (const { name, bytes } of [
    { name: "UTF-8", bytes: Buffer.from(text) },
    { name: "UTF-8 with its mark", bytes: Buffer.from(`\uFEFF${text}`) },
    { name: "UTF-16 of Windows", bytes: Buffer.from(`\uFEFF${text}`, "utf16le") },
    { name: "UTF-16, the higher byte first", bytes: utf16(Buffer.from(`\uFEFF${text}`, "utf16le")) },
  ])
    it(`is read in ${name}`, () => {
      expect(textOf(bytes)).to.equal(text);
      expect(yamlOf(textOf(bytes), "f")).to.deep.equal({ config: { a: "ü" } });
    });

  it("names file, line and remedy where it is no YAML", () => {
    expect(() => yamlOf("a: 1\nb: [2\n", "Pulumi.dev.yaml")).to.throw(
      YamlError,
      /^Pulumi\.dev\.yaml:\d+:\d+ is no YAML: .*; close its bracket$/,
    );
  });
});
