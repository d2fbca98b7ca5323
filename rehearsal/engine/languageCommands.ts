import { createRequire } from "node:module";
import path from "node:path";
import type * as pb from "@pulumi/pulumi/proto/language_pb";

/** A process to start. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Runs a program: the SDK's own runner, which loads the entry point and talks to the engine. */
export function programCommand(request: pb.RunRequest, engine: string, env: NodeJS.ProcessEnv): Command {
  const info = request.getInfo();
  const cwd = request.getPwd() || (info?.getProgramDirectory() ?? ".");
  const options = runtimeOptions(info);
  const flags: Readonly<Record<string, string>> = {
    monitor: request.getMonitorAddress(),
    engine,
    organization: request.getOrganization(),
    project: request.getProject(),
    "root-directory": info?.getRootDirectory() ?? "",
    stack: request.getStack(),
    pwd: cwd,
    parallel: String(request.getParallel()),
  };
  return {
    file: process.execPath,
    args: [
      ...options.nodeArguments,
      runner("run", cwd),
      ...Object.entries(flags).flatMap(([name, value]) => (value === "" ? [] : [`--${name}=${value}`])),
      ...(request.getDryrun() ? ["--dry-run"] : []),
      info?.getEntryPoint() ?? ".",
      ...request.getArgsList(),
    ],
    cwd,
    env: {
      ...env,
      ...options.env,
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    },
  };
}

/** Runs a policy pack. `PolicyPack` reads `./package.json`, so the pack's folder is the working directory. */
export function pluginCommand(request: pb.RunPluginRequest, env: NodeJS.ProcessEnv): Command {
  const folder = request.getInfo()?.getProgramDirectory() ?? ".";
  if (request.getKind() !== "analyzer") {
    throw new Error(
      `this language host runs programs and policy packs, and no plugin of kind ${request.getKind()}`,
    );
  }
  const options = runtimeOptions(request.getInfo());
  const given = request.getEnvList().map((pair): [string, string] => {
    const equals = pair.indexOf("=");
    return [pair.slice(0, equals), pair.slice(equals + 1)];
  });
  return {
    file: process.execPath,
    args: [...options.nodeArguments, runner("run-policy-pack", folder), ...request.getArgsList(), folder],
    cwd: folder,
    env: { ...env, ...Object.fromEntries(given), ...options.env },
  };
}

/** A runner of the SDK that the program itself depends on. */
function runner(name: string, folder: string): string {
  return createRequire(path.join(path.resolve(folder), "package.json")).resolve(`@pulumi/pulumi/cmd/${name}`);
}

/** `runtime.options` of Pulumi.yaml, of which `typescript`, `nodeargs` and `tsconfig` are understood. */
function runtimeOptions(info: pb.ProgramInfo | undefined): {
  nodeArguments: string[];
  env: NodeJS.ProcessEnv;
} {
  const { typescript, nodeargs, tsconfig } = (info?.getOptions()?.toJavaScript() ?? {}) as Record<
    string,
    unknown
  >;
  return {
    nodeArguments: typeof nodeargs === "string" ? nodeargs.split(/\s+/).filter((word) => word !== "") : [],
    env: {
      PULUMI_NODEJS_TYPESCRIPT: typescript === false ? "false" : "true",
      ...(typeof tsconfig === "string" ? { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig } : {}),
    },
  };
}
