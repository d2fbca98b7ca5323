import { type Cost, notCounted } from "../../cost/cost";
import { costInWords, money, usageInWords } from "../words";
import { html } from "./markup";
import { scrolled, type Section, section, sourced, table } from "./parts";

export function costSection(cost: Cost): Section {
  const { usage, currency, date, unpriced, total } = cost;
  const figure = (text: string) => html`<th scope="col" class="figure">${text}</th>`;
  return section(
    { id: "cost", link: "Cost", title: `Cost per month: ${costInWords(cost)}` },
    html`<p class="lead">
      ${usageInWords(usage)}, at the prices of ${date}. A range where sources differ or a price is not
      certain.
    </p>`,
    scrolled(
      "Cost by line",
      table({
        head: ["What", "Where", ...["Quantity", "Price", `${currency} per month`].map(figure)],
        rows: cost.lines.map(
          ({ name, source, region, quantity, price, per, amount }) =>
            html`<tr>
              <th scope="row">${sourced(name, source)}</th>
              <td>${region}</td>
              <td class="figure">${quantity}</td>
              <td class="figure">${money(price, 3)} / ${per}</td>
              <td class="figure">${money(amount)}</td>
            </tr>`,
        ),
        foot: html`<tr>
          <th scope="row" colspan="4">Total</th>
          <td class="figure"><strong>${money(total)}</strong></td>
        </tr>`,
      }),
    ),
    unpriced.length > 0 &&
      html`<ul class="bad">
        ${unpriced.map((line) => html`<li>${line}</li>`)}
      </ul>`,
    html`<p class="dim">${notCounted}</p>`,
  );
}
