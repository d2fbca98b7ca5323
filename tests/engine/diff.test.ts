import { expect } from "chai";
import { planChanges, topLevel } from "../../rehearsal/engine/diff";
import type { Props } from "../../rehearsal/model/recording";

const type = { replaces: { location: "a source", "peering.asn": "a source", addresses: "a source" } };

describe("the provider's diff", () => {
  for (const { says, olds, news, changes } of [
    {
      says: "finds nothing in equal inputs",
      olds: { a: [1, { b: "x" }] },
      news: { a: [1, { b: "x" }] },
      changes: [],
    },
    { says: "does not care for the order of keys", olds: { a: 1, b: 2 }, news: { b: 2, a: 1 }, changes: [] },
    {
      says: "names a changed tag",
      olds: { tags: { a: "1" } },
      news: { tags: { a: "2" } },
      changes: ["update tags.a"],
    },
    {
      says: "quotes a key that is no identifier",
      olds: {},
      news: { tags: { "a-b": "1" } },
      changes: ["add tags"],
    },
    {
      says: "quotes a changed key that is no identifier",
      olds: { tags: { "a-b": "1" } },
      news: { tags: { "a-b": "2" } },
      changes: ['update tags["a-b"]'],
    },
    { says: "names what goes", olds: { a: [1, 2] }, news: { a: [1] }, changes: ["delete a[1]"] },
    {
      says: "replaces for an immutable property",
      olds: { location: "a" },
      news: { location: "b" },
      changes: ["update! location"],
    },
    {
      says: "replaces for a part of an immutable property",
      olds: { addresses: ["a", "b"] },
      news: { addresses: ["a", "c"] },
      changes: ["update! addresses[1]"],
    },
    {
      says: "replaces for an immutable part only",
      olds: { peering: { asn: 1, weight: 1 } },
      news: { peering: { asn: 2, weight: 2 } },
      changes: ["update! peering.asn", "update peering.weight"],
    },
    {
      says: "replaces where the whole around an immutable part comes or goes",
      olds: {},
      news: { peering: { asn: 2 } },
      changes: ["add! peering"],
    },
    {
      says: "does not mistake a longer name",
      olds: { locations: 1 },
      news: { locations: 2 },
      changes: ["update locations"],
    },
  ] satisfies readonly { says: string; olds: Props; news: Props; changes: string[] }[]) {
    it(says, () => {
      const found = planChanges(type, olds, news).map(
        ({ kind, replaces, path }) => `${kind}${replaces ? "!" : ""} ${path}`,
      );
      expect(found).to.deep.equal(changes);
    });
  }

  it("tells the top-level property of a path", () => {
    expect(["a", "a.b", "a[0].b", 'a["b.c"]'].map(topLevel)).to.deep.equal(["a", "a", "a", "a"]);
  });
});
