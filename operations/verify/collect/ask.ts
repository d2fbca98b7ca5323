import type { Answer } from "../facts/answer";
import { problemOf } from "./problem";

/** Asks once; the SDK's own standard retry has run when this gives up. */
export async function ask<Value>(
  about: string,
  permission: string,
  question: () => Promise<Value | undefined>,
): Promise<Answer<Value>> {
  try {
    return { about, value: await question() };
  } catch (error) {
    const problem = problemOf(error, permission);
    return problem.kind === "gone" ? { about, value: undefined } : { about, problem };
  }
}
