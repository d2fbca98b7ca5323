import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { cacheFolder, cliModule, pinnedVersion } from "./pulumiCli";
import { randomModule, randomProviderFile, randomVersion } from "./randomProvider";

/**
 * The CLI looks for its language hosts beside itself. The cache outlives any checkout, so what lies there only
 * leads to the host of the checkout that runs the CLI (see `environment.ts`).
 */
const hostLauncher = '#!/bin/sh\nexec "$REHEARSAL_NODE" "$REHEARSAL_LANGUAGE_HOST" "$@"\n';

/** Something that is built from a Go module into a folder of its own in the cache. */
interface Product {
  readonly name: string;
  readonly module: string;
  readonly package: string;
  /** Flags of the linker beside those that leave out symbols. */
  readonly linked: string;
  readonly file: string;
  /** Places what lies beside the program. */
  readonly beside?: (folder: string) => void;
}

const products: readonly Product[] = [
  {
    name: `Pulumi ${pinnedVersion()}`,
    module: cliModule,
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    linked: `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${pinnedVersion()}`,
    file: path.join(cacheFolder(), "pulumi"),
    beside: placeLauncher,
  },
  {
    name: `The random provider ${randomVersion()}`,
    module: randomModule,
    package: ".",
    linked: `-X main.version=${randomVersion()}`,
    file: randomProviderFile(),
  },
];

/** Builds what is not yet in the cache. */
async function install(say: (line: string) => void): Promise<void> {
  for (const product of products) await installOne(product, say);
}

async function installOne(product: Product, say: (line: string) => void): Promise<void> {
  const { name, module, file, beside } = product;
  const folder = path.dirname(file);
  if (existsSync(file)) {
    beside?.(folder);
    say(`${name} is there: ${file}`);
    return;
  }
  requireGo(module);
  mkdirSync(path.dirname(folder), { recursive: true });
  // Built beside its place and moved in one step, so that nobody ever runs half a program.
  const workshop = mkdtempSync(`${folder}.`);
  try {
    await build(product, path.join(workshop, path.basename(file)), say);
    beside?.(workshop);
    moveInto(file, workshop);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
  say(`${name} is built: ${file}`);
}

function placeLauncher(folder: string): void {
  writeFileSync(path.join(folder, "pulumi-language-nodejs"), hostLauncher, { mode: 0o755 });
}

function requireGo(module: string): void {
  const found = spawnSync("go", ["version"], { cwd: module, encoding: "utf8" });
  if (found.error !== undefined) {
    throw new InstallError(
      "engine:install builds the Pulumi CLI and its random provider with Go, and there is no `go` on the PATH; install Go (https://go.dev/dl/) or, without the tests, Pulumi itself (https://www.pulumi.com/docs/install/)",
    );
  }
  // An older Go that may not fetch the one that go.mod asks for says so itself.
  if (found.status !== 0) throw new InstallError(found.stderr.trim());
}

async function build(product: Product, target: string, say: (line: string) => void): Promise<void> {
  const { name, module, linked } = product;
  say(`${name}: fetching its modules (1.9 GB for all, the first time)`);
  const packages = await go(module, ["list", "-deps", product.package]);
  const report = progress(packages.length, say);
  await go(
    module,
    ["build", "-v", "-trimpath", "-ldflags", `-s -w ${linked}`, "-o", target, product.package],
    report,
  );
}

/** Says each tenth that is compiled; a warm build cache compiles little and says little. */
function progress(total: number, say: (line: string) => void): () => void {
  let compiled = 0;
  return () => {
    const before = Math.floor((10 * compiled) / total);
    compiled += 1;
    const now = Math.floor((10 * compiled) / total);
    if (now > before) say(`compiled ${String(compiled)} of ${String(total)} packages`);
  };
}

/** Runs `go` in a module: its lines on standard output; `onLine` sees those on standard error. */
async function go(
  module: string,
  args: readonly string[],
  onLine: () => void = () => undefined,
): Promise<readonly string[]> {
  const child = spawn("go", args, { cwd: module, stdio: ["ignore", "pipe", "pipe"] });
  const lines: string[] = [];
  const problems: string[] = [];
  createInterface(child.stdout).on("line", (line) => lines.push(line));
  createInterface(child.stderr).on("line", (line) => {
    problems.push(line);
    onLine();
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new InstallError(`go ${args[0] ?? ""} failed:\n${problems.slice(-20).join("\n")}`);
  return lines;
}

/** Somebody else may have been faster; theirs is as good. */
function moveInto(file: string, workshop: string): void {
  try {
    renameSync(workshop, path.dirname(file));
  } catch (error) {
    if (!existsSync(file)) throw error;
  }
}

class InstallError extends Error {}

install((line) => {
  process.stderr.write(`${line}\n`);
}).catch((error: unknown) => {
  process.stderr.write(`${error instanceof InstallError ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
