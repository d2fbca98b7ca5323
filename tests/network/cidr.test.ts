import { expect } from "chai";
import fc from "fast-check";
import {
  blockOf,
  contains,
  isCidr,
  lastBlockOf,
  networkOf,
  overlap,
  planAwsSubnets,
  prefixLength,
  subnetBits,
} from "../../network/cidr";

/** Any network with room for eighths of it. */
const networks = fc
  .record({ address: fc.nat({ max: 0xff_ff }), prefix: fc.integer({ min: 16, max: 25 }) })
  .map(({ address, prefix }) => networkOf(`10.${address >> 8}.${address & 0xff}.0/${prefix}`));

const zone = (letter: string) => `ap-northeast-1${letter}`;
const zoneSets = (letters: string, size: { minLength: number }) =>
  fc.uniqueArray(fc.constantFrom(...letters.split("").map(zone)), { ...size, maxLength: letters.length });

describe("planning the subnets of a VPC", () => {
  it("gives the whole network to the one subnet whose zone AWS picks", () => {
    expect(planAwsSubnets({ network: "10.0.0.0/24", zones: [] })).to.deep.equal([
      { key: "any", cidr: "10.0.0.0/24", zone: undefined },
    ]);
  });

  it("gives the whole network to a single zone", () => {
    expect(planAwsSubnets({ network: "10.0.0.0/24", zones: [zone("c")] })).to.deep.equal([
      { key: "ap-northeast-1c", cidr: "10.0.0.0/24", zone: "ap-northeast-1c" },
    ]);
  });

  it("gives zones a to d the quarter of their letter", () => {
    expect(planAwsSubnets({ network: "10.2.0.0/22", zones: [zone("c"), zone("a")] })).to.deep.equal([
      { key: "ap-northeast-1c", cidr: "10.2.2.0/24", zone: "ap-northeast-1c" },
      { key: "ap-northeast-1a", cidr: "10.2.0.0/24", zone: "ap-northeast-1a" },
    ]);
  });

  it("gives the eighth of their letter where a zone past d takes part", () => {
    const cidrs = planAwsSubnets({ network: "10.2.0.0/21", zones: [zone("a"), zone("h")] }).map(
      ({ cidr }) => cidr,
    );
    expect(cidrs).to.deep.equal(["10.2.0.0/24", "10.2.7.0/24"]);
  });

  it("never lets subnets overlap, nor leave their network", () => {
    fc.assert(
      fc.property(networks, zoneSets("abcdefgh", { minLength: 0 }), (network, zones) => {
        const cidrs = planAwsSubnets({ network, zones }).map(({ cidr }) => cidr);
        expect(cidrs.every((part) => contains({ network, part }))).to.equal(true);
        expect(cidrs.every((one, i) => cidrs.every((other, j) => i === j || !overlap(one, other)))).to.equal(
          true,
        );
        expect(cidrs.map(networkOf)).to.deep.equal(cidrs);
      }),
    );
  });

  for (const { letters, line } of [
    { letters: "abcd", line: "quarters" },
    { letters: "efgh", line: "eighths" },
  ]) {
    it(`moves no subnet when a zone comes, goes or changes place among ${line}`, () => {
      fc.assert(
        fc.property(networks, zoneSets(letters, { minLength: 3 }), fc.nat(), (network, zones, chosen) => {
          const gone = zones[chosen % zones.length];
          const rest = zones.filter((one) => one !== gone).reverse();
          const before = cidrByKey(planAwsSubnets({ network, zones }));
          for (const [key, cidr] of cidrByKey(planAwsSubnets({ network, zones: rest }))) {
            expect(cidr).to.equal(before.get(key));
          }
        }),
      );
    });
  }

  it("keys a subnet by its zone and nothing else", () => {
    fc.assert(
      fc.property(networks, zoneSets("abcdefgh", { minLength: 1 }), (network, zones) => {
        expect(planAwsSubnets({ network, zones }).map(({ key }) => key)).to.deep.equal(zones);
      }),
    );
  });

  for (const { letters, bits } of [
    { letters: "", bits: 0 },
    { letters: "h", bits: 0 },
    { letters: "ad", bits: 2 },
    { letters: "ae", bits: 3 },
  ]) {
    it(`needs ${bits} more bits for zones "${letters}"`, () => {
      expect(subnetBits(letters.split("").map(zone))).to.equal(bits);
    });
  }
});

describe("a CIDR", () => {
  for (const { text, is } of [
    { text: "10.0.1.0/24", is: true },
    { text: "0.0.0.0/0", is: true },
    { text: "255.255.255.255/32", is: true },
    { text: "10.0.1.7/24", is: true },
    { text: "10.0.1.0", is: false },
    { text: "10.0.1.0/33", is: false },
    { text: "10.0.1.0/024", is: false },
    { text: "10.0.01.0/24", is: false },
    { text: "10.0.256.0/24", is: false },
    { text: "10.0.1/24", is: false },
    { text: " 10.0.1.0/24", is: false },
    { text: "10.0.1.0/24\n", is: false },
    { text: "fd00::/64", is: false },
    { text: "", is: false },
  ]) {
    it(`${is ? "is" : "is not"} ${JSON.stringify(text)}`, () => {
      expect(isCidr(text)).to.equal(is);
    });
  }

  it("has a network and a prefix length", () => {
    expect([networkOf("10.0.1.250/27"), prefixLength("10.0.1.250/27")]).to.deep.equal(["10.0.1.224/27", 27]);
  });

  for (const { one, other, says } of [
    { one: "10.0.0.0/16", other: "10.0.1.0/24", says: true },
    { one: "10.0.1.0/24", other: "10.0.1.0/24", says: true },
    { one: "10.0.0.0/24", other: "10.0.1.0/24", says: false },
    { one: "10.0.0.0/25", other: "10.0.0.128/25", says: false },
  ]) {
    it(`${says ? "overlaps" : "does not overlap"}: ${one} and ${other}`, () => {
      expect([overlap(one, other), overlap(other, one)]).to.deep.equal([says, says]);
    });
  }

  it("contains its parts, and no network contains a larger one", () => {
    expect(contains({ network: "10.0.0.0/16", part: "10.0.255.0/24" })).to.equal(true);
    expect(contains({ network: "10.0.255.0/24", part: "10.0.0.0/16" })).to.equal(false);
  });

  it("splits into blocks, counted from its start", () => {
    const blocks = [0, 1, 2, 3].map((index) => blockOf({ network: "10.0.3.0/24", prefix: 26, index }));
    expect(blocks).to.deep.equal(["10.0.3.0/26", "10.0.3.64/26", "10.0.3.128/26", "10.0.3.192/26"]);
    expect(lastBlockOf({ network: "10.0.3.0/24", prefix: 26 })).to.equal(blocks[3]);
    expect(lastBlockOf({ network: "10.0.3.0/24", prefix: 24 })).to.equal("10.0.3.0/24");
  });
});

function cidrByKey(plans: ReturnType<typeof planAwsSubnets>): Map<string, string> {
  return new Map(plans.map(({ key, cidr }) => [key, cidr]));
}
