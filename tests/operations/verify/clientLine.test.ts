import { expect } from "chai";
import fc from "fast-check";
import { lastLine } from "../../../operations/verify/facts/clientLine";
import { line, serialLog } from "../support/deployedClient";

const of = (bucket: string) => line({ bucket });

describe("the client's last line in a serial log", () => {
  for (const { name, log, bucket } of [
    { name: "behind a prompt", log: serialLog(of("a")), bucket: "a" },
    { name: "after others", log: serialLog(of("a"), of("b")), bucket: "b" },
    {
      name: "before other talk",
      log: `${of("a")}\r\n[ 99.1] hv_balloon: odd\r\nclient login: `,
      bucket: "a",
    },
    { name: "where the last one is cut short", log: serialLog(of("a"), of("b").slice(0, -9)), bucket: "a" },
    {
      name: "where the kernel writes into the last one",
      log: serialLog(of("a"), of("b").replace('"status"', '[ 12.1] kernel "status"')),
      bucket: "a",
    },
    { name: "where the log begins with it", log: of("a"), bucket: "a" },
  ])
    it(`is found ${name}`, () => {
      expect(lastLine(log)?.bucket).to.equal(bucket);
    });

  for (const { name, change } of [
    { name: "another version", change: { version: 2 } },
    { name: "a bucket that could be no bucket", change: { bucket: "\u001b[31m" } },
    { name: "an error that is a sentence", change: { error: "run this: rm" } },
    { name: "a status of none", change: { status: 1000 } },
    { name: "a time that never was", change: { time: "2026-99-99T99:99:99Z" } },
    { name: "a count that is a text", change: { keys: "1" } },
  ])
    it(`is not one with ${name}`, () => {
      expect(lastLine(serialLog(line(change)))).to.equal(undefined);
    });

  it("is none in any other text, and takes no time to find out", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (noise) => {
        expect(lastLine(`azure-s3-privatelink-client {${noise}`)?.version ?? 1).to.equal(1);
      }),
    );
    const began = performance.now();
    expect(lastLine("azure-s3-privatelink-client {".repeat(9000))).to.equal(undefined);
    expect(performance.now() - began).to.be.below(2000);
  });
});
