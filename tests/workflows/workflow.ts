import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { root } from "./actionlint";

type Permissions = Readonly<Record<string, string>>;

export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Job {
  /** The workflow that it calls; it then has no steps of its own. */
  readonly uses?: string;
  readonly needs?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly permissions?: Permissions;
  readonly "timeout-minutes"?: number;
  readonly environment?: string;
  readonly strategy?: { readonly matrix: Readonly<Record<string, unknown>> };
  readonly steps?: readonly Step[];
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Permissions | string;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly jobs: Readonly<Record<string, Job>>;
}

export const workflowsFolder = path.join(root, ".github/workflows");

export const workflowFiles: readonly string[] = readdirSync(workflowsFolder).filter((file) =>
  file.endsWith(".yml"),
);

export function readWorkflow(file: string): string {
  return readFileSync(path.join(workflowsFolder, file), "utf8");
}

export function parseWorkflow(text: string): Workflow {
  return load(text) as Workflow;
}
