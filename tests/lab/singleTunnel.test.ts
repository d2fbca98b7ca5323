import { expect } from "chai";
import { checkAccess, checkListCommand } from "../../lab/checks/access";
import { measureFailover } from "../../lab/checks/failover";
import { checkRekeying } from "../../lab/checks/rekeying";
import { checkSecrets } from "../../lab/checks/secrets";
import { tunnelStates } from "../../lab/checks/tunnels";
import { checkConfidentiality, checkFailClosed } from "../../lab/checks/confidentiality";
import { openSession } from "../../lab/session";
import { expectAll, expectAsPredicted, instanceFailure, recordingOf, sharedLab } from "./support/machine";

describe("the dev stack's single tunnel, for real", function () {
  this.timeout(120_000);
  const lab = sharedLab(this, async () => openSession({ recording: await recordingOf({ stack: "dev" }) }));

  it("lists the bucket", async () => {
    expectAll([await checkListCommand(lab())]);
  });

  it("negotiates the strongest suite of a Basic gateway's default policy", async () => {
    const [tunnel] = await tunnelStates(lab().lab);
    expect(tunnel).to.include({
      ike: "AES_CBC_256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_1024",
      child: "AES_CBC_256/HMAC_SHA2_256_128",
    });
  });

  it("keeps every key out of files and arguments", () => {
    expectAll(checkSecrets(lab()));
  });

  it("rekeys with PFS and loses nothing", async () => {
    expectAll(await checkRekeying(lab()));
  });

  it("allows the reader through the endpoint and no other access", async () => {
    expectAll(await checkAccess(lab()));
  });

  it("shows the internet nothing but IKE and ESP", async () => {
    expectAll(await checkConfidentiality(lab()));
  });

  it("leaves no path when the tunnel is down", async () => {
    expectAll(await checkFailClosed(lab()));
  });

  it("is out for as long as the rehearsal predicts when something fails", async () => {
    expectAsPredicted(await measureFailover(lab()), [instanceFailure]);
  });
});
