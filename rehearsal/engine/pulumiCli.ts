import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

/** The folder of the Go module that pins the CLI. */
export const cliModule = path.join(__dirname, "cli");

/** Where `npm run engine:install` puts the CLI. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return cacheOf("pulumi", pinnedVersion(), env);
}

/** Where `npm run engine:install` puts what it builds: outside the tree, one folder for each version. */
export function cacheOf(what: string, version: string, env: NodeJS.ProcessEnv = process.env): string {
  const caches = env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache");
  const platform = `${process.platform}-${process.arch}`;
  return path.join(caches, "azure-s3-privatelink", `${what}-${version}-${platform}`);
}

/** The version that go.mod pins, as `3.259.0`. */
export function pinnedVersion(goMod = readFileSync(path.join(cliModule, "go.mod"), "utf8")): string {
  const version = /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/.exec(goMod)?.[1];
  if (version === undefined)
    throw new Error("rehearsal/engine/cli/go.mod pins no github.com/pulumi/pulumi/pkg/v3");
  return version;
}

export interface PulumiCli {
  readonly executable: string;
  /** Whether it is the one built here, which has no language host of its own. */
  readonly builtHere: boolean;
}

export class NoPulumi extends Error {
  constructor() {
    super(
      "there is no pulumi on the PATH and none built yet; run `npm run engine:install` (needs Go, about five minutes), or install Pulumi: https://www.pulumi.com/docs/install/",
    );
  }
}

/** The `pulumi` to run: an installed one, else the one built here. */
export function findPulumi(env: NodeJS.ProcessEnv = process.env): PulumiCli {
  const onPath = (env.PATH ?? "")
    .split(path.delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => path.join(folder, "pulumi"))
    .find((candidate) => existsSync(candidate));
  if (onPath !== undefined) return { executable: onPath, builtHere: false };
  return builtPulumi(env) ?? fail();
}

/** The CLI built here, if it is there. */
export function builtPulumi(env: NodeJS.ProcessEnv = process.env): PulumiCli | undefined {
  const executable = path.join(cacheFolder(env), "pulumi");
  return existsSync(executable) ? { executable, builtHere: true } : undefined;
}

function fail(): never {
  throw new NoPulumi();
}
