import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { rotate, type Surroundings } from "../../../operations/rotate/command";
import type { Raise } from "../../../operations/rotate/raisedCopy";
import { UsageError } from "../../../operations/verify/stackOutputs";
import type { Verdict } from "../../../operations/verify/judge/verdict";
import { OutputsFile } from "../support/outputsFile";
import { writtenOutputs } from "../support/writtenOutputs";

const previews = path.resolve(__dirname, "../previews");
const settings = "config:\n  # who pays\n  azure-s3-privatelink:awsCidr: 10.2.0.0/22 # theirs\n";
/** As Pulumi would write it. */
const raised = `${settings}  azure-s3-privatelink:presharedKeyGenerations:\n    tunnel2: 2\n`;

describe("npm run rotate", () => {
  let folder: string;
  const file = new OutputsFile();
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "rotate-"));
    writeFileSync(path.join(folder, "Pulumi.yaml"), "name: azure-s3-privatelink\nruntime: nodejs\n");
    writeFileSync(path.join(folder, "Pulumi.prod.yaml"), settings);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  after(() => {
    file.remove();
  });

  const stackFile = () => readFileSync(path.join(folder, "Pulumi.prod.yaml"), "utf8");

  async function run(
    topology: "single-tunnel" | "active-active",
    given: {
      readonly tunnel?: string;
      readonly down?: readonly string[];
      readonly preview?: string | Error;
      readonly args?: readonly string[];
    },
  ) {
    const { tunnel = "tunnel2", down = [], preview = "prod-new-key", args = [] } = given;
    const outputs = writtenOutputs(topology);
    let [out, err] = ["", ""];
    const raises: Raise[] = [];
    const surroundings: Surroundings = {
      out: (text) => (out += text),
      err: (text) => (err += text),
      projectDir: folder,
      verify: () =>
        Promise.resolve(
          verdict(
            outputs.vpn.tunnels.map(({ name }) => name),
            down,
          ),
        ),
      raise: (raise) => {
        raises.push(raise);
        if (preview instanceof Error) return Promise.reject(preview);
        return Promise.resolve({
          settings: raised,
          preview: readFileSync(path.join(previews, `${preview}.json`), "utf8"),
        });
      },
    };
    const all = ["--stack", "prod", "--tunnel", tunnel, "--outputs", file.write(outputs), ...args];
    return { code: await rotate(all, surroundings), out, err, raises };
  }

  it("raises the generation, shows the review and tells what comes next", async () => {
    const { code, out, raises } = await run("active-active", {});
    expect(code).to.equal(0);
    expect(stackFile()).to.equal(raised);
    expect(raises).to.deep.equal([
      {
        ...{ projectDir: folder, stack: "prod", file: path.join(folder, "Pulumi.prod.yaml") },
        ...{ settings, tunnel: "tunnel2", generation: 2 },
      },
    ]);
    expect(out).to.include("generation 2 of tunnel2's key (1 before)");
    expect(out).to.include("### One tunnel down, the others carry on");
    expect(out).to.include("pulumi up --stack prod\n  npm run verify -- --stack prod --wait 15");
  });

  it("raises it in the file that --config-file names, and in no other", async () => {
    const elsewhere = path.join(folder, "elsewhere.yaml");
    writeFileSync(elsewhere, settings);
    const { code, out, raises } = await run("active-active", { args: ["--config-file", elsewhere] });
    expect(code).to.equal(0);
    expect(readFileSync(elsewhere, "utf8")).to.equal(raised);
    expect(stackFile()).to.equal(settings);
    expect(raises[0]?.file).to.equal(elsewhere);
    expect(out).to.include(
      `${elsewhere} now has generation 2 of tunnel2's key (1 before). Next:\n  pulumi up --stack prod --config-file ${elsewhere}\n  npm run verify -- --stack prod --config-file ${elsewhere} --wait 15`,
    );
  });

  for (const { name, topology, given, says } of [
    {
      name: "another tunnel is down",
      topology: "active-active",
      given: { down: ["tunnel3"] },
      says: /not all other tunnels are known to be up: tunnel3 \(AWS DOWN, Azure NotConnected\)/,
    },
    {
      name: "the tunnel is the only one",
      topology: "single-tunnel",
      given: { tunnel: "tunnel1" },
      says: /tunnel1 is the only tunnel of single-tunnel: nothing passes while its key changes/,
    },
    {
      name: "the deployment would touch other tunnels",
      topology: "active-active",
      given: { preview: "prod-all-keys" },
      says: /would also take down tunnel1, tunnel3, tunnel4/,
    },
    {
      name: "the deployment would do more",
      topology: "active-active",
      given: { preview: "prod-one-bucket-less" },
      says: /would do more than change the key: .*delete s3-uploads/,
    },
  ] as const) {
    it(`refuses where ${name}, and changes nothing`, async () => {
      const { code, err } = await run(topology, given);
      expect(code).to.equal(1);
      expect(err).to.match(says).and.to.include("--force changes it anyway.");
      expect(stackFile()).to.equal(settings);
    });

    it(`can be forced where ${name}, and says against what`, async () => {
      const { code, err } = await run(topology, { ...given, args: ["--force"] });
      expect(code).to.equal(0);
      expect(err)
        .to.match(/^Forced, although /)
        .and.to.match(says);
      expect(stackFile()).to.equal(raised);
    });
  }

  it("does not mind that the tunnel itself is down", async () => {
    expect((await run("active-active", { down: ["tunnel2"] })).code).to.equal(0);
  });

  it("rotates the key of a tunnel that only AWS has", async () => {
    expect((await run("single-tunnel", { preview: "dev-unused-key", down: ["tunnel1"] })).code).to.equal(0);
  });

  for (const { name, given, says } of [
    {
      name: "a tunnel that the stack has not",
      given: { tunnel: "tunnel3" },
      says: /prod has no tunnel3: single-tunnel has tunnel1, tunnel2/,
    },
    { name: "a name that is no tunnel's", given: { tunnel: "tunnel9" }, says: /Allowed choices are tunnel1/ },
    {
      name: "a preview that fails",
      given: { preview: new UsageError("pulumi preview failed:\nno"), args: ["--force"] },
      says: /pulumi preview failed/,
    },
    {
      name: "a file that is not there",
      given: { args: ["--config-file", "nowhere.yaml"] },
      says: /--config-file nowhere\.yaml: there is no such file/,
    },
    {
      name: "a stack without a file",
      given: { args: ["--stack", "test"] },
      says: /there is no Pulumi\.test\.yaml/,
    },
  ])
    it(`ends with 2 at ${name}, and changes nothing`, async () => {
      const { code, err } = await run("single-tunnel", given);
      expect(code).to.equal(2);
      expect(err).to.match(says);
      expect(stackFile()).to.equal(settings);
    });
});

function verdict(names: readonly string[], down: readonly string[]): Verdict {
  const tunnels = names.map((name) => {
    const up = !down.includes(name);
    return { name, awsUp: up, azureStatus: up ? "Connected" : "NotConnected", up };
  });
  return {
    outcome: "holds",
    subjects: [],
    findings: [],
    unanswered: [],
    tunnels,
    client: "not tried",
    endpoint: "timeout",
    destinations: { aws: [], azure: [] },
  };
}
