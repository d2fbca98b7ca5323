import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import Table from "cli-table3";
import { dump, load } from "js-yaml";
import { EngineStack, type Settings } from "../tests/engine/support/engineStack";
import { writeEmptyProgram } from "./emptyProgram";
import { sdkModules } from "./sdkModules";

// Wall time of `pulumi preview` and `up` through the CLI, on simulated clouds that answer at once: what is left is the
// engine, the loading of the SDKs and this program. `npm run bench:engine`, or with a regular expression for some rows.

const root = path.resolve(__dirname, "..");

interface Subject {
  readonly name: string;
  readonly stack: "dev" | "prod" | "hub";
  readonly projectFolder?: string;
  readonly settings?: Settings;
  /** Loads the program as Pulumi does by default, with every type of the SDKs checked. */
  readonly typeChecked?: boolean;
  /** How many previews the median is taken of. */
  readonly previews: number;
}

function subjects(empty: string): readonly Subject[] {
  return [
    { name: "empty program, same imports", stack: "prod", projectFolder: empty, previews: 7 },
    { name: "dev", stack: "dev", previews: 7 },
    { name: "prod", stack: "prod", previews: 7 },
    { name: "prod, types checked on load", stack: "prod", typeChecked: true, previews: 2 },
    { name: "hub, joined", stack: "hub", previews: 3 },
    { name: "hub, made new", stack: "hub", settings: newNetwork, previews: 3 },
    ...[1, 10, 50, 200].map((count) => ({
      name: `prod with ${String(count)} bucket${count === 1 ? "" : "s"}`,
      stack: "prod" as const,
      settings: buckets(count),
      previews: 3,
    })),
  ];
}

/** Instead of the networks that the hub's stack joins. */
const newNetwork: Settings = {
  "azure-s3-privatelink:azureVirtualNetworkId": undefined,
  "azure-s3-privatelink:azureGatewayId": undefined,
  "azure-s3-privatelink:azureClients": undefined,
  "azure-s3-privatelink:azureCidr": "10.1.0.0/22",
};

function buckets(count: number): Settings {
  const list = Array.from({ length: count }, (_, place) => ({
    name: `b${String(place + 1)}`,
    access: "read",
  }));
  return { "azure-s3-privatelink:buckets": list };
}

/** The same program through a tsconfig without `noCheck`, and without the compiler that ignores types. */
function checkTypes(project: string): void {
  const tsconfig = readFileSync(path.join(root, "tsconfig.json"), "utf8")
    .replace(/"noCheck": true,?/, "")
    .replace('"swc": true', '"swc": false')
    .replace('"rootDir": "."', `"rootDir": ${JSON.stringify(root)}`);
  const file = path.join(project, "tsconfig.checked.json");
  writeFileSync(file, tsconfig);
  const settings = path.join(project, "Pulumi.yaml");
  const content = load(readFileSync(settings, "utf8")) as { runtime: { options: object } };
  const { runtime } = content;
  const options = { ...runtime.options, tsconfig: file };
  writeFileSync(settings, dump({ ...content, runtime: { ...runtime, options } }));
}

/** One program on its stack, and how long its previews took. */
class Runner {
  readonly seconds: number[] = [];

  private constructor(
    readonly subject: Subject,
    private readonly stack: EngineStack,
  ) {}

  static async create(subject: Subject): Promise<Runner> {
    const { stack, projectFolder, settings } = subject;
    const made = await EngineStack.create({
      stack,
      ...(projectFolder === undefined ? {} : { projectFolder }),
      ...(settings === undefined ? {} : { settings }),
    });
    if (subject.typeChecked === true) checkTypes(made.projectFolder);
    return new Runner(subject, made);
  }

  async run(...args: readonly string[]): Promise<number> {
    const { code, output, seconds } = await this.stack.pulumi(args);
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")} of ${this.subject.name} failed:\n${output}`);
    return seconds;
  }

  get resources(): number {
    return this.stack.state.resources.filter(({ custom }) => custom).length;
  }

  close(): void {
    this.stack.close();
  }
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

async function main(rows: RegExp): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  const empty = path.join(folder, "empty");
  writeEmptyProgram(root, empty);
  const [base, ...others] = subjects(empty);
  const chosen = others.filter(({ name }) => rows.test(name));
  const runners: Runner[] = [];
  try {
    for (const subject of base === undefined ? chosen : [base, ...chosen])
      runners.push(await Runner.create(subject));
    for (const runner of runners) await runner.run("preview"); // warms the caches of the disk and of ts-node
    // In turn, so that whatever else the machine does falls on all of them.
    for (let turn = 0; runners.some(({ subject }) => turn < subject.previews); turn += 1) {
      for (const runner of runners.filter(({ subject }) => turn < subject.previews)) {
        runner.seconds.push(await runner.run("preview"));
      }
    }
    const table = new Table({
      head: ["program", "resources", "preview s", "against empty", "first up s"],
      style: { head: [] },
    });
    for (const runner of runners) {
      const up = await runner.run("up", "--yes", "--skip-preview");
      const preview = median(runner.seconds);
      const ratio = preview / median(runners[0]?.seconds ?? []);
      table.push([
        runner.subject.name,
        runner.resources,
        preview.toFixed(2),
        `${ratio.toFixed(2)} ×`,
        up.toFixed(2),
      ]);
    }
    process.stdout.write(`${table.toString()}\n`);
    process.stdout.write(
      `medians of warm previews; Node.js ${process.version}, ${String(cpus().length)} cores; modules: ${sdkModules(root).join(", ")}\n`,
    );
  } finally {
    for (const runner of runners) runner.close();
    rmSync(folder, { recursive: true });
  }
}

main(new RegExp(process.argv[2] ?? "")).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
