import { expect } from "chai";
import fc from "fast-check";
import { asSecret, fromStruct, plain, plainProps, remark, toStruct } from "../../rehearsal/run/wire";
import type { Value } from "../../rehearsal/model/recording";

const values = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.string(),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "c"), tie("value"), { maxKeys: 3 }),
    tie("value").map(asSecret),
  ),
})).value;

describe("the engine's values", () => {
  it("lose every mark when unwrapped", () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(JSON.stringify(plain(value))).not.to.include("4dabf18193072939");
      }),
    );
  });

  it("keep their content when marked again", () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(plain(remark(plain(value), value))).to.deep.equal(plain(value));
      }),
    );
  });

  it("get back every outermost mark", () => {
    const marked: Value = { a: [{ b: asSecret("x") }, "y"], c: asSecret({ d: "z" }) };
    expect(remark(plain(marked), marked)).to.deep.equal(marked);
  });

  it("travel through a struct unchanged", () => {
    const props = { a: [1, "x", null, true, { b: asSecret("x") }] };
    expect(fromStruct(toStruct(props))).to.deep.equal(props);
    expect(plainProps(fromStruct(toStruct(props)))).to.deep.equal({ a: [1, "x", null, true, { b: "x" }] });
  });
});
