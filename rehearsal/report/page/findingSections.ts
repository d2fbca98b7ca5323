import type { ReportedFinding } from "../schema";
import { type Conclusion, placeInWords } from "../words";
import { html } from "./markup";
import { type Section, section } from "./parts";

/** What is wrong, and what no judge covers, where there is such. */
export function findingSections({ broken, notJudged }: Conclusion): readonly Section[] {
  return [
    ...(broken.length > 0 ? [findingSection({ id: "findings", link: "What is wrong" }, broken)] : []),
    ...(notJudged.length > 0 ? [findingSection({ id: "not-judged", link: "Not judged" }, notJudged)] : []),
  ];
}

function findingSection(head: Pick<Section, "id" | "link">, findings: readonly ReportedFinding[]): Section {
  const items = findings.map(
    (finding) =>
      html`<li>
        <strong>${placeInWords(finding)}</strong>: <span class="problem bad">${finding.problem}</span>
        <small>${finding.fix}</small>
      </li>`,
  );
  return section(
    head,
    html`<ol class="findings">
      ${items}
    </ol>`,
  );
}
