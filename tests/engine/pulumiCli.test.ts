import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { cacheFolder, cacheOf, findPulumi, NoPulumi, pinnedVersion } from "../../rehearsal/engine/pulumiCli";
import { randomVersion } from "../../rehearsal/engine/randomProvider";
import { configOf, stackOf } from "../../rehearsal/engine/rehearsePulumi";
import { StackConfigError } from "../../rehearsal/run/stackConfig";

describe("the pulumi that a rehearsal runs", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "cli-"))));
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function place(executable: string): string {
    mkdirSync(path.dirname(executable), { recursive: true });
    writeFileSync(executable, "", { mode: 0o755 });
    return executable;
  }

  it("is the installed one, where there is one", () => {
    const installed = place(path.join(folder, "bin/pulumi"));
    const env = { PATH: `/nowhere:${folder}/bin`, XDG_CACHE_HOME: folder };
    place(path.join(cacheFolder(env), "pulumi"));
    expect(findPulumi(env)).to.deep.equal({ executable: installed, builtHere: false });
  });

  it("is the one built here, where none is installed", () => {
    const env = { PATH: "/nowhere", XDG_CACHE_HOME: folder };
    const built = place(path.join(cacheFolder(env), "pulumi"));
    expect(findPulumi(env)).to.deep.equal({ executable: built, builtHere: true });
  });

  it("is missed with the two ways to get it", () => {
    expect(() => findPulumi({ PATH: "/nowhere", XDG_CACHE_HOME: folder })).to.throw(
      NoPulumi,
      /npm run engine:install.*https:\/\/www\.pulumi\.com\/docs\/install/,
    );
  });

  it("has the version that go.mod pins", () => {
    expect(pinnedVersion("require (\n\tgithub.com/pulumi/pulumi/pkg/v3 v3.1.2 // indirect\n)")).to.equal(
      "3.1.2",
    );
    expect(() => pinnedVersion("module x")).to.throw(/pins no/);
  });
});

describe("npm run engine:install", function () {
  this.timeout(30_000);
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "install-"))));
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function install(): { status: number | null; stderr: string } {
    const script = path.join(__dirname, "../../rehearsal/engine/install.ts");
    const env = { PATH: folder, XDG_CACHE_HOME: folder };
    const { status, stderr } = spawnSync(process.execPath, ["--import=tsx", script], {
      env,
      encoding: "utf8",
    });
    return { status, stderr };
  }

  it("says what is missing where there is no Go", () => {
    const { status, stderr } = install();
    expect(status).to.equal(1);
    expect(stderr).to.match(
      /^engine:install builds the Pulumi CLI and its random provider with Go, and there is no `go` on the PATH; .*\n$/,
    );
  });

  it("builds nothing where both are, and puts the way to the language host beside the CLI", () => {
    const env = { XDG_CACHE_HOME: folder };
    const cache = cacheFolder(env);
    const provider = path.join(cacheOf("random", randomVersion(), env), "pulumi-resource-random");
    for (const file of [path.join(cache, "pulumi"), provider]) {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, "", { mode: 0o755 });
    }
    expect(install()).to.deep.equal({
      status: 0,
      stderr: `Pulumi ${pinnedVersion()} is there: ${path.join(cache, "pulumi")}\nThe random provider ${randomVersion()} is there: ${provider}\n`,
    });
    expect(readFileSync(path.join(cache, "pulumi-language-nodejs"), "utf8")).to.match(/^#!\/bin\/sh\nexec /);
  });
});

describe("the stack of a pulumi command", () => {
  for (const [args, stack] of [
    [["preview"], "dev"],
    [["preview", "--stack", "prod"], "prod"],
    [["preview", "--stack=prod"], "prod"],
    [["-s", "prod", "up"], "prod"],
    [["up", "-s=prod"], "prod"],
  ] as const) {
    it(`is ${stack} in "${args.join(" ")}"`, () => {
      expect(stackOf(args)).to.equal(stack);
    });
  }
});

describe("the settings of a pulumi command", () => {
  const project = path.resolve(__dirname, "../..");
  const topology = (args: readonly string[], stack = "dev") =>
    configOf(project, stack, args).values["azure-s3-privatelink:vpnTopology"];

  it("are the stack file's, below what -c gives", () => {
    const own = topology(["preview"]);
    expect(own).not.to.equal("dual-tunnel");
    expect(topology(["preview", "-c", "awsAsn=64900"])).to.equal(own);
    for (const given of [
      ["-c", "vpnTopology=dual-tunnel"],
      ["--config", "azure-s3-privatelink:vpnTopology=dual-tunnel"],
      ["-c=vpnTopology=dual-tunnel"],
    ])
      expect(topology(["preview", ...given])).to.equal("dual-tunnel");
  });

  it("are none where there is no file yet, or the program does not run", () => {
    expect(topology(["up", "-c", "vpnTopology=dual-tunnel"], "unwritten")).to.equal(undefined);
    expect(topology(["stack", "ls"])).to.equal(undefined);
  });

  for (const key of ["azureVirtualNetworkId", "azure-s3-privatelink:awsVpcId", "azureSpokes[0]"])
    it(`refuse ${key} in -c, which no snapshot is read for`, () => {
      expect(() => configOf(project, "dev", ["preview", "-c", `${key}=x`])).to.throw(
        StackConfigError,
        /stands in its file.*npm run snapshot -- --stack dev$/,
      );
    });
});
