import { expect } from "chai";
import { planLab } from "../../../lab/plan/labPlan";
import { speedUp } from "../../../lab/plan/timers";
import { handRecording } from "../support/handRecording";

describe("timers of the lab", () => {
  it("are shortened where they detect failures, and nowhere else", () => {
    const plan = planLab(handRecording({ topology: "active-active" }));
    const [tunnel] = speedUp(plan, 10).tunnels;
    const [recorded] = plan.tunnels;
    expect(tunnel?.aws.dpd).to.include({ delaySeconds: 1, timeoutSeconds: 3 });
    expect(tunnel?.azure.routing).to.include({ keepaliveSeconds: 6, holdSeconds: 18 });
    expect(tunnel?.aws.childLifetimeSeconds).to.equal(recorded?.aws.childLifetimeSeconds);
  });
});
