import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { leaveOut } from "../../rehearsal/run/leaveOut";
import { forecastOf } from "../../rehearsal/verdict/forecast";
import { reportDocument } from "../../rehearsal/report/document";
import { renderPage } from "../../rehearsal/report/page/page";
import { judge } from "../../rehearsal/verdict/verdict";
import { projectDir, rehearsedStack, type StackCase } from "../rehearsal/fixtures/stacks";

/** The page of a stack, perhaps without one of its resources. */
export async function pageOf(given: StackCase, without?: string): Promise<string> {
  const { recording: whole, intent } = await rehearsedStack(given);
  const left = without === undefined ? { recording: whole, names: [] } : leaveOut(whole, without);
  const { recording, names } = left;
  const report = reportDocument(recording, judge(recording, intent), names);
  const forecast = await forecastOf({ projectDir, ...given, recording, depth: "full" });
  return renderPage({ recording, report, forecast });
}

/** A page as a file for a browser; `remove` when done. */
export function pageFile(page: string): { readonly url: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-page-"));
  const file = join(folder, "report.html");
  writeFileSync(file, page);
  return {
    url: pathToFileURL(file).href,
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}
