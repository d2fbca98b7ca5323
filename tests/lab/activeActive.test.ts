import { expect } from "chai";
import { checkAccess, checkListCommand } from "../../lab/checks/access";
import { measureFailover } from "../../lab/checks/failover";
import { checkRekeying } from "../../lab/checks/rekeying";
import { checkRotation } from "../../lab/checks/rotation";
import { checkSecrets } from "../../lab/checks/secrets";
import { tunnelStates } from "../../lab/checks/tunnels";
import { openSession } from "../../lab/session";
import { expectAll, expectAsPredicted, recordingOf, sharedLab } from "./support/machine";

describe("the prod stack's four tunnels with BGP, for real", function () {
  this.timeout(240_000);
  const lab = sharedLab(this, async () => openSession({ recording: await recordingOf({ stack: "prod" }) }));

  it("list the bucket", async () => {
    expectAll([await checkListCommand(lab())]);
  });

  it("negotiate the pinned suite and learn AWS's network, all four", async () => {
    const states = await tunnelStates(lab().lab);
    expect(states.map(({ name, ike, child, learned }) => ({ name, ike, child, learned }))).to.deep.equal(
      ["tunnel1", "tunnel2", "tunnel3", "tunnel4"].map((name) => ({
        name,
        ike: "AES_CBC_256/HMAC_SHA2_384_192/PRF_HMAC_SHA2_384/ECP_384",
        child: "AES_GCM_16_256",
        learned: "10.2.0.0/22 (bgp)",
      })),
    );
  });

  it("keep every key out of files and arguments", () => {
    expectAll(checkSecrets(lab()));
  });

  it("let the reader put into the bucket that it may write, and into no other", async () => {
    expectAll(await checkAccess(lab()));
  });

  it("rekey with PFS and lose nothing", async () => {
    expectAll(await checkRekeying(lab()));
  });

  it("get new pre-shared keys one at a time under traffic, and refuse the old ones", async () => {
    const rotated = (tunnel: string) =>
      recordingOf({ stack: "prod", settings: { presharedKeyGenerations: JSON.stringify({ [tunnel]: 2 }) } });
    expectAll(await checkRotation(lab(), rotated));
  });

  it("fail over as the rehearsal predicts", async () => {
    expectAsPredicted(await measureFailover(lab()));
  });
});
