import { existsSync } from "node:fs";
import path from "node:path";
import type { StackOutputs } from "../../outputs";
import { stackFilePath } from "../../rehearsal/run/stackConfig";
import { readSnapshot, snapshotFileOf } from "../../rehearsal/run/surroundings";
import { readAround } from "../snapshot/around";
import type { SnapshotSource } from "./collect/surroundings";

/** The snapshot that a stack's surroundings are compared with; undefined where it joins nothing. */
export function snapshotSource(
  projectDir: string,
  { stack, configFile }: { readonly stack?: string; readonly configFile?: string },
  { joined }: StackOutputs,
): SnapshotSource | undefined {
  if (stack === undefined || !existsSync(stackFilePath(projectDir, stack, configFile)))
    return (
      joined &&
      "give --stack, and --config-file where its settings are elsewhere: its snapshot is beside them"
    );
  const around = readAround(projectDir, stack, configFile);
  if (Object.keys(around.named).length === 0) return undefined;
  const place = { projectDir, stack, ...(configFile !== undefined && { configFile }) };
  const snapshot = readSnapshot(place);
  if (snapshot !== undefined) return { around, snapshot };
  return `there is no ${path.relative(projectDir, snapshotFileOf(place))}; npm run snapshot -- --stack ${stack}`;
}
