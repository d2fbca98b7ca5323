import type { Obstacle } from "./obstacle";

/** Reads from the clouds and turns each failure into an obstacle, so that one report has them all. */
export class Reader {
  readonly failures: Obstacle[] = [];

  /** Undefined where the cloud refuses, which is noted. */
  async read<T>(args: {
    /** What is read, as its owner calls it. */
    readonly place: string;
    readonly fix: string;
    readonly from: () => Promise<T>;
  }): Promise<T | undefined> {
    try {
      return await args.from();
    } catch (error) {
      this.failures.push({
        place: args.place,
        problem: `it could not be read (${cause(error)})`,
        fix: args.fix,
      });
      return undefined;
    }
  }
}

const longestCause = 200;

/** The cloud's own words, without the calls that led there. */
function cause(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const said = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => line.replace(/^.*?(Code="|api error |invocation of [^ ]+ returned an error: )/, ""));
  const first = said[0] ?? "no reason given";
  return first.length > longestCause ? `${first.slice(0, longestCause - 1)}…` : first;
}
