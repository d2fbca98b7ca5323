import * as grpc from "@grpc/grpc-js";
import { createRequire } from "node:module";
import path from "node:path";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import type { RunResponse } from "@pulumi/pulumi/proto/language_pb";
import { setRootDirectory } from "../../../rehearsal/run/rootDirectory";
import { program } from "../../../structure.json";

/** The repository's root: where the program under test is. */
export const root = path.resolve(__dirname, "../../..");

export type Program = () => Promise<Record<string, unknown>>;

const load = createRequire(__filename);

/** Internal to the SDK, hence without types; its version is pinned. */
const { LanguageServer } = load("@pulumi/pulumi/automation/server") as {
  LanguageServer: new (program: Program) => InlineServer;
};

interface InlineServer {
  readonly run: grpc.handleUnaryCall<unknown, RunResponse>;
  readonly getRequiredPlugins: grpc.UntypedHandleCall;
  readonly getPluginInfo: grpc.UntypedHandleCall;
  onPulumiExit(failed: boolean): void;
}

/** The SDK's own, through which every error of its connection to the engine passes. */
const sdkErrors = load("@pulumi/pulumi/errors") as { isGrpcError: (error: Error) => boolean };

/**
 * Each run has an engine of its own. Connections that gRPC keeps for all clients of a process would give a run whose
 * engine listens at the port of an earlier one the broken connection to that one.
 */
const { grpcClientOptions } = load("@pulumi/pulumi/runtime/settings") as {
  grpcClientOptions: Record<string, unknown>;
};
grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;

/** The program itself, evaluated afresh on each run as a process of its own would; the SDKs stay loaded. */
export const realProgram: Program = () => {
  for (const file of Object.keys(load.cache)) {
    if (isOwn(file)) Reflect.deleteProperty(load.cache, file);
  }
  // A loader keeps what it has loaded, and with it all outputs of the run: each run has its own.
  const loadOnce = createRequire(__filename);
  return Promise.resolve(loadOnce(path.join(root, "index.ts")) as Record<string, unknown>);
};

/** `vpn/tunnels.ts` by its folder, `index.ts` by itself. */
function isOwn(file: string): boolean {
  const [first = ""] = path.relative(root, file).split(path.sep);
  return [...program.files, ...program.folders].includes(first);
}

/** A program that knows the folder of its Pulumi.yaml, which the CLI tells a program of its own process. */
export function inFolder(folder: string, program: Program): Program {
  return () => {
    setRootDirectory(folder);
    return program();
  };
}

const events = ["uncaughtException", "unhandledRejection"] as const;

/**
 * Serves a program to the CLI from this process, as the Automation API does for inline programs: its `up` runs four
 * CLI processes where one is enough, and a failure campaign has hundreds of them.
 */
export async function serveProgram(
  program: Program,
): Promise<{ address: string; close: (failed: boolean) => void }> {
  // The SDK takes a stack trace for each promise, and mapping them through source maps would be half the run.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  process.setSourceMapsEnabled(false);
  const errors: NodeJS.EventEmitter = process;
  const listening = events.map((event) => errors.listeners(event));
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
  const language = new LanguageServer(program);
  const { isGrpcError } = sdkErrors;
  server.addService(LanguageRuntimeService, {
    getRequiredPlugins: language.getRequiredPlugins,
    getPluginInfo: language.getPluginInfo,
    run: failWhereCutOff(language),
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return {
    address: `127.0.0.1:${String(port)}`,
    close: (failed) => {
      Error.stackTraceLimit = stackTraceLimit;
      sdkErrors.isGrpcError = isGrpcError;
      server.forceShutdown();
      // A run that failed leaves its listeners behind.
      for (const [place, event] of events.entries()) {
        for (const listener of errors.listeners(event)) {
          if (listening[place]?.includes(listener) === false) errors.off(event, listener as () => void);
        }
      }
      language.onPulumiExit(failed);
    },
  };
}

/**
 * The SDK's server takes a program that lost its connection to the engine for one that has ended well: what it had not
 * registered by then would be deleted. A program of its own process fails there, and so does this one.
 */
function failWhereCutOff(language: InlineServer): grpc.handleUnaryCall<unknown, RunResponse> {
  let cutOff = false;
  const { isGrpcError } = sdkErrors;
  sdkErrors.isGrpcError = (error) => {
    const is = isGrpcError(error);
    cutOff ||= is;
    return is;
  };
  return (call, callback) => {
    language.run(call, (error, response) => {
      callback(error, cutOff ? response?.setBail(true) : response);
    });
  };
}
