import { dump } from "js-yaml";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { leastConfig } from "../settings/validConfig";

const root = path.resolve(__dirname, "../..");

/** Settings of which one is wrong, and the whole line that it must be refused with. */
export interface SettingMistake {
  readonly what: string;
  readonly given: Readonly<Record<string, unknown>>;
  readonly says: string;
}

/** The text of a stack's file that is wrong, and all that a command must say of it. */
export interface FileMistake {
  readonly what: string;
  readonly text: string;
  readonly says: string;
}

/** The stack of every mistake. */
export const stack = "mistaken";

/** A folder whose Pulumi.yaml leads to the real program, with one stack. */
export class Project {
  readonly folder = mkdtempSync(path.join(tmpdir(), "mistakes-"));

  constructor() {
    writeFileSync(
      path.join(this.folder, "package.json"),
      JSON.stringify({ main: path.join(root, "index.ts") }),
    );
    writeFileSync(path.join(this.folder, "Pulumi.yaml"), readFileSync(path.join(root, "Pulumi.yaml")));
    this.write(stackFile({}));
  }

  write(text: string, file = `Pulumi.${stack}.yaml`): void {
    writeFileSync(path.join(this.folder, file), text);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The least stack file with some settings put otherwise; `undefined` takes one away. */
export function stackFile(changes: Readonly<Record<string, unknown>>): string {
  const all: Readonly<Record<string, unknown>> = { ...leastConfig, ...changes };
  const settings = Object.entries(all).flatMap(([key, value]): [string, unknown][] =>
    value === undefined ? [] : [[key.includes(":") ? key : `azure-s3-privatelink:${key}`, value]],
  );
  return dump({ config: Object.fromEntries(settings) });
}

/** Calls a command in this process and keeps what it writes. */
export async function said(
  command: () => number | Promise<number>,
): Promise<{ readonly code: number; readonly out: string; readonly error: string }> {
  const kept = { out: "", error: "" };
  const { stdout, stderr } = process;
  const writes = { out: stdout.write.bind(stdout), error: stderr.write.bind(stderr) };
  stdout.write = (text: string | Uint8Array) => {
    kept.out += String(text);
    return true;
  };
  stderr.write = (text: string | Uint8Array) => {
    kept.error += String(text);
    return true;
  };
  try {
    const code = await command();
    return { code, ...kept };
  } finally {
    stdout.write = writes.out;
    stderr.write = writes.error;
  }
}
