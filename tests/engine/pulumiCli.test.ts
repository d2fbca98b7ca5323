import { expect } from "chai";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { cacheFolder, findPulumi, NoPulumi, pinnedVersion } from "../../rehearsal/engine/pulumiCli";
import { stackOf } from "../../rehearsal/engine/rehearsePulumi";

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
