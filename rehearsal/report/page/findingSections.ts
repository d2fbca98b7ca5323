import { causesOf, type Cause, followsByKind, followsInWords } from "../causes";
import type { ReportDocument, ReportedFinding } from "../schema";
import { conclude, neighboursInWords, neighboursTitle, placeInWords } from "../words";
import { html, type Markup } from "./markup";
import { details, type Section, section } from "./parts";

/** What is wrong by its causes, what could not be judged, and what the program told, where there is such. */
export function findingSections(report: ReportDocument): readonly Section[] {
  const lists = [
    { id: "findings", link: "What is wrong", items: causesOf(report).map(causeItem) },
    { id: "not-judged", link: "Not judged", items: conclude(report).notJudged.map(findingItem) },
    {
      id: "others",
      link: neighboursTitle,
      items: neighboursInWords(report).map((sentence) => html`<li>${sentence}</li>`),
    },
    { id: "notices", link: "Notices", items: report.notices.map((notice) => html`<li>${notice}</li>`) },
  ];
  return lists.flatMap(({ id, link, items }) =>
    items.length === 0
      ? []
      : [
          section(
            { id, link },
            html`<ol class="findings">
              ${items}
            </ol>`,
          ),
        ],
  );
}

function causeItem(cause: Cause): Markup {
  const { problem, fix, follows } = cause;
  return html`<li>
    <span class="problem bad">${problem}</span>
    ${fix !== undefined && html`<small>${fix}</small>`}
    ${
      follows.length > 0 &&
      details(
        followsInWords(cause),
        followsByKind(cause).map(
          ({ about, findings }) => html`
            <h3>${about}: ${findings.length}</h3>
            <ul>
              ${findings.map(findingItem)}
            </ul>
          `,
        ),
      )
    }
  </li>`;
}

function findingItem(finding: ReportedFinding): Markup {
  return html`<li>
    <strong>${placeInWords(finding)}</strong>: <span class="problem bad">${finding.problem}</span>
    <small>${finding.fix}</small>
  </li>`;
}
