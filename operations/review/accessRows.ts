import type { Difference } from "../../rehearsal/access/differences";
import { grouped } from "../../rehearsal/report/grouped";
import { listed } from "./flows/words";

/** Differences that are alike, in one row. */
export interface AccessRow {
  readonly callers: readonly string[];
  readonly ways: readonly string[];
  readonly calls: readonly { readonly actions: readonly string[]; readonly on: string | undefined }[];
}

/** Callers and ways for which the same calls change are one row. */
export function rowsOf(differences: readonly Difference[]): readonly AccessRow[] {
  const perWay = grouped(differences, ({ caller, way }) => [caller, way]).map((alike) => ({
    callers: alike.map(({ caller }) => caller),
    ways: alike.map(({ way }) => way),
    calls: grouped(alike, ({ on }) => on ?? "").map((some) => ({
      actions: unique(some.flatMap(({ actions }) => actions)),
      on: some[0].on,
    })),
  }));
  const perCaller = merged(perWay, ({ callers, calls }) => [unique(callers), calls]);
  return merged(perCaller, ({ ways, calls }) => [ways, calls]);
}

function merged(rows: readonly AccessRow[], alike: (row: AccessRow) => unknown): readonly AccessRow[] {
  return grouped(rows, alike).map((some) => ({
    callers: unique(some.flatMap(({ callers }) => callers)),
    ways: unique(some.flatMap(({ ways }) => ways)),
    calls: some[0].calls,
  }));
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

const plain = " without TLS";

/** In one line: `user/kim: s3:GetObject, s3:PutObject, through the endpoint`. */
export function rowInWords({ callers, ways, calls }: AccessRow): string {
  const what = calls.map(({ actions, on }) => `${listed(actions, 6)}${on === undefined ? "" : ` ${on}`}`);
  return `**${listed(callers, 6)}**: ${what.join("; ")}, ${waysInWords(ways)}`;
}

function waysInWords(ways: readonly string[]): string {
  return ways
    .filter((way) => !way.endsWith(plain) || !ways.includes(way.slice(0, -plain.length)))
    .map((way) => (ways.includes(`${way}${plain}`) ? `${way} with or${plain}` : way))
    .join(", ");
}
