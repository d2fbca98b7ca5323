import { expect } from "chai";
import { resolve } from "node:path";
import type { Check } from "../../../lab/checks/check";
import type { Outage } from "../../../lab/checks/failover";
import { installLine, missingPieces } from "../../../lab/preflight";
import { recordStack, type StackChoice } from "../../../lab/recording/recordStack";
import { checkLine } from "../../../lab/report";
import type { Session } from "../../../lab/session";
import type { Recording } from "../../../rehearsal/model/recording";

export const projectDir = resolve(__dirname, "../../..");

/** Skips a suite where the lab cannot run, and says why; in CI that is a failure. */
export function needsTheLab(suite: Mocha.Suite): void {
  suite.beforeAll("the machine can run the lab", async function () {
    const missing = await missingPieces();
    if (missing.length === 0) return;
    const reason = `the lab cannot run here: ${missing.join("; ")}. To install: ${installLine}`;
    if (process.env["CI"] === "true") throw new Error(reason);
    process.stdout.write(`      ${reason}\n`);
    this.skip();
  });
}

/** One lab for a whole suite, where the machine can run it. */
export function sharedLab(suite: Mocha.Suite, open: () => Promise<Session>): () => Session {
  needsTheLab(suite);
  let session: Session | undefined;
  suite.beforeAll("the lab comes up", async () => {
    session = await open();
  });
  suite.afterAll("the lab goes down", () => session?.close());
  return () => {
    if (session === undefined) throw new Error("the lab is not up");
    return session;
  };
}

export function recordingOf(choice: Omit<StackChoice, "projectDir">): Promise<Recording> {
  return recordStack({ projectDir, ...choice });
}

/** Fails with every check that is broken or not judged. */
export function expectAll(checks: readonly Check[]): void {
  if (checks.length === 0) throw new Error("nothing was checked");
  const failed = checks.filter(({ outcome }) => outcome.kind !== "holds");
  if (failed.length > 0) throw new Error(failed.map(checkLine).join("\n"));
}

/** Fails with every outage that is not as predicted, except the failures that the topology cannot have. */
export function expectAsPredicted(outages: readonly Outage[], notJudged: readonly string[] = []): void {
  const failed = outages.filter(({ outcome }) => outcome.kind === "broken");
  expect(failed).to.deep.equal([]);
  expect(
    outages.filter(({ outcome }) => outcome.kind === "not judged").map(({ failure }) => failure),
  ).to.deep.equal(notJudged);
  expect(outages).to.have.length(5);
}

/** What a gateway with one active instance cannot show. */
export const instanceFailure = "an instance of the Azure gateway fails";
