import { expect } from "chai";
import { checkMisconfiguration } from "../../lab/checks/misconfigurations";
import { planLab } from "../../lab/plan/labPlan";
import { openSession } from "../../lab/session";
import { type Misconfiguration, misconfigurationsOf } from "../../lab/recording/misconfigurations";
import { handRecording } from "./support/handRecording";
import { expectAll, recordingOf, sharedLab } from "./support/machine";

// Names are needed before any recording is: those of a hand-made one are the same.
const suites = [
  { title: "a tunnel with a custom policy and BGP", stack: "prod", names: namesOf("active-active") },
  { title: "a tunnel with a Basic gateway's default policy", stack: "dev", names: namesOf("single-tunnel") },
] as const;

function namesOf(topology: "active-active" | "single-tunnel"): string[] {
  return misconfigurationsOf(planLab(handRecording({ topology }))).map(({ name }) => name);
}

for (const { title, stack, names } of suites) {
  describe(`${title}, one end changed`, function () {
    this.timeout(60_000);
    const lab = sharedLab(this, async () =>
      openSession({ recording: await recordingOf({ stack }), tunnelsOnly: true, firstTunnelOnly: true }),
    );
    const all = (): readonly Misconfiguration[] => misconfigurationsOf(lab().lab.plan);

    it("has a misconfiguration for every parameter that both ends share", () => {
      expect(all().map(({ name }) => name)).to.deep.equal(names);
    });

    for (const [index, name] of names.entries()) {
      it(`behaves as it must: ${name}`, async () => {
        const one = all()[index];
        if (one === undefined) throw new Error("there is no such misconfiguration");
        expectAll([await checkMisconfiguration(lab(), one)]);
      });
    }
  });
}
