import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import sdk from "@pulumi/pulumi/package.json";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { programCommand, pluginCommand, type Command } from "./languageCommands";
import { unary } from "./unary";

// The CLI runs this as `pulumi-language-nodejs [flags] ENGINE`, reads a port from its standard output and shows
// whatever comes after it. An installed Pulumi brings its own, far richer host; the one built from Go modules has none.

/** Exit code of a program that has failed and has already told the user why (sdk/nodejs/cmd/run). */
const alreadyTold = 32;

const running = new Set<ChildProcess>();
let engine = process.argv.slice(2).find((argument) => !argument.startsWith("-")) ?? "";

function start({ file, args, cwd, env }: Command, stdio: SpawnOptions["stdio"]): ChildProcess {
  const child = spawn(file, args, { cwd, env, stdio: stdio ?? "ignore" });
  running.add(child);
  child.once("close", () => running.delete(child));
  return child;
}

function stopAll(signal: NodeJS.Signals): void {
  for (const child of running) child.kill(signal);
}

function run(request: pb.RunRequest): Promise<pb.RunResponse> {
  const child = start(programCommand(request, engine, process.env), ["ignore", "inherit", "inherit"]);
  return new Promise((resolve) => {
    child.once("error", (error) => {
      resolve(new pb.RunResponse().setError(error.message));
    });
    child.once("close", (code, signal) => {
      if (code === alreadyTold) resolve(new pb.RunResponse().setBail(true));
      else if (code === 0) resolve(new pb.RunResponse());
      else
        resolve(
          new pb.RunResponse().setError(`the program ended with ${signal ?? `exit code ${String(code)}`}`),
        );
    });
  });
}

/** Policy packs: their output goes back to the engine piece by piece, then their exit code. */
function runPlugin(call: grpc.ServerWritableStream<pb.RunPluginRequest, pb.RunPluginResponse>): void {
  const child = start(pluginCommand(call.request, process.env), ["ignore", "pipe", "pipe"]);
  child.stdout?.on("data", (text: Buffer) => call.write(new pb.RunPluginResponse().setStdout(text)));
  child.stderr?.on("data", (text: Buffer) => call.write(new pb.RunPluginResponse().setStderr(text)));
  child.once("error", (error) => {
    call.destroy(error);
  });
  child.once("close", (code) => {
    call.write(new pb.RunPluginResponse().setExitcode(code ?? 1));
    call.end();
  });
  call.once("cancelled", () => child.kill());
}

function dependencies(request: pb.GetProgramDependenciesRequest): pb.GetProgramDependenciesResponse {
  const folder = request.getInfo()?.getProgramDirectory() ?? ".";
  const manifest = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as {
    dependencies?: Record<string, string>;
  };
  const listed = Object.entries(manifest.dependencies ?? {}).map(([name, version]) =>
    new pb.DependencyInfo().setName(name).setVersion(version),
  );
  return new pb.GetProgramDependenciesResponse().setDependenciesList(listed);
}

const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
server.addService(LanguageRuntimeService, {
  handshake: unary((request: pb.LanguageHandshakeRequest) => {
    engine = request.getEngineAddress() || engine;
    return new pb.LanguageHandshakeResponse();
  }),
  getPluginInfo: unary(() => new PluginInfo().setVersion(sdk.version)),
  // None: the simulated clouds are attached to, never downloaded.
  getRequiredPackages: unary(() => new pb.GetRequiredPackagesResponse()),
  getRequiredPlugins: unary(() => new pb.GetRequiredPluginsResponse()),
  getProgramDependencies: unary(dependencies),
  runtimeOptionsPrompts: unary(() => new pb.RuntimeOptionsResponse()),
  about: unary(() => new pb.AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
  cancel: unary(() => {
    stopAll("SIGINT");
    return new Empty();
  }),
  run: unary(run),
  runPlugin,
});

server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.stdout.write(`${String(port)}\n`);
});

// A CLI that is killed does not stop its plugins: leave with it, or the program goes on without an engine.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) leave("SIGTERM");
}, 500).unref();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    leave(signal);
  });
}

function leave(signal: NodeJS.Signals): never {
  stopAll(signal);
  process.exit(0);
}
