import { expect } from "chai";
import { readEstate } from "../../../rehearsal/estate/estate";
import { optionGuards } from "../../../rehearsal/guards/options";
import {
  neutralOptions,
  type RecordedOptions,
  type RecordedResource,
} from "../../../rehearsal/model/recording";
import { awsTypes, azureTypes } from "../../../rehearsal/model/resourceTypes";
import { everySwitch } from "../../settings/everySwitch";
import { type Rehearsed, rehearsedStack, stackCases } from "../fixtures/stacks";

const [, , everything] = stackCases;
if (everything === undefined) throw new Error("a case is missing");
const prod = { title: "prod with everything switched on", stack: "prod", config: everySwitch };

/** The options that keep a resource, or what is in it, from a mistaken change. */
const keeping = ["retainOnDelete", "protect", "deletedWith"] as const;

/** Where the guards find something wrong, were one resource registered with other options. */
function found(
  { recording, intent }: Rehearsed,
  of: RecordedResource,
  changes: Partial<RecordedOptions>,
): readonly string[] {
  const resources = recording.resources.map((one) =>
    one === of ? { ...one, options: { ...one.options, ...changes } } : one,
  );
  const estate = readEstate({ ...recording, resources });
  return optionGuards.flatMap((guard) => guard(estate, intent).map(({ place }) => place));
}

const withOption = ({ recording }: Rehearsed, option: (typeof keeping)[number]) =>
  recording.resources.filter(({ options }) => options[option] !== neutralOptions[option]);

for (const given of [everything, prod])
  describe(`What keeps resources of ${given.title}`, () => {
    let rehearsed: Rehearsed;
    before(async () => (rehearsed = await rehearsedStack(given)));

    for (const option of keeping)
      it(`is missed on each resource, where ${option} alone is left out`, () => {
        const set = withOption(rehearsed, option);
        expect(set, option).not.to.deep.equal([]);
        const passed = set.filter(
          (one) => !found(rehearsed, one, { [option]: neutralOptions[option] }).includes(one.urn),
        );
        expect(passed.map(({ name }) => name)).to.deep.equal([]);
      });

    it("is missed where what a setting goes with is not its bucket", () => {
      const { urn } = rehearsed.recording.resources.find(({ type }) => type === awsTypes.vpc) ?? {};
      const passed = withOption(rehearsed, "deletedWith").filter(
        (one) => !found(rehearsed, one, { deletedWith: urn }).includes(one.urn),
      );
      expect(passed.map(({ name }) => name)).to.deep.equal([]);
    });

    it("is refused on what must go: nothing else may stay after a teardown", () => {
      const custom = rehearsed.recording.resources.filter(({ custom }) => custom);
      const others = custom.filter(({ options }) => !options.retainOnDelete);
      expect(others.length).to.be.greaterThan(20);
      const passed = others.filter(
        (one) => !found(rehearsed, one, { retainOnDelete: true }).includes(one.urn),
      );
      expect(passed.map(({ name }) => name)).to.deep.equal([]);
    });

    it("is refused on what a new key replaces", () => {
      const renewed = rehearsed.recording.resources.filter(
        ({ type }) => type === azureTypes.virtualNetworkGatewayConnection,
      );
      expect(renewed).not.to.deep.equal([]);
      for (const one of renewed) expect(found(rehearsed, one, { protect: true })).to.include(one.urn);
    });

    it("control: is all there as it is", () => {
      const [any] = rehearsed.recording.resources;
      if (any === undefined) throw new Error("nothing is registered");
      expect(found(rehearsed, any, {})).to.deep.equal([]);
    });
  });
