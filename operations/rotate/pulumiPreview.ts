import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { redact } from "../verify/collect/problem";
import { UsageError } from "../verify/stackOutputs";

export interface PreviewArgs {
  readonly projectDir: string;
  readonly stack: string;
  /** The stack's file as it would be. */
  readonly settings: string;
}

/** `pulumi preview --json` with other settings, which never reach the stack's own file. */
export async function pulumiPreview({ projectDir, stack, settings }: PreviewArgs): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "rotate-"));
  const file = path.join(folder, `Pulumi.${stack}.yaml`);
  try {
    writeFileSync(file, settings, { mode: 0o600 });
    return await run(
      ["preview", "--json", "--stack", stack, "--config-file", file, "--non-interactive"],
      projectDir,
    );
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
      else
        reject(
          new UsageError(`pulumi preview failed:\n${redact((err.trim() === "" ? out : err).slice(-2000))}`),
        );
    });
  });
}
