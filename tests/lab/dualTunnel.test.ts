import { expect } from "chai";
import { checkListCommand } from "../../lab/checks/access";
import { measureFailover } from "../../lab/checks/failover";
import { openSession } from "../../lab/session";
import { expectAll, recordingOf, sharedLab } from "./support/machine";

describe("two static tunnels, for real", function () {
  this.timeout(180_000);
  const lab = sharedLab(this, async () => {
    return openSession({ recording: await recordingOf({ stack: "dev", topology: "dual-tunnel" }) });
  });

  it("list the bucket", async () => {
    expectAll([await checkListCommand(lab())]);
  });

  it("fail over as the rehearsal predicts, and not at all where only ESP is lost", async () => {
    const outages = await measureFailover(lab());
    expect(outages.filter((outage) => !outage.holds)).to.deep.equal([]);
    expect(
      outages.filter((outage) => outage.seconds === undefined).map((outage) => outage.failure),
    ).to.deep.equal(["the internet loses a tunnel's ESP, not its IKE"]);
  });
});
