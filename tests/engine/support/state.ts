import { readFileSync } from "node:fs";
import path from "node:path";

export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  readonly custom: boolean;
  /** Read by its id, and not the stack's own. */
  readonly external?: boolean;
  readonly protect?: boolean;
  readonly initErrors?: readonly string[];
  /** Replaced, and still to be deleted. */
  readonly delete?: boolean;
  /** Deleted, and still to be made again. */
  readonly pendingReplacement?: boolean;
}

export interface State {
  readonly resources: readonly StateResource[];
  /** Operations that the engine began and never saw the end of. */
  readonly pending: readonly { readonly type: string; readonly resource: { readonly urn: string } }[];
}

/** The backend's file of a stack. */
export function stateFile(backend: string, project: string, stack: string): string {
  return path.join(backend, ".pulumi", "stacks", project, `${stack}.json`);
}

/** What the engine believes, as its file says: `pulumi stack export` would show secrets as they are. */
export function readState(file: string): State {
  const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as {
    checkpoint: { latest?: { resources?: StateResource[]; pending_operations?: State["pending"] } };
  };
  return {
    resources: checkpoint.latest?.resources ?? [],
    pending: checkpoint.latest?.pending_operations ?? [],
  };
}
