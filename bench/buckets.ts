import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { dump, load } from "js-yaml";
import { median, run } from "./pairs";
import { program } from "../structure.json";

/**
 * CPU seconds of `rehearse` with 50 and with 200 buckets in each form, beside those of the text, and the time of a bucket
 * among many against one among few. Each round runs every form once. Argument: how many rounds, 1 by default.
 */
const root = resolve(__dirname, "..");
const counts = [50, 200] as const;
const forms = { text: [], json: ["--json"], markdown: ["--markdown"], html: ["--html", "report.html"] };

function main(rounds: number): void {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    for (const name of [...program.files, ...program.folders, "node_modules"])
      symlinkSync(join(root, name), join(folder, name));
    for (const name of ["package.json", "tsconfig.json", "Pulumi.yaml"])
      copyFileSync(join(root, name), join(folder, name));
    for (const count of counts) writeStack(folder, count);
    const times = new Map<string, number[]>();
    for (let round = 0; round < rounds; round += 1)
      for (const [form, args] of Object.entries(forms))
        for (const count of counts) {
          const title = `${form} of ${count} buckets`;
          const seconds = run({ title, args: rehearsal(folder, [`--stack=buckets${count}`, ...args]) });
          times.set(title, [...(times.get(title) ?? []), seconds]);
        }
    const of = (form: string, count: number) => median(times.get(`${form} of ${count} buckets`) ?? []);
    const [few, many] = counts;
    for (const form of Object.keys(forms)) {
      const perBucket = of(form, many) / many / (of(form, few) / few);
      const beside = counts.map((count) => {
        const ratio = of(form, count) / of("text", count);
        return `${count} buckets ${of(form, count).toFixed(1)} s, ${ratio.toFixed(2)} × text`;
      });
      console.log(`${form}: ${beside.join("; ")}; a bucket takes ${perBucket.toFixed(2)} × the time`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The command on a folder that is not its own. */
function rehearsal(folder: string, args: readonly string[]): readonly string[] {
  const file = JSON.stringify(join(root, "operations/rehearse.ts"));
  const script = `process.chdir(${JSON.stringify(folder)});require(${file}).main(${JSON.stringify(args)}, process.cwd()).then((code) => { process.exitCode = code; })`;
  return ["--import=tsx", "-e", script];
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

main(Number(process.argv[2] ?? "1"));
