import { priceList, priceNames } from "../rehearsal/cost/prices";

const start = "<!-- Prices: generated from rehearsal/cost/prices.ts by `npm run docs`. -->";
const end = "<!-- End of the prices. -->";

/** docs/report.md with the regions of each price that the list has now. */
export function reportPage(current: string): string {
  const [before, after] = [current.indexOf(start), current.indexOf(end)];
  if (before < 0 || after < before) throw new Error("docs/report.md has lost the marks around its prices");
  return `${current.slice(0, before + start.length)}\n\n${pricesTable()}\n\n${current.slice(after)}`;
}

function pricesTable(): string {
  const rows = priceNames.map((name) => {
    const regions = priceList.prices.filter((price) => price.name === name).map(({ region }) => region);
    return `| ${name} | ${regions.length === 0 ? "none" : regions.sort().join(", ")} |`;
  });
  return [`| price of ${priceList.date} | regions |`, "|---|---|", ...rows].join("\n");
}
