import type { Unanswered } from "../verify/facts/answer";
import { ask } from "../verify/collect/ask";

/** Questions to the clouds whose answers make one snapshot: without one of them there is none. */
export class Questions {
  readonly unanswered: Unanswered[] = [];
  /** What a setting names and the cloud does not have. */
  readonly gone: string[] = [];

  /**
   * Undefined where there is no answer, and where the cloud has no such thing.
   * @param setting That names it; without one it may be gone.
   */
  async ask<Value>(
    about: string,
    permission: string,
    question: () => Promise<Value | undefined>,
    setting?: string,
  ): Promise<Value | undefined> {
    const answer = await ask(about, permission, question);
    if ("problem" in answer) this.unanswered.push(answer);
    else if (answer.value !== undefined) return answer.value;
    else if (setting !== undefined) this.gone.push(`${setting} names ${about}, which does not exist`);
    return undefined;
  }
}

/** Enough to be quick, and few enough that Azure does not throttle. */
const atOnce = 20;

/** Asks about each, some at a time, and keeps their order. */
export async function askEach<Item, Result>(
  items: readonly Item[],
  question: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += atOnce)
    results.push(...(await Promise.all(items.slice(from, from + atOnce).map(question))));
  return results;
}

/** Ids of Azure, which differ in case, each once. */
export function onceEach(ids: readonly string[]): readonly string[] {
  return [...new Map(ids.map((id) => [id.toLowerCase(), id])).values()];
}
