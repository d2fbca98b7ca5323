import { expect } from "chai";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import * as pb from "@pulumi/pulumi/proto/language_pb";
import { pluginCommand, programCommand } from "../../rehearsal/engine/languageCommands";
import { root } from "./support/inlineProgram";

function programInfo(options: Parameters<typeof Struct.fromJavaScript>[0] = {}): pb.ProgramInfo {
  return new pb.ProgramInfo()
    .setRootDirectory("/project")
    .setProgramDirectory(root)
    .setEntryPoint(".")
    .setOptions(Struct.fromJavaScript(options));
}

describe("the language host", () => {
  const request = new pb.RunRequest()
    .setInfo(
      programInfo({ nodeargs: "--max-old-space-size=512  --trace-warnings", tsconfig: "tsconfig.json" }),
    )
    .setMonitorAddress("127.0.0.1:1")
    .setOrganization("organization")
    .setProject("sample")
    .setStack("dev")
    .setParallel(16)
    .setDryrun(true)
    .setConfigsecretkeysList(["sample:token"]);
  request.getConfigMap().set("sample:size", "1");

  it("runs a program by the SDK's own runner, and tells it where the engine is", () => {
    const { args, cwd } = programCommand(request, "127.0.0.1:2", {});
    expect(cwd).to.equal(root);
    expect(args).to.deep.equal([
      "--max-old-space-size=512",
      "--trace-warnings",
      `${root}/node_modules/@pulumi/pulumi/cmd/run/index.js`,
      "--monitor=127.0.0.1:1",
      "--engine=127.0.0.1:2",
      "--organization=organization",
      "--project=sample",
      "--root-directory=/project",
      "--stack=dev",
      `--pwd=${root}`,
      "--parallel=16",
      "--dry-run",
      ".",
    ]);
  });

  it("hands it the settings, and which of them are secret", () => {
    const { env } = programCommand(request, "", { HOME: "/home" });
    expect(env).to.deep.equal({
      HOME: "/home",
      PULUMI_CONFIG: '{"sample:size":"1"}',
      PULUMI_CONFIG_SECRET_KEYS: '["sample:token"]',
      PULUMI_NODEJS_TYPESCRIPT: "true",
      PULUMI_NODEJS_TSCONFIG_PATH: "tsconfig.json",
    });
  });

  it("runs a policy pack in its own folder", () => {
    const pack = new pb.RunPluginRequest()
      .setKind("analyzer")
      .setInfo(programInfo())
      .setArgsList(["127.0.0.1:2"])
      .setEnvList(["A=b=c"]);
    const { args, cwd, env } = pluginCommand(pack, {});
    expect(cwd).to.equal(root);
    expect(args.slice(1)).to.deep.equal(["127.0.0.1:2", root]);
    expect(env.A).to.equal("b=c");
  });

  it("refuses plugins of other kinds", () => {
    const other = new pb.RunPluginRequest().setKind("resource").setInfo(programInfo());
    expect(() => pluginCommand(other, {})).to.throw(/no plugin of kind resource/);
  });
});
