import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Joined } from "../model/intent";
import { neutralOptions, type RecordedResource, type Recording } from "../model/recording";
import {
  joiningSettings,
  snapshotDays,
  snapshotSchema,
  snapshotVersion,
  type Snapshot,
} from "../model/snapshot";
import { textOf } from "../model/textFile";
import { isMap } from "../model/stackFile";
import { listedIn } from "./deployer";
import { type StackConfig, StackConfigError, stackFilePath } from "./stackConfig";

/** What others own around a stack, and how far the snapshot of it can be trusted. */
export interface Surroundings {
  readonly resources: readonly RecordedResource[];
  readonly snapshot: NonNullable<Recording["snapshot"]>;
}

/** Where a stack's file is: in the project's folder, where no other file is named. */
export interface StackPlace {
  readonly projectDir: string;
  readonly stack: string;
  readonly configFile?: string;
}

/** The settings of a stack that name what exists, each with its ids. */
export function joinedIn(config: StackConfig): Joined {
  const given = joiningSettings.map((setting) => {
    const value = config.values[`${config.project}:${setting}`] ?? "";
    const ids = value.trimStart().startsWith("[") ? listedIn(config, setting) : [value];
    return [setting, ids.filter((id) => id !== "")] as const;
  });
  return Object.fromEntries(given.filter(([, ids]) => ids.length > 0));
}

/**
 * The surroundings that the snapshot beside the stack file shows; undefined for a stack that joins nothing.
 * Throws a StackConfigError where the stack joins something and there is no snapshot of this version.
 */
export function readSurroundings(place: StackPlace, config: StackConfig): Surroundings | undefined {
  const joined = joinedIn(config);
  const names = Object.keys(joined);
  if (names.length === 0) return undefined;
  const file = relative(place.projectDir, snapshotFileOf(place));
  const remedy = remedyFor(place);
  const snapshot = readSnapshot(place);
  if (snapshot === undefined)
    throw new StackConfigError(
      `the stack ${place.stack} joins what exists (${names.join(", ")}), and there is no ${file}; ${remedy}`,
    );
  const stale = staleness(snapshot, place.stack, joined);
  return {
    resources: recorded(snapshot, place.stack, config.project),
    snapshot: {
      readAt: snapshot.readAt,
      ...(stale !== undefined && { stale: `${file} ${stale}; ${remedy}` }),
    },
  };
}

/** The snapshot of a stack stands beside its file. */
export function snapshotFileOf({ projectDir, stack, configFile }: StackPlace): string {
  return join(dirname(stackFilePath(projectDir, stack, configFile)), "snapshots", `${stack}.json`);
}

function remedyFor({ stack, configFile }: StackPlace): string {
  const elsewhere = configFile === undefined ? "" : ` --config-file ${configFile}`;
  return `run npm run snapshot -- --stack ${stack}${elsewhere}`;
}

/** Undefined where there is no file. Throws a StackConfigError where it is none of this version. */
export function readSnapshot(place: StackPlace, path = snapshotFileOf(place)): Snapshot | undefined {
  const content = contentOf(path);
  return content === undefined
    ? undefined
    : parse(content, relative(place.projectDir, path), `delete it and ${remedyFor(place)}`);
}

function contentOf(path: string): string | undefined {
  try {
    return textOf(readFileSync(path));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function parse(content: string, file: string, remedy: string): Snapshot {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    throw new StackConfigError(`${file} is no JSON: ${(error as Error).message}; ${remedy}`);
  }
  const version = isMap(json) ? json["version"] : undefined;
  if (version !== snapshotVersion)
    throw new StackConfigError(
      `${file}: version is ${version === undefined ? "absent" : JSON.stringify(version)}, and ${snapshotVersion} is read; ${remedy}`,
    );
  const parsed = snapshotSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new StackConfigError(`${file}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}; ${remedy}`);
  }
  const keys = parsed.data.resources.map(({ type, id }) => `${type} ${id}`);
  const twice = keys.find((key, at) => keys.indexOf(key) !== at);
  if (twice !== undefined)
    throw new StackConfigError(`${file}: resources: ${twice} is there twice; ${remedy}`);
  return parsed.data;
}

/** Why a snapshot no longer shows what the stack joins. */
function staleness({ around, readAt, stack }: Snapshot, now: string, joined: Joined): string | undefined {
  if (stack !== now) return `was read for the stack ${stack}`;
  const changed = joiningSettings.filter(
    (setting) => [around[setting] ?? []].flat().join() !== (joined[setting] ?? []).join(),
  );
  if (changed.length > 0) return `was read for another ${changed.join(", ")}`;
  const days = Math.floor((Date.now() - Date.parse(readAt)) / 86_400_000);
  return days > snapshotDays ? `is ${days} days old, more than ${snapshotDays}` : undefined;
}

/** The resources of others as a recording has them; outputs hold the inputs too, as those of our own do. */
function recorded({ resources }: Snapshot, stack: string, project: string): readonly RecordedResource[] {
  const taken = new Set<string>();
  return resources.map(({ type, id, inputs, outputs }) => {
    const short = `others/${id.split("/").at(-1) ?? id}`;
    const name = taken.has(`${type} ${short}`) ? `${short} ${id}` : short;
    taken.add(`${type} ${short}`);
    return {
      ...{ urn: `urn:pulumi:${stack}::${project}::${type}::${name}`, type, name, id, custom: true },
      parent: undefined,
      inputs,
      outputs: { ...inputs, ...outputs },
      ...{ secretInputs: [], dependencies: [], propertyDependencies: {}, options: neutralOptions },
      foreign: true,
    };
  });
}
