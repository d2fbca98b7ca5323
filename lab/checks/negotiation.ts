import { type IkeError, ikeErrorIn } from "../ike/settings";
import { LabError, until } from "../machine/processes";

/**
 * Why a negotiation failed, as a daemon's log says; undefined where it does not. The daemon answers over one channel and
 * writes its log to another: on a busy machine the answer is read first.
 */
export async function loggedError(lines: () => readonly string[]): Promise<IkeError | undefined> {
  const limits = { timeoutMs: 1000 };
  return until("the log tells an error", () => ikeErrorIn(lines()), limits).catch((error: unknown) => {
    if (error instanceof LabError) return undefined;
    throw error;
  });
}
