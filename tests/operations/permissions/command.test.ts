import { expect } from "chai";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { permissions } from "../../../docs/permissions/command";

const projectDir = path.resolve(__dirname, "../../..");
const here = ["--account", "210987654321", "--subscription", "11111111-1111-1111-1111-111111111111"];

/** What `pulumi stack export` writes, as far as it matters: a reader from before names had the stack in them. */
const state = {
  version: 3,
  deployment: {
    resources: [
      {
        urn: "urn:pulumi:dev::azure-s3-privatelink::pulumi:pulumi:Stack::azure-s3-privatelink-dev",
        type: "pulumi:pulumi:Stack",
        custom: false,
      },
      {
        urn: "urn:pulumi:dev::azure-s3-privatelink::aws:iam/user:User::s3-reader",
        type: "aws:iam/user:User",
        custom: true,
        id: "s3-reader-0a1b2c3",
        inputs: { name: "s3-reader-0a1b2c3" },
        outputs: { arn: "arn:aws:iam::210987654321:user/s3-reader-0a1b2c3", name: "s3-reader-0a1b2c3" },
      },
    ],
  },
};

describe("npm run permissions", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "permissions-"))));
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  async function run(...args: readonly string[]) {
    const said = { out: "", err: "" };
    const code = await permissions(args, {
      projectDir,
      out: (text) => void (said.out += text),
      err: (text) => void (said.err += text),
    });
    return { code, ...said };
  }
  const read = (file: string) => readFileSync(path.join(folder, "roles", file), "utf8");
  const toFolder = () => ["--out", path.join(folder, "roles")];

  it("writes the roles of a stack to the folder that --out names, and says which files", async () => {
    const { code, out, err } = await run("--stack", "dev", ...here, ...toFolder());
    expect({ code, err }).to.deep.equal({ code: 0, err: "" });
    const files = readdirSync(path.join(folder, "roles"));
    expect(out.trim().split("\n").sort()).to.deep.equal(
      files.map((file) => path.join(folder, "roles", file)).sort(),
    );
    expect(files).to.have.lengthOf(5);
    expect(read("deployer.aws.json")).to.include(":210987654321:").and.not.to.include("0a1b2c3");
    expect(read("deployer.azure.json")).to.include(
      "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/azure-s3-privatelink-dev",
    );
  });

  it("adds the names of what is deployed, from the file that --state names", async () => {
    const file = path.join(folder, "state.json");
    writeFileSync(file, JSON.stringify(state));
    const { code } = await run("--stack", "dev", ...here, ...toFolder(), "--state", file);
    expect(code).to.equal(0);
    const policy = read("deployer.aws.json");
    expect(policy).to.include("user/s3-reader-0a1b2c3").and.to.include("user/s3-reader-dev-???????");
  });

  it("reads that file as Windows writes it", async () => {
    const file = path.join(folder, "state.json");
    writeFileSync(file, Buffer.from(`\uFEFF${JSON.stringify(state)}`, "utf16le"));
    expect((await run("--stack", "dev", ...here, ...toFolder(), "--state", file)).code).to.equal(0);
    expect(read("deployer.aws.json")).to.include("user/s3-reader-0a1b2c3");
  });

  it("reads the settings of a stack elsewhere, and its surroundings beside them", async () => {
    const file = path.join(projectDir, "examples/join/Pulumi.hub.yaml");
    const { code, err } = await run("--stack", "hub", "--config-file", file, ...here, ...toFolder());
    expect({ code, err }).to.deep.equal({ code: 0, err: "" });
    expect(readdirSync(path.join(folder, "roles"))).to.include.members([
      "joining.azure.json",
      "snapshot.azure.json",
    ]);
  });

  for (const { what, content } of [
    { what: "is not there", content: undefined },
    { what: "is no JSON", content: "Error: no stack selected" },
    { what: "is nothing", content: "null" },
    { what: "is of a stack that is not deployed", content: '{"version":3,"deployment":{}}' },
  ])
    it(`ends with 2 and one line for a --state that ${what}`, async () => {
      const file = path.join(folder, "state.json");
      if (content !== undefined) writeFileSync(file, content);
      const { code, err } = await run("--stack", "dev", ...here, ...toFolder(), "--state", file);
      expect({ code, err }).to.deep.equal({
        code: 2,
        err: `--state ${file} is no export of a stack with resources; pulumi stack export --file ${file} writes one, and a stack that is not deployed needs none\n`,
      });
    });

  for (const { that, args, says } of [
    { that: "no stack", args: here, says: /required option '--stack/ },
    { that: "a stack that is not there", args: ["--stack", "absent", ...here], says: /Pulumi\.absent\.yaml/ },
  ])
    it(`ends with 2 and writes nothing for ${that}`, async () => {
      const { code, err } = await run(...args, ...toFolder());
      expect(code).to.equal(2);
      expect(err).to.match(says);
      expect(readdirSync(folder)).to.deep.equal([]);
    });
});
