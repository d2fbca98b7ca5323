import { type Cost, notCounted } from "../../cost/cost";
import { costInWords, money, usageInWords } from "../words";
import { html } from "./markup";
import { type Section, section, sourced, table } from "./parts";

export function costSection(cost: Cost): Section {
  const { usage, currency, date, unpriced, total } = cost;
  const figure = (title: string) => ({ title, class: "figure" });
  return section(
    { id: "cost", link: "Cost", title: `Cost per month: ${costInWords(cost)}`, folds: true },
    html`<p class="lead">
      ${usageInWords(usage)}, at the prices of ${date}. A range where sources differ or a price is not
      certain.
    </p>`,
    table({
      caption: "Cost by line",
      spoken: true,
      columns: ["What", "Where", ...["Quantity", "Price", `${currency} per month`].map(figure)],
      rows: cost.lines.map(({ name, source, region, quantity, price, per, amount }) => ({
        title: sourced(name, source),
        cells: [region, quantity, `${money(price, 3)} / ${per}`, money(amount)],
      })),
      foot: { title: "Total", figure: html`<strong>${money(total)}</strong>` },
    }),
    unpriced.length > 0 &&
      html`<ul class="bad">
        ${unpriced.map((line) => html`<li>${line}</li>`)}
      </ul>`,
    html`<p class="dim">${notCounted}</p>`,
  );
}
