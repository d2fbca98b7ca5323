import { expect } from "chai";
import { generateKey, withRotatedKey } from "../../../lab/recording/keyRotation";
import { planLab } from "../../../lab/plan/labPlan";
import { LabError } from "../../../lab/machine/processes";
import { recordingOf } from "../support/machine";

describe("a rotated key", () => {
  const rotated = (generations: Record<string, number>) =>
    recordingOf({ stack: "prod", settings: { presharedKeyGenerations: JSON.stringify(generations) } });

  it("is at both ends of its own tunnel and nowhere else", async () => {
    const before = await rotated({});
    const newKey = generateKey(64);
    const after = planLab(withRotatedKey(before, await rotated({ tunnel2: 2 }), newKey));
    const changed = after.tunnels.map(({ azure, aws }) => [azure.key === newKey, aws.key === newKey]);
    expect(changed).to.deep.equal([
      [false, false],
      [true, true],
      [false, false],
      [false, false],
    ]);
  }).timeout(20_000);

  it("is refused where not exactly one generator is replaced", async () => {
    const before = await rotated({});
    expect(() => withRotatedKey(before, before, "x")).to.throw(LabError, /not 0/);
    const both = await rotated({ tunnel1: 2, tunnel2: 2 });
    expect(() => withRotatedKey(before, both, "x")).to.throw(LabError, /not 2/);
  }).timeout(20_000);
});
