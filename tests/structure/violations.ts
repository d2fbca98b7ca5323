import type { ICruiseOptions, ICruiseResult } from "dependency-cruiser";
import path from "node:path";
import structure from "../../structure.json";

export const root = path.resolve(__dirname, "../..");

/** The files and folders whose imports the rules of .dependency-cruiser.cjs are about. */
export const ruledPlaces: readonly string[] = [
  ...structure.program.files,
  ...structure.program.folders,
  "rehearsal",
  ...Object.keys(structure.entrances),
];

/** One sentence per import that breaks a rule, in the places of a project. */
export async function violationsIn(project: string, places: readonly string[]): Promise<string[]> {
  const { cruise } = await import("dependency-cruiser");
  const { output } = await cruise([...places], { ...(await rules()), baseDir: project });
  const { summary } = output as ICruiseResult;
  if (summary.totalCruised === 0) throw new Error(`no modules in ${places.join(", ")} of ${project}`);
  return summary.violations.map(
    ({ rule, from, to, cycle }) =>
      `${rule.name}: ${[from, ...(cycle?.map(({ name }) => name) ?? [to])].join(" → ")}`,
  );
}

async function rules(): Promise<ICruiseOptions> {
  const { default: optionsOf } = await import("dependency-cruiser/config-utl/extract-depcruise-options");
  return optionsOf(path.join(root, ".dependency-cruiser.cjs"));
}
