import { resolve } from "node:path";
import type { Check } from "../../../lab/checks/check";
import { installLine, missingPieces } from "../../../lab/preflight";
import { recordStack, type StackChoice } from "../../../lab/recording/recordStack";
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

/** Fails with all that does not hold. */
export function expectAll(checks: readonly Check[]): void {
  const failed = checks.filter((check) => !check.holds);
  if (checks.length === 0) throw new Error("nothing was checked");
  if (failed.length > 0) {
    throw new Error(failed.map((check) => `${check.name}: ${check.found}`).join("\n"));
  }
}
