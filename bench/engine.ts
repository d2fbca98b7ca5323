import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import Table from "cli-table3";
import { parseDocument } from "yaml";
import { EngineStack, type Settings } from "../tests/engine/support/engineStack";
import { writeEmptyProgram } from "./emptyProgram";
import { sdkModules } from "./sdkModules";

// Wall time of `pulumi preview` and `up` through the CLI, on simulated clouds that answer at once: what is left is the
// engine, the loading of the SDKs and this program. `npm run bench:engine`

const root = path.resolve(__dirname, "..");
const repetitions = 5;
const prefix = "azure-s3-privatelink";

interface Subject {
  readonly name: string;
  readonly stack: "dev" | "prod";
  readonly projectFolder?: string;
  readonly settings?: Settings;
  /** Loads the program as Pulumi does by default, with every type of the SDKs checked. */
  readonly typeChecked?: boolean;
}

async function measure(subject: Subject): Promise<{ preview: number; up: number; resources: number }> {
  const { stack: stackName, projectFolder, settings } = subject;
  const stack = await EngineStack.create({
    stack: stackName,
    ...(projectFolder === undefined ? {} : { projectFolder }),
    ...(settings === undefined ? {} : { settings }),
  });
  try {
    if (subject.typeChecked === true) checkTypes(stack.projectFolder);
    const run = async (...args: readonly string[]): Promise<number> => {
      const { code, output, seconds } = await stack.pulumi(args);
      if (code !== 0) throw new Error(`pulumi ${args.join(" ")} of ${subject.name} failed:\n${output}`);
      return seconds;
    };
    await run("preview"); // warms the caches of the disk and of ts-node
    const previews: number[] = [];
    for (let turn = 0; turn < (subject.typeChecked === true ? 2 : repetitions); turn += 1)
      previews.push(await run("preview"));
    const up = await run("up", "--yes", "--skip-preview");
    return {
      preview: median(previews),
      up,
      resources: stack.state.resources.filter(({ custom }) => custom).length,
    };
  } finally {
    stack.close();
  }
}

/** The same program through a tsconfig without `noCheck`. */
function checkTypes(project: string): void {
  const tsconfig = readFileSync(path.join(root, "tsconfig.json"), "utf8")
    .replace(/"noCheck": true,?/, "")
    .replace('"rootDir": "."', `"rootDir": ${JSON.stringify(root)}`);
  const file = path.join(project, "tsconfig.checked.json");
  writeFileSync(file, tsconfig);
  const settings = path.join(project, "Pulumi.yaml");
  const document = parseDocument(readFileSync(settings, "utf8"));
  document.setIn(["runtime", "options", "tsconfig"], file);
  writeFileSync(settings, document.toString());
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function buckets(count: number): Settings {
  return {
    [`${prefix}:buckets`]: Array.from({ length: count }, (_, place) => ({
      name: `b${String(place + 1)}`,
      access: "read",
    })),
  };
}

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  const empty = path.join(folder, "empty");
  writeEmptyProgram(root, empty);
  const subjects: readonly Subject[] = [
    { name: "empty program, same imports", stack: "prod", projectFolder: empty },
    { name: "dev", stack: "dev" },
    { name: "prod", stack: "prod" },
    { name: "prod, types checked on load", stack: "prod", typeChecked: true },
    ...[1, 10, 50, 200].map((count) => ({
      name: `prod, ${String(count)} bucket${count === 1 ? "" : "s"}`,
      stack: "prod" as const,
      settings: buckets(count),
    })),
  ];
  const table = new Table({
    head: ["program", "resources", "preview s", "against empty", "first up s"],
    style: { head: [] },
  });
  let base = Number.NaN;
  try {
    for (const subject of subjects) {
      const { preview, up, resources } = await measure(subject);
      if (subject.projectFolder === empty) base = preview;
      table.push([
        subject.name,
        resources,
        preview.toFixed(2),
        `${(preview / base).toFixed(2)} ×`,
        up.toFixed(2),
      ]);
      process.stderr.write(`${subject.name} measured\n`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  process.stdout.write(`${table.toString()}\n`);
  process.stdout.write(
    `median of ${String(repetitions)} warm previews; Node.js ${process.version}, ${String(cpus().length)} cores; modules: ${sdkModules(root).join(", ")}\n`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
