import { expect } from "chai";
import { checkListCommand } from "../../lab/checks/access";
import { measureFailover } from "../../lab/checks/failover";
import { openSession } from "../../lab/session";
import { expectAll, expectAsPredicted, instanceFailure, recordingOf, sharedLab } from "./support/machine";

describe("two static tunnels, for real", function () {
  this.timeout(180_000);
  const lab = sharedLab(this, async () => {
    return openSession({ recording: await recordingOf({ stack: "dev", topology: "dual-tunnel" }) });
  });

  it("list the bucket", async () => {
    expectAll([await checkListCommand(lab())]);
  });

  it("fail over as the rehearsal predicts, and not at all where only ESP is dropped", async () => {
    const outages = await measureFailover(lab());
    expectAsPredicted(outages, [instanceFailure]);
    const lasting = outages.filter(
      ({ measured }) => measured !== undefined && measured.seconds === undefined,
    );
    expect(lasting.map(({ failure }) => failure)).to.deep.equal([
      "the internet drops a tunnel's ESP, not its IKE",
    ]);
  });
});
