import { type Cost, notCounted } from "../../cost/cost";
import { html, type Markup } from "./markup";
import { money } from "../words";

export function costSection(cost: Cost): Markup {
  const { usage, currency, date } = cost;
  return html`
    <section id="cost" aria-labelledby="cost-title">
      <h2 id="cost-title">A month's cost: ${currency} ${money(cost.total, 0)}</h2>
      <p class="lead">
        ${usage.hours} hours, ${usage.readGb} GB read, ${usage.writtenGb} GB written and ${usage.storedGb} GB
        stored, at the prices of ${date}. Where sources differ or a price is not certain, a range.
      </p>
      <div class="scroll" tabindex="0" role="region" aria-label="Cost by line">
        <table>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Where</th>
              <th scope="col" class="figure">Quantity</th>
              <th scope="col" class="figure">Price</th>
              <th scope="col" class="figure">${currency} a month</th>
            </tr>
          </thead>
          <tbody>
            ${cost.lines.map(
              (line) =>
                html`<tr>
                  <th scope="row">${line.name} <small class="source">${line.source}</small></th>
                  <td>${line.region}</td>
                  <td class="figure">${line.quantity}</td>
                  <td class="figure">${money(line.price, 3)} / ${line.per}</td>
                  <td class="figure">${money(line.amount)}</td>
                </tr>`,
            )}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colspan="4">Together</th>
              <td class="figure"><strong>${money(cost.total)}</strong></td>
            </tr>
          </tfoot>
        </table>
      </div>
      ${
        cost.unpriced.length > 0 &&
        html`<ul class="warning">
          ${cost.unpriced.map((line) => html`<li>${line}</li>`)}
        </ul>`
      }
      <p class="dim">${notCounted}</p>
    </section>
  `;
}
