import { expect } from "chai";
import fc from "fast-check";
import { covers, isNetwork } from "../../../rehearsal/model/addresses";
import { divide, uncovered } from "../../../rehearsal/model/parts";

describe("The parts of a network", () => {
  const inside = (holes: readonly string[]) => (part: string) => holes.some((hole) => covers(hole, part));

  for (const { what, network, holes, yes, no } of [
    { what: "no border at all", network: "10.1.0.0/24", holes: [], yes: [], no: ["10.1.0.0/24"] },
    {
      what: "a border around it",
      network: "10.1.0.0/24",
      holes: ["10.0.0.0/8"],
      yes: ["10.1.0.0/24"],
      no: [],
    },
    {
      what: "a border elsewhere",
      network: "10.1.0.0/24",
      holes: ["10.2.0.0/16"],
      yes: [],
      no: ["10.1.0.0/24"],
    },
    {
      what: "half of it",
      network: "10.1.0.0/24",
      holes: ["10.1.0.128/25"],
      yes: ["10.1.0.128/25"],
      no: ["10.1.0.0/25"],
    },
    {
      what: "both halves, which are the whole",
      network: "10.1.0.0/24",
      holes: ["10.1.0.128/25", "10.1.0.0/25"],
      yes: ["10.1.0.0/24"],
      no: [],
    },
    {
      what: "one address",
      network: "10.1.0.0/30",
      holes: ["10.1.0.2"],
      yes: ["10.1.0.2/32"],
      no: ["10.1.0.0/31", "10.1.0.3/32"],
    },
    {
      what: "host bits in a border",
      network: "10.1.0.0/24",
      holes: ["10.1.0.5/16"],
      yes: ["10.1.0.0/24"],
      no: [],
    },
    {
      what: "everything there is",
      network: "0.0.0.0/0",
      holes: ["128.0.0.0/1"],
      yes: ["128.0.0.0/1"],
      no: ["0.0.0.0/1"],
    },
    {
      what: "a border that is no network",
      network: "10.1.0.0/24",
      holes: ["pl-1", "::/0", ""],
      yes: [],
      no: ["10.1.0.0/24"],
    },
  ])
    it(`are found with ${what}`, () => {
      const found = divide(network, holes, inside(holes));
      expect({ yes: found.get(true) ?? [], no: found.get(false) ?? [] }).to.deep.equal({ yes, no });
    });

  for (const { network, by, left } of [
    { network: "10.1.0.0/24", by: ["10.0.0.0/8"], left: [] },
    { network: "10.1.0.0/24", by: ["10.1.0.0/25", "10.1.0.128/25"], left: [] },
    { network: "10.1.0.0/24", by: ["10.1.0.0/25"], left: ["10.1.0.128/25"] },
    { network: "10.1.0.0/24", by: [], left: ["10.1.0.0/24"] },
    { network: "", by: ["0.0.0.0/0"], left: [""] },
  ])
    it(`are left uncovered in "${network}" by ${by.join(" and ") || "nothing"}: ${left.join(" ") || "none"}`, () => {
      expect(uncovered(network, by)).to.deep.equal(left);
    });

  it("has none where it is no network", () => {
    expect([...divide("", ["10.0.0.0/8"], () => "asked")]).to.deep.equal([]);
  });

  it("cover every address once, and answer for each as that address itself would", () => {
    const networkIn = (low: number) =>
      fc.tuple(fc.nat(255), fc.integer({ min: low, max: 32 })).map(([n, length]) => {
        const last = n - (n % 2 ** (32 - length));
        return `10.0.0.${last}/${length}`;
      });
    fc.assert(
      fc.property(fc.array(networkIn(24), { maxLength: 6 }), (holes) => {
        const found = divide("10.0.0.0/24", holes, inside(holes));
        const parts = [...found].flatMap(([answer, networks]) =>
          networks.map((network) => ({ answer, network })),
        );
        expect(parts.every(({ network }) => isNetwork(network))).to.equal(true);
        for (let n = 0; n < 256; n++) {
          const address = `10.0.0.${n}`;
          const mine = parts.filter(({ network }) => covers(network, address));
          expect(mine.map(({ answer }) => answer)).to.deep.equal([inside(holes)(address)]);
        }
      }),
      { numRuns: 50 },
    );
  });
});
