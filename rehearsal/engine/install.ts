import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { builtPulumi, cacheFolder, cliModule, pinnedVersion } from "./pulumiCli";

const command = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/**
 * The CLI looks for its language hosts beside itself. The cache outlives any checkout, so what lies there only
 * leads to the host of the checkout that runs the CLI (see `environment.ts`).
 */
const hostLauncher =
  '#!/bin/sh\nexec "$REHEARSAL_NODE" --import="$REHEARSAL_TSX" "$REHEARSAL_LANGUAGE_HOST" "$@"\n';

/** Builds the pinned CLI into the cache, unless it is there. */
async function install(say: (line: string) => void): Promise<void> {
  const built = builtPulumi();
  if (built !== undefined) {
    placeLauncher(cacheFolder());
    say(`Pulumi ${pinnedVersion()} is there: ${built.executable}`);
    return;
  }
  requireGo();
  const folder = cacheFolder();
  mkdirSync(path.dirname(folder), { recursive: true });
  // Built beside its place and moved in one step, so that nobody ever runs half a CLI.
  const workshop = mkdtempSync(`${folder}.`);
  try {
    await build(path.join(workshop, "pulumi"), say);
    placeLauncher(workshop);
    moveInto(folder, workshop);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
  say(`Pulumi ${pinnedVersion()} is built: ${path.join(folder, "pulumi")}`);
}

function placeLauncher(folder: string): void {
  writeFileSync(path.join(folder, "pulumi-language-nodejs"), hostLauncher, { mode: 0o755 });
}

function requireGo(): void {
  const go = spawnSync("go", ["version"], { cwd: cliModule, encoding: "utf8" });
  if (go.error !== undefined) {
    throw new InstallError(
      "engine:install builds the Pulumi CLI with Go, and there is no `go` on the PATH; install Go (https://go.dev/dl/) or Pulumi itself (https://www.pulumi.com/docs/install/)",
    );
  }
  // An older Go that may not fetch the one that go.mod asks for says so itself.
  if (go.status !== 0) throw new InstallError(go.stderr.trim());
}

async function build(target: string, say: (line: string) => void): Promise<void> {
  say("fetching the modules of the Pulumi CLI (1.7 GB the first time)");
  const packages = await go(["list", "-deps", command]);
  const report = progress(packages.length, say);
  const flags = `-s -w -X ${versionVariable}=${pinnedVersion()}`;
  await go(["build", "-v", "-trimpath", "-ldflags", flags, "-o", target, command], report);
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

/** Runs `go` in the module of the CLI: its lines on standard output; `onLine` sees those on standard error. */
async function go(args: readonly string[], onLine: () => void = () => undefined): Promise<readonly string[]> {
  const child = spawn("go", args, { cwd: cliModule, stdio: ["ignore", "pipe", "pipe"] });
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
function moveInto(folder: string, workshop: string): void {
  try {
    renameSync(workshop, folder);
  } catch (error) {
    if (!existsSync(path.join(folder, "pulumi"))) throw error;
  }
}

class InstallError extends Error {}

install((line) => {
  process.stderr.write(`${line}\n`);
}).catch((error: unknown) => {
  process.stderr.write(`${error instanceof InstallError ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
