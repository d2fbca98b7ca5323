import { readdirSync, readFileSync } from "node:fs";

/** Both answer for files that come and go while they are read: what is not there is empty. */
export function entriesOf(directory: string): string[] {
  return orElse(() => readdirSync(directory), []);
}

export function readOrEmpty(path: string): string {
  return orElse(() => readFileSync(path, "utf8"), "");
}

export function orElse<T>(attempt: () => T, otherwise: T): T {
  try {
    return attempt();
  } catch {
    return otherwise;
  }
}
