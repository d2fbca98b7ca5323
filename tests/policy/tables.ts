import { expect } from "chai";
import { judgeResource, type ResourceRule } from "../../policy/rule";
import type { Props } from "../../policy/values";
import { resource } from "./resources";

/** One resource that a rule accepts, or refuses with exactly these words. */
export interface Row {
  readonly that: string;
  readonly type: string;
  readonly props: Props;
  readonly stack?: string;
  readonly says?: readonly string[];
}

/** One `it` a row; a rule without a row of either kind proves nothing, so both are asked for. */
export function describeRule(rule: ResourceRule, rows: readonly Row[]): void {
  describe(rule.name, () => {
    for (const { that, type, props, stack, says = [] } of rows)
      it(`${says.length === 0 ? "accepts" : "refuses"} ${that}`, () => {
        expect(judgeResource(rule, resource(type, props, stack))).to.deep.equal(says);
      });

    it("is shown by accepted and by refused cases, for every type that it judges", () => {
      const refused = rows.filter((row) => row.says !== undefined).map((row) => row.type);
      expect(Object.keys(rule.checks).filter((type) => !refused.includes(type))).to.deep.equal([]);
      expect(rows.some((row) => row.says === undefined)).to.equal(true);
    });
  });
}
