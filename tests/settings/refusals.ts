import { expect } from "chai";
import { complaints, configWith } from "./validConfig";

/** A configuration that breaks one rule, and the whole line that it must be refused with. */
export interface Refusal {
  readonly what: string;
  readonly given: Readonly<Record<string, unknown>>;
  readonly says: string;
}

/** One test a row. The line is compared whole, and alone: one mistake is one line. */
export function refuses(refusals: readonly Refusal[]): void {
  for (const { what, given, says } of refusals) {
    it(`refuses ${what}`, () => {
      expect(complaints(configWith(given))).to.deep.equal([`  ${says}`]);
    });
  }
}

export function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
