import { expect } from "chai";
import { azureNativeForces, planChanges, topLevel, type Change } from "../../rehearsal/engine/diff";
import type { Props } from "../../rehearsal/model/recording";

const shown = ({ kind, replaces, path }: Change) => `${kind}${replaces ? "!" : ""} ${path}`;
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
      expect(planChanges(type, olds, news).map(shown)).to.deep.equal(changes);
    });
  }

  // What azure-native's own diff does (provider/pkg/provider/diff.go), where `sku` forces a replacement.
  for (const { says, olds, news, changes } of [
    {
      says: "updates for a key that comes to a nested object",
      olds: { sku: { name: "Standard" } },
      news: { sku: { name: "Standard", tier: "Regional" } },
      changes: ["add sku.tier"],
    },
    {
      says: "updates for a key that leaves a nested object",
      olds: { sku: { name: "Standard", tier: "Regional" } },
      news: { sku: { name: "Standard" } },
      changes: ["delete sku.tier"],
    },
    {
      says: "replaces for another value in a nested object",
      olds: { sku: { name: "Standard" } },
      news: { sku: { name: "StandardV2" } },
      changes: ["update! sku.name"],
    },
    {
      says: "replaces where the whole object goes",
      olds: { sku: { name: "Standard" } },
      news: {},
      changes: ["delete! sku"],
    },
    {
      says: "updates for another item of a list",
      olds: { sku: ["1", "2"] },
      news: { sku: ["1", "3"] },
      changes: ["update sku[1]"],
    },
  ] satisfies readonly { says: string; olds: Props; news: Props; changes: string[] }[])
    it(`of azure-native ${says}`, () => {
      const found = planChanges({ replaces: { sku: "a source" } }, olds, news, azureNativeForces);
      expect(found.map(shown)).to.deep.equal(changes);
    });

  it("leaves in place what the type says of this very change", () => {
    const tenancy = { replaces: { tenancy: "a source" }, inPlace: () => ["tenancy"] };
    expect(planChanges(tenancy, { tenancy: "a" }, { tenancy: "b" }).map(shown)).to.deep.equal([
      "update tenancy",
    ]);
  });

  it("tells the top-level property of a path", () => {
    expect(["a", "a.b", "a[0].b", 'a["b.c"]'].map(topLevel)).to.deep.equal(["a", "a", "a", "a"]);
  });
});
