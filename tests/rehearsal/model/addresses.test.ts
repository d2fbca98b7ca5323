import { expect } from "chai";
import fc from "fast-check";
import {
  addressAt,
  covers,
  isAddress,
  isNetwork,
  overlap,
  prefixLength,
} from "../../../rehearsal/model/addresses";
import { nextAddress, nextNetwork } from "../fixtures/nextAddresses";

describe("Addresses", () => {
  for (const { text, address, network } of [
    { text: "10.0.1.4", address: true, network: false },
    { text: "10.0.1.0/24", address: false, network: true },
    { text: "10.0.1.7/24", address: false, network: false },
    { text: "10.0.1", address: false, network: false },
    { text: "VirtualNetwork", address: false, network: false },
    { text: "", address: false, network: false },
  ])
    it(`takes "${text}" for ${address ? "an address" : network ? "a network" : "neither"}`, () => {
      expect([isAddress(text), isNetwork(text)]).to.deep.equal([address, network]);
    });

  for (const { whole, part, yes } of [
    { whole: "10.0.0.0/16", part: "10.0.1.0/24", yes: true },
    { whole: "10.0.1.0/24", part: "10.0.1.0/24", yes: true },
    { whole: "10.0.1.0/24", part: "10.0.1.255", yes: true },
    { whole: "10.0.1.0/24", part: "10.0.0.0/16", yes: false },
    { whole: "10.0.1.0/24", part: "10.0.2.0/24", yes: false },
    { whole: "everything", part: "10.0.2.0/24", yes: false },
  ])
    it(`says that ${whole} ${yes ? "covers" : "does not cover"} ${part}`, () => {
      expect(covers(whole, part)).to.equal(yes);
    });

  it("counts addresses from the network's own", () => {
    expect([0, 1, 3, 4].map((n) => addressAt("169.254.21.0/30", n))).to.deep.equal([
      "169.254.21.0",
      "169.254.21.1",
      "169.254.21.3",
      undefined,
    ]);
  });

  it("goes on to the next address and the next network of the same size", () => {
    expect(nextAddress("10.0.0.255")).to.equal("10.0.1.0");
    expect(nextNetwork("10.0.0.0/24")).to.equal("10.0.1.0/24");
    expect([prefixLength("10.0.0.0/24"), prefixLength("10.0.0.1"), prefixLength("x")]).to.deep.equal([
      24,
      32,
      NaN,
    ]);
  });

  it("finds that two networks overlap exactly where one covers the other", () => {
    const network = fc
      .tuple(
        fc.integer({ min: 8, max: 30 }),
        fc.integer({ min: 0, max: 255 }),
        fc.integer({ min: 0, max: 255 }),
      )
      .map(([prefix, a, b]) => {
        const bits = (10 * 2 ** 24 + a * 2 ** 16 + b * 2 ** 8) >>> 0;
        const start = prefix === 32 ? bits : Math.floor(bits / 2 ** (32 - prefix)) * 2 ** (32 - prefix);
        return `${[24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join(".")}/${String(prefix)}`;
      });
    fc.assert(
      fc.property(network, network, (one, other) => {
        expect(isNetwork(one)).to.equal(true);
        expect(overlap(one, other)).to.equal(covers(one, other) || covers(other, one));
        expect(overlap(one, nextNetwork(one))).to.equal(false);
      }),
    );
  });
});
