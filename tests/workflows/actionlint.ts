import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

export const root = path.resolve(__dirname, "../..");

const goModule = path.join(__dirname, "actionlint");

/** Where it is built: outside the tree, one folder for each version. */
export function actionlint(env: NodeJS.ProcessEnv = process.env): string {
  const caches = env["XDG_CACHE_HOME"] ?? path.join(homedir(), ".cache");
  return path.join(caches, "azure-s3-privatelink", `actionlint-${pinnedVersion()}`, "actionlint");
}

/** Builds it from the pinned Go module, beside its place and moved there in one step. Answers what went wrong. */
export function build(): string | undefined {
  const place = actionlint();
  const workshop = `${place}.${process.pid}`;
  mkdirSync(path.dirname(place), { recursive: true });
  const args = ["build", "-trimpath", "-o", workshop, "github.com/rhysd/actionlint/cmd/actionlint"];
  const go = spawnSync("go", args, { cwd: goModule, encoding: "utf8" });
  if (go.error !== undefined)
    return "lint:workflows builds actionlint with Go, and there is no `go` on the PATH; install Go (https://go.dev/dl/)";
  if (go.status !== 0) return `actionlint could not be built:\n${go.stderr.trim()}`;
  renameSync(workshop, place);
  return undefined;
}

function pinnedVersion(): string {
  const goMod = readFileSync(path.join(goModule, "go.mod"), "utf8");
  const version = /github\.com\/rhysd\/actionlint v(\S+)/.exec(goMod)?.[1];
  if (version === undefined) throw new Error("tests/workflows/actionlint/go.mod pins no actionlint");
  return version;
}
