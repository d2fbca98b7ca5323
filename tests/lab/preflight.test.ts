import { expect } from "chai";
import { missingPieces } from "../../lab/preflight";

describe("before a lab", () => {
  const path = process.env["PATH"];
  afterEach(() => {
    process.env["PATH"] = path;
  });

  it("names every program that is missing, and what brings it", async () => {
    process.env["PATH"] = "/nowhere";
    const missing = await missingPieces();
    for (const line of [
      "ip is missing; it comes with Debian's package iproute2",
      "nft is missing; it comes with Debian's package nftables",
      "birdc is missing; it comes with Debian's package bird2",
    ]) {
      expect(missing).to.include(line);
    }
  });
});
