import type { ComparedTopology, TopologyRow, WorstCase } from "../verdict/topologies";
import { kindWords } from "./verdicts";
import { costInWords, estimate } from "./words";

/** A failure's worst case, undefined where it cannot happen; or a text. */
export type ComparedCell = WorstCase | string | undefined;

export interface ComparedLine {
  readonly title: string;
  readonly cell: (row: ComparedTopology) => ComparedCell;
}

/** What each topology survives, and what it takes. */
export function comparedLines(rows: readonly TopologyRow[]): readonly ComparedLine[] {
  const kinds = new Set(rows.flatMap((row) => ("worst" in row ? row.worst.map(({ kind }) => kind) : [])));
  return [
    ...[...kinds].map((kind) => ({
      title: kindWords[kind],
      cell: ({ worst }: ComparedTopology) => worst.find((one) => one.kind === kind),
    })),
    {
      title: "Two of these at once",
      cell: ({ fatalPairs, pairs }) => `${fatalPairs.length} of ${pairs} pairs are an outage`,
    },
    { title: "Azure gateway, tunnels", cell: ({ sku, tunnels }) => `${sku}, ${tunnels}` },
    { title: "Time to deploy", cell: ({ deploy }) => estimate(deploy) },
    { title: "Cost per month", cell: ({ cost }) => costInWords({ ...cost, total: cost }) },
  ];
}
