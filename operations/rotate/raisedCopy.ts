import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { snapshotFileOf } from "../../rehearsal/run/surroundings";
import { redact } from "../verify/collect/problem";
import { UsageError } from "../verify/stackOutputs";

export interface Raise {
  readonly projectDir: string;
  readonly stack: string;
  /** The path of the stack's file. */
  readonly file: string;
  /** What it says. */
  readonly settings: string;
  readonly tunnel: string;
  readonly generation: number;
}

export interface RaisedCopy {
  /** The stack's file as it would be. */
  readonly settings: string;
  /** What `pulumi preview --json` says of it. */
  readonly preview: string;
}

/**
 * `pulumi config set` and `pulumi preview` on a copy of the stack's file, which itself stays as it is. The snapshot goes with
 * it: on simulated clouds a preview needs it beside the file.
 */
export async function raisedCopy(raise: Raise): Promise<RaisedCopy> {
  const { projectDir, stack, settings, tunnel, generation } = raise;
  const folder = mkdtempSync(path.join(tmpdir(), "rotate-"));
  const file = path.join(folder, `Pulumi.${stack}.yaml`);
  const snapshot = snapshotFileOf({ projectDir, stack, configFile: raise.file });
  const pulumi = (...args: readonly string[]) =>
    run([...args, "--stack", stack, "--config-file", file, "--non-interactive"], projectDir);
  try {
    writeFileSync(file, settings, { mode: 0o600 });
    if (existsSync(snapshot)) cpSync(snapshot, snapshotFileOf({ projectDir, stack, configFile: file }));
    await pulumi("config", "set", "--path", `presharedKeyGenerations.${tunnel}`, String(generation));
    return { settings: readFileSync(file, "utf8"), preview: await pulumi("preview", "--json") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(args: readonly string[], cwd: string): Promise<string> {
  const child = spawn("pulumi", args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  return new Promise((resolve, reject) => {
    child.once("error", () => {
      reject(
        new UsageError("there is no pulumi on the PATH; install it: https://www.pulumi.com/docs/install/"),
      );
    });
    child.once("close", (code) => {
      if (code === 0) resolve(out);
      else {
        const says = redact((err.trim() === "" ? out : err).slice(-2000));
        reject(new UsageError(`pulumi ${args[0] ?? ""} failed:\n${says}`));
      }
    });
  });
}
