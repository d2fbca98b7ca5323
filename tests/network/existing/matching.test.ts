import { expect } from "chai";
import fc from "fast-check";
import { contains, networkOf } from "../../../network/cidr";
import { denials, everyPort, wrongWays, type Filter, type Way } from "../../../network/existing/matching";

/** Networks of 10.0.0.0/24, so that each address can be asked for by itself. */
const cidrs = fc
  .record({ address: fc.nat({ max: 255 }), prefix: fc.integer({ min: 24, max: 32 }) })
  .map(({ address, prefix }) => networkOf(`10.0.0.${address}/${prefix}`));

const ways = fc.array(
  fc.record({ prefix: cidrs, right: fc.boolean(), to: fc.constant("x"), name: fc.uuid() }),
  { maxLength: 8 },
);

const addressesOf = (cidr: string) =>
  Array.from({ length: 256 }, (_, last) => `10.0.0.${last}/32`).filter((part) =>
    contains({ network: cidr, part }),
  );

const names = (found: readonly ({ readonly name: string } | undefined)[]) =>
  [...new Set(found.map((one) => one?.name ?? "none"))].sort();

/** As a router decides: address by address, the longest prefix, of equal ones the first. */
function wayOf(address: string, all: readonly Way[]): Way | undefined {
  const length = (way: Way) => Number(way.prefix.split("/")[1]);
  return all
    .filter((way) => contains({ network: way.prefix, part: address }))
    .sort((one, other) => length(other) - length(one))[0];
}

describe("the ways that packets take", () => {
  it("are those of each address by itself", () => {
    fc.assert(
      fc.property(cidrs, ways, (destination, all) => {
        const expected = addressesOf(destination)
          .map((address) => wayOf(address, all))
          .filter((way) => way?.right !== true);
        expect(names(wrongWays(destination, all))).to.deep.equal(names(expected));
      }),
      { numRuns: 60 },
    );
  });
});

describe("the rules that deny", () => {
  const filters = fc.array(
    fc.record({
      name: fc.uuid(),
      priority: fc.nat(),
      allow: fc.boolean(),
      from: fc.array(cidrs, { minLength: 1, maxLength: 2 }),
      to: fc.constant(["0.0.0.0/0"]),
      fromPorts: fc.constant([everyPort]),
      toPorts: fc.constantFrom([[443, 443] as const], [[0, 442] as const], [everyPort]),
    }),
    { maxLength: 6 },
  );

  for (const unmatched of ["allow", "deny"] as const)
    it(`are those of each address by itself, where what none matches is for ${unmatched}`, () => {
      fc.assert(
        fc.property(cidrs, filters, (from, rules: readonly Filter[]) => {
          const sorted = [...rules].sort((one, other) => one.priority - other.priority);
          const expected = addressesOf(from).flatMap((address) => {
            const rule = sorted.find(
              ({ from: sources, toPorts }) =>
                sources.some((network) => contains({ network, part: address })) &&
                toPorts.some(([first, last]) => first <= 443 && 443 <= last),
            );
            if (rule === undefined) return unmatched === "deny" ? [undefined] : [];
            return rule.allow ? [] : [rule];
          });
          const flow = { from, to: "10.9.0.0/24", fromPorts: everyPort, toPorts: [443, 443] } as const;
          expect(names(denials(flow, rules, unmatched))).to.deep.equal(names(expected));
        }),
        { numRuns: 60 },
      );
    });
});
