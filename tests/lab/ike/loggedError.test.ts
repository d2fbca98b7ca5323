import { expect } from "chai";
import { loggedError } from "../../../lab/checks/negotiation";

describe("why a negotiation failed", () => {
  it("is read from lines that come after the daemon's answer", async () => {
    const lines: string[] = [];
    setTimeout(() => lines.push("11[IKE] parsed IKE_AUTH response 1 [ N(AUTH_FAILED) ]"), 50);
    expect(await loggedError(() => lines)).to.equal("AUTHENTICATION_FAILED");
  });

  it("is not known where the log does not tell", async () => {
    expect(await loggedError(() => ["11[NET] sending packet"])).to.equal(undefined);
  });
});
