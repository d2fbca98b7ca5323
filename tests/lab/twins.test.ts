import { expect } from "chai";
import { checkTwin } from "../../lab/checks/twins";
import { planLab } from "../../lab/plan";
import { openSession, type Session } from "../../lab/session";
import { type Twin, twinsOf } from "../../lab/twins";
import type { Recording } from "../../rehearsal/recording";
import { handRecording } from "./handRecording";
import { expectAll, needsTheLab, recordingOf } from "./machine";

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
    needsTheLab(this);
    let recording: Recording;
    let session: Session;
    let twins: readonly Twin[];

    before("comes up with both ends alike", async () => {
      recording = await recordingOf({ stack });
      session = await openSession({ recording, tunnelsOnly: true, firstTunnelOnly: true });
      twins = twinsOf(session.lab.plan);
    });
    after(() => session.close());

    it("has a twin for every parameter that both ends share", () => {
      expect(twins.map((twin) => twin.name)).to.deep.equal(names);
    });

    for (const [index, name] of names.entries()) {
      it(`behaves as it must: ${name}`, async () => {
        const twin = twins[index];
        if (twin === undefined) throw new Error("there is no such twin");
        expectAll([await checkTwin(session, twin)]);
      });
    }
  });
}
