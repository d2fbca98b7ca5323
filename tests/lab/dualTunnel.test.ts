import { expect } from "chai";
import { checkListCommand } from "../../lab/checks/access";
import { measureFailover } from "../../lab/checks/failover";
import { openSession, type Session } from "../../lab/session";
import { expectAll, needsTheLab, recordingOf } from "./machine";

describe("two static tunnels, for real", function () {
  this.timeout(180_000);
  needsTheLab(this);
  let session: Session;

  before("come up", async () => {
    session = await openSession({ recording: await recordingOf({ stack: "dev", topology: "dual-tunnel" }) });
  });
  after(() => session.close());

  it("list the bucket", async () => {
    expectAll([await checkListCommand(session)]);
  });

  it("fail over as the rehearsal predicts, and not at all where only ESP is lost", async () => {
    const outages = await measureFailover(session);
    expect(outages.filter((outage) => !outage.holds)).to.deep.equal([]);
    expect(
      outages.filter((outage) => outage.seconds === undefined).map((outage) => outage.failure),
    ).to.deep.equal(["the internet loses a tunnel's ESP, not its IKE"]);
  });
});
