import { expect } from "chai";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { rules } from "../../policy/rules";

const page = readFileSync(resolve(__dirname, "../../docs/policy.md"), "utf8");

describe("the page about the policy pack", () => {
  it("lists every rule with its sentence, in the pack's order, and no other", () => {
    const listed = page.split("\n").filter((line) => line.startsWith("| `"));
    expect(listed).to.deep.equal(
      rules.map((rule) => `| \`${rule.name}\` | ${rule.description} | ${rule.development ?? "applies"} |`),
    );
  });
});
