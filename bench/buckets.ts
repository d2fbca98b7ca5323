import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { dump, load } from "js-yaml";
import { compare, report, type Script } from "./pairs";
import { program } from "../structure.json";

/**
 * What `rehearse` costs with many buckets: each form against the text, and the time of a bucket among 200 against one among 50.
 * Argument: how many pairs of runs, 3 by default.
 */
const root = resolve(__dirname, "..");
const counts = [50, 200];

function main(pairs: number): void {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    for (const name of [...program.files, ...program.folders, "node_modules", "rehearsal", "operations"])
      symlinkSync(join(root, name), join(folder, name));
    for (const name of ["package.json", "tsconfig.json", "Pulumi.yaml", "structure.json"])
      copyFileSync(join(root, name), join(folder, name));
    for (const count of counts) writeStack(folder, count);
    const run = (count: number, ...form: string[]): Script => ({
      title: `${["rehearse", ...form.slice(0, 1)].join(" ")} of ${String(count)} buckets`,
      args: ["--import=tsx", "-e", rehearsal(folder, ["--stack", `buckets${String(count)}`, ...form])],
    });
    for (const form of [["--json"], ["--markdown"], ["--html", join(folder, "report.html")]])
      for (const count of counts) {
        const [subject, baseline] = [run(count, ...form), run(count)];
        console.log(report(subject, baseline, compare(subject, baseline, pairs)));
      }
    const [few = 50, many = 200] = counts;
    const { ratio } = compare(run(many, "--json"), run(few, "--json"), pairs);
    console.log(
      `${((ratio * few) / many).toFixed(2)} × the time of a bucket among ${many} against one among ${few}`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The command on a folder that is not its own. */
function rehearsal(folder: string, args: readonly string[]): string {
  const file = JSON.stringify(join(root, "operations/rehearse.ts"));
  return `require(${file}).main(${JSON.stringify(args)}, ${JSON.stringify(folder)}).then((code) => { process.exitCode = code; })`;
}

function writeStack(folder: string, count: number): void {
  const prod = load(readFileSync(join(root, "Pulumi.prod.yaml"), "utf8")) as { config: object };
  const buckets = Array.from({ length: count }, (_, index) => ({
    name: `b${String(index + 1)}`,
    access: "read",
  }));
  const config = { ...prod.config, "azure-s3-privatelink:buckets": buckets };
  writeFileSync(join(folder, `Pulumi.buckets${String(count)}.yaml`), dump({ config }));
}

main(Number(process.argv[2] ?? "3"));
