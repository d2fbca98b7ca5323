import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { actionlint, build, root } from "./actionlint";

/** Lints the workflows, with actionlint built on the first run; its exit code is the command's. */
function main(): number {
  if (!existsSync(actionlint())) {
    const problem = build();
    if (problem !== undefined) {
      process.stderr.write(`${problem}\n`);
      return 2;
    }
  }
  return spawnSync(actionlint(), ["-color"], { cwd: root, stdio: "inherit" }).status ?? 2;
}

process.exitCode = main();
