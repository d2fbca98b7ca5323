import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { actionlint, build, root } from "./actionlint";

/**
 * Lints the workflows with actionlint and audits them with zizmor, both made ready on the first run. The exit code is
 * that of the first which finds something; 2 where one cannot be made ready.
 */
function main(): number {
  const problem = existsSync(actionlint()) ? undefined : build();
  if (problem !== undefined) {
    process.stderr.write(`${problem}\n`);
    return 2;
  }
  const zizmor = spawnSync(path.join(__dirname, "zizmor.sh"), {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (zizmor.status !== 0) {
    process.stderr.write(
      "lint:workflows installs zizmor with Python, which failed; it needs python3 with venv and pip\n",
    );
    return 2;
  }
  return run(actionlint(), "-color") || run(zizmor.stdout.trim(), "--offline", "--no-progress", ".github");
}

function run(command: string, ...args: readonly string[]): number {
  return spawnSync(command, args, { cwd: root, stdio: "inherit" }).status ?? 2;
}

process.exitCode = main();
