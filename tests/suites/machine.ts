import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";

/** What of a machine decides which suites it can run, and how. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly root: boolean;
  /** How many there are for this process. */
  readonly processors: number;
  /** Whether a program is on the path. */
  readonly has: (program: string) => boolean;
}

/** Something that a suite's set-up needs and cannot install itself. */
export type Need = "Linux" | "root" | "Debian's apt-get, as root or with sudo" | "Go";

const met: Readonly<Record<Need, (machine: Machine) => boolean>> = {
  Linux: ({ platform }) => platform === "linux",
  root: ({ root }) => root,
  "Debian's apt-get, as root or with sudo": ({ root, has }) => has("apt-get") && (root || has("sudo")),
  Go: ({ has }) => has("go"),
};

/** The needs that the machine does not meet. */
export function unmet(needs: readonly Need[], machine: Machine): Need[] {
  return needs.filter((need) => !met[need](machine));
}

export const thisMachine: Machine = {
  platform: process.platform,
  root: process.getuid?.() === 0,
  processors: availableParallelism(),
  has: (program) =>
    (process.env["PATH"] ?? "")
      .split(path.delimiter)
      .some((folder) => isExecutable(path.join(folder, program))),
};

/** Whether Python can make the environment that moto, zizmor and checkov are installed into. */
export function hasPython(): boolean {
  return spawnSync("python3", ["-c", "import ensurepip, venv"]).status === 0;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
