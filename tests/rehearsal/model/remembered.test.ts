import { expect } from "chai";
import { remembered } from "../../../rehearsal/model/remembered";

/** Doubles numbers, and keeps what it was asked. */
function doubling(most: number) {
  const asked: number[] = [];
  const double = remembered(
    ({ number }: { readonly number: number }) => {
      asked.push(number);
      if (number < 0) throw new Error("too small");
      return { doubled: 2 * number };
    },
    { most },
  );
  return { asked, double: (number: number) => double({ number }) };
}

describe("A function that remembers its latest answers", () => {
  it("gives the same answer to what is asked again, by whatever object", () => {
    const { asked, double } = doubling(2);
    const first = double(1);
    expect(double(1)).to.equal(first);
    expect(double(2)).to.deep.equal({ doubled: 4 });
    expect(asked).to.deep.equal([1, 2]);
  });

  it("forgets what was not asked for the longest time", () => {
    const { asked, double } = doubling(2);
    for (const number of [1, 2, 1, 3, 1, 2]) double(number);
    expect(asked).to.deep.equal([1, 2, 3, 2]);
  });

  it("asks again where it failed", () => {
    const { asked, double } = doubling(2);
    expect(() => double(-1)).to.throw("too small");
    expect(() => double(-1)).to.throw("too small");
    expect(asked).to.deep.equal([-1, -1]);
  });
});
