import { expect } from "chai";
import { checkTwin } from "../../lab/checks/misconfigurations";
import { planLab } from "../../lab/plan/labPlan";
import { openSession } from "../../lab/session";
import { type Twin, twinsOf } from "../../lab/recording/misconfigurations";
import { handRecording } from "./support/handRecording";
import { expectAll, recordingOf, sharedLab } from "./support/machine";

// Names are needed before any recording is: those of a hand-made one are the same.
const suites = [
  { title: "a tunnel with a custom policy and BGP", stack: "prod", names: namesOf("active-active") },
  { title: "a tunnel with a Basic gateway's default policy", stack: "dev", names: namesOf("single-tunnel") },
] as const;

function namesOf(topology: "active-active" | "single-tunnel"): string[] {
  return twinsOf(planLab(handRecording({ topology }))).map((twin) => twin.name);
}

for (const { title, stack, names } of suites) {
  describe(`${title}, one end changed`, function () {
    this.timeout(60_000);
    const lab = sharedLab(this, async () =>
      openSession({ recording: await recordingOf({ stack }), tunnelsOnly: true, firstTunnelOnly: true }),
    );
    const twins = (): readonly Twin[] => twinsOf(lab().lab.plan);

    it("has a twin for every parameter that both ends share", () => {
      expect(twins().map((twin) => twin.name)).to.deep.equal(names);
    });

    for (const [index, name] of names.entries()) {
      it(`behaves as it must: ${name}`, async () => {
        const twin = twins()[index];
        if (twin === undefined) throw new Error("there is no such twin");
        expectAll([await checkTwin(lab(), twin)]);
      });
    }
  });
}
