import { expect } from "chai";
import { cloudTypes } from "../../../rehearsal/clouds/cloudTypes";
import { SimulatedClouds } from "../../../rehearsal/clouds/clouds";
import type { CloudType } from "../../../rehearsal/clouds/cloudType";
import { typedResource, type TypedProperty, type TypedResource } from "./sdkTypings";

const sourced = /^(guess: .|https:\/\/\S|rehearsal\/|computed in )/;

describe("the types of the simulated clouds", () => {
  for (const [token, type] of Object.entries(cloudTypes)) {
    describe(token, () => {
      const typed = typedResource(token);

      it("knows exactly the properties that the SDK's typings have", () => {
        const known = new Set(type.properties.map((path) => path.split(".")[0]));
        expect([...known].sort()).to.deep.equal(typed.args.map(({ name }) => name).sort());
      });

      it("knows no nested property that the SDK's typings lack", () => {
        const wrong = type.properties.filter((path) => !isTyped(path.split("."), typed.args, typed));
        expect(wrong).to.deep.equal([]);
      });

      it("requires exactly what the SDK's typings require", () => {
        const needed = typed.args.filter(({ optional }) => !optional).map(({ name }) => name);
        expect([...type.required].sort()).to.deep.equal(needed.sort());
      });

      it("replaces, refers to and names only properties that it knows", () => {
        const tops = typed.args.map(({ name }) => name);
        const known = [...tops, ...type.properties];
        expect(known).to.include.members(Object.keys(type.replaces));
        expect(type.properties).to.include.members(Object.keys(type.references ?? {}));
        if (type.autoName !== undefined) expect(tops).to.include(type.autoName);
      });

      it("answers only outputs that the SDK's typings have, or inputs", () => {
        const answered = Object.keys(outputsOf(type));
        expect([...typed.outputs, ...typed.args.map(({ name }) => name)]).to.include.members(answered);
        expect(typed.outputs).to.include.members(type.secretOutputs ?? []);
      });

      it("gives every replacement, reference and duration a source", () => {
        const sources = [
          ...Object.values(type.replaces),
          ...Object.values(type.references ?? {}).map(({ source }) => source),
          ...[type.create, type.update, type.delete].map(({ source }) => source),
          ...(type.duplicate === undefined ? [] : [type.duplicate.source]),
        ];
        expect(sources.filter((source) => !sourced.test(source))).to.deep.equal([]);
      });

      it("has durations in order", () => {
        for (const { min, typical, max } of [type.create, type.update, type.delete]) {
          expect(min).to.be.at.most(typical);
          expect(typical).to.be.at.most(max);
        }
      });
    });
  }
});

function isTyped(path: readonly string[], known: readonly TypedProperty[], typed: TypedResource): boolean {
  const [head, ...rest] = path;
  const property = known.find(({ name }) => name === head);
  if (property === undefined) return false;
  if (rest.length === 0 || rest[0] === "*") return true;
  return property.nested !== undefined && isTyped(rest, typed.nested(property.nested), typed);
}

function outputsOf(type: CloudType): object {
  const clouds = new SimulatedClouds({
    region: "ap-northeast-1",
    location: "japaneast",
    accountId: "123456789012",
    subscriptionId: "00000000-0000-0000-0000-000000000000",
  });
  return type.outputs?.({}, clouds, { urn: "urn", name: "name", id: "id", seed: "seed" }) ?? {};
}
