import { expect } from "chai";
import { createRequire } from "node:module";
import path from "node:path";
import { contractVersion } from "../../outputs";
import { EngineStack } from "./support/engineStack";
import { root, type Program } from "./support/inlineProgram";

const load = createRequire(__filename);
const folder = path.join(root, "examples/consumer");

const consumer: Program = () => {
  for (const file of Object.keys(load.cache))
    if (file.startsWith(folder)) Reflect.deleteProperty(load.cache, file);
  return Promise.resolve(load(path.join(folder, "index.ts")) as Record<string, unknown>);
};

/** A stack under this project's name whose outputs are not those of today's contract. */
const exporting =
  (outputs: Record<string, unknown>): Program =>
  () =>
    Promise.resolve(outputs);

describe("another team's program", function () {
  this.timeout(120_000);
  let link: EngineStack;
  let team: EngineStack;
  before(async () => {
    link = await EngineStack.create({ stack: "dev" });
    const run = await link.up();
    expect(run.code, run.output).to.equal(0);
    team = await EngineStack.create({ stack: "dev", projectFolder: folder, program: consumer, beside: link });
  });
  after(() => {
    team.close();
    link.close();
  });

  it("joins its subnet to the link", async () => {
    const run = await team.up();
    expect(run.code, run.output).to.equal(0);
    const [subnet] = link.clouds
      .all("azure-native:network:Subnet")
      .filter(({ name }) => name === "team-subnet");
    const [network] = link.clouds.all("azure-native:network:VirtualNetwork");
    expect(subnet?.id).to.satisfy((id: string) => id.startsWith(`${network?.id ?? ""}/subnets/team-subnet`));
    const [rule] = link.clouds
      .all("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
      .filter(({ name }) => name === "team-https");
    const [group] = link.clouds.all("aws:ec2/securityGroup:SecurityGroup");
    expect(rule?.inputs.securityGroupId).to.equal(group?.id);
  });

  it("reads what is no secret, and keeps the secret one", async () => {
    const { output } = await team.pulumi(["stack", "output", "--json"]);
    const outputs = JSON.parse(output) as { environment: Record<string, string>; secretAccessKey: string };
    expect(outputs.secretAccessKey).to.equal("[secret]");
    expect(outputs.environment.AWS_REGION).to.equal("ap-northeast-1");
    expect(outputs.environment.AWS_ENDPOINT_URL_S3).to.match(
      /^https:\/\/bucket\.vpce-.*\.s3\.ap-northeast-1\.vpce\./,
    );
    const secret = link.clouds.all("aws:iam/accessKey:AccessKey")[0]?.outputs.secret;
    expect(secret).to.be.a("string");
    expect(team.save().state).not.to.include(secret);
  });

  it("has nothing to do the second time", async () => {
    expect((await team.up()).steps.filter(({ op }) => op !== "read")).to.deep.equal([]);
  });

  for (const [says, outputs, error] of [
    [
      "without a contract",
      { something: "else" },
      /exports no contractVersion, but this program reads contract 1/,
    ],
    [
      "of an older contract",
      { contractVersion: contractVersion - 1 },
      /exports contract 0, but this program reads contract 1 .*newer azure-s3-privatelink/,
    ],
    [
      "of a newer contract",
      { contractVersion: contractVersion + 1 },
      /exports contract 2, but .*newer outputs\.ts/,
    ],
    [
      "whose outputs break the contract",
      { contractVersion, awsRegion: 5 },
      /exports (awsRegion|[A-Za-z]+) outside its contract: .*have that stack deployed again/,
    ],
  ] as const) {
    it(`is told of a stack ${says} in one sentence`, async () => {
      const other = await EngineStack.create({
        stack: "prod",
        program: exporting({ ...outputs }),
        beside: link,
      });
      await other.up();
      team.set({ "azure-s3-privatelink-consumer:linkStack": "organization/azure-s3-privatelink/prod" });
      // Through the CLI, as a user sees it: an error in an output ends the program's process.
      const run = await team.pulumi(["preview"]);
      team.reset();
      await other.pulumi(["stack", "rm", "prod", "--yes", "--force"]);
      other.close();
      expect(run.code).not.to.equal(0);
      expect(run.output).to.match(error);
      expect(run.output).not.to.match(/^\s+at .*[:(]\d+/m);
    });
  }

  it("is told of a stack that does not exist", async () => {
    team.set({ "azure-s3-privatelink-consumer:linkStack": "organization/azure-s3-privatelink/nowhere" });
    const run = await team.preview();
    team.reset();
    expect(run.code).not.to.equal(0);
    expect(run.output).to.match(/nowhere/);
  });
});
