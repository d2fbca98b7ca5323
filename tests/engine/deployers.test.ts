import { expect } from "chai";
import { copyFileSync } from "node:fs";
import path from "node:path";
import { deployedOnce } from "./support/deployed";
import { EngineStack, type Run } from "./support/engineStack";
import { own } from "./support/settings";

const account = "arn:aws:iam::123456789012";
const pipeline = `${account}:role/azure-s3-privatelink-deployer`;
const reviewer = `${account}:role/reviewers/preview`;
const laptop = `${account}:user/laptop`;
const released = path.join(__dirname, "fixtures/released/0.1.0");

/** As `update s3-data-policy`. */
const changesOf = ({ steps }: Run) => steps.map(({ op, name }) => `${op} ${name}`);

describe("who runs Pulumi", function () {
  this.timeout(120_000);
  const deployed = deployedOnce({ stack: "prod" });
  beforeEach(() => {
    deployed.stack.signInAs(pipeline);
  });

  for (const { who, principal } of [
    { who: "the pipeline", principal: pipeline },
    { who: "a reviewer's role", principal: reviewer },
    { who: "a laptop's user", principal: laptop },
    { who: "the emergency role", principal: `${account}:role/break-glass` },
    { who: "the account's root", principal: `${account}:root` },
  ]) {
    it(`shows no change in a preview of an unchanged prod by ${who}`, async () => {
      const { stack } = deployed;
      stack.signInAs(principal);
      const run = await stack.preview();
      expect(run.code, run.output).to.equal(0);
      expect(changesOf(run)).to.deep.equal([]);
    });
  }

  it("tells a reviewer that an update would stop, with what to add, and the role by its whole path", async () => {
    const { stack } = deployed;
    stack.signInAs(reviewer);
    const { output } = await stack.preview();
    expect(output).to.include("A preview only: an update would stop here.");
    expect(output).to.include(`pulumi config set --path 'deployers[1]' ${reviewer}`);
  });

  it("tells the pipeline nothing", async () => {
    const { stack } = deployed;
    expect((await stack.preview()).output).not.to.match(/deployers/);
  });

  it("previews for a reviewer who may not read roles, who is told the role without its path", async () => {
    const { stack } = deployed;
    stack.signInAs(reviewer);
    stack.simulation.faults.inject({
      operation: "invoke",
      hits: ({ type }) => type === "aws:iam/getSessionContext:getSessionContext",
      going: "instead",
      error: "AccessDenied: iam:GetRole",
    });
    const run = await stack.preview();
    expect(run.code, run.output).to.equal(0);
    expect(changesOf(run)).to.deep.equal([]);
    expect(run.output).to.include(`${account}:role/preview (with the role's path, if it has one)`);
  });

  it("stops an update by anybody else before the first resource", async () => {
    const { stack } = deployed;
    stack.signInAs(laptop);
    stack.set(own({ tags: { environment: "production", owner: "laptop" } }));
    stack.simulation.journal.clear();
    const run = await stack.up();
    expect(run.code).not.to.equal(0);
    expect(run.output).to.include(`Nothing was touched: ${laptop} is not among deployers`);
    expect(run.output).to.include(`pulumi config set --path 'deployers[1]' ${laptop}`);
    expect(run.output).not.to.match(/^\s+at .*[:(]\d+/m);
    expect(stack.simulation.journal.changes).to.deep.equal([]);
  });

  it("lets the emergency role update, and leaves every exemption as it is", async () => {
    const { stack } = deployed;
    stack.signInAs(`${account}:role/break-glass`);
    const run = await stack.up();
    expect(run.code, run.output).to.equal(0);
    expect(changesOf(run)).to.deep.equal([]);
  });

  it("stops an update by a role that the settings name without its path, with the ARN to write", async () => {
    const { stack } = deployed;
    stack.signInAs(reviewer);
    stack.set(own({ deployers: [pipeline, `${account}:role/preview`] }));
    const run = await stack.up();
    expect(run.code).not.to.equal(0);
    expect(run.output).to.include(`AWS knows this role by its path, as ${reviewer}; write that instead`);
  });

  it("control: without deployers a preview by another role changes every bucket's policy, and says why", async () => {
    const { stack } = deployed;
    stack.set(own({ deployers: undefined }));
    const same = await stack.preview();
    expect(changesOf(same).filter((change) => change.includes("policy"))).to.deep.equal([]);
    stack.signInAs(reviewer);
    const run = await stack.preview();
    expect(changesOf(run)).to.include.members(["update s3-reports-policy", "update s3-uploads-policy"]);
    expect(run.output).to.include(`pulumi config set --path 'deployers[0]' ${reviewer}`);
  });
});

describe("a region without availability zones", function () {
  this.timeout(120_000);
  let stack: EngineStack;
  before(async () => {
    stack = await EngineStack.create({ stack: "prod", settings: { "azure-native:location": "ukwest" } });
  });
  after(() => {
    stack.close();
  });

  it("gets zoned SKUs on addresses without zones, and is told what is missing", async () => {
    const run = await stack.up();
    expect(run.code, run.output).to.equal(0);
    expect(run.output).to.include("ukwest, a region without availability zones");
    const addresses = stack.clouds.all("azure-native:network:PublicIPAddress");
    expect(addresses.map(({ inputs }) => inputs["zones"])).to.deep.equal([undefined, undefined]);
    expect((await stack.preview()).steps).to.deep.equal([]);
  });
});

describe("availability zones that the account lacks", function () {
  this.timeout(120_000);
  let stack: EngineStack;
  before(async () => {
    stack = await EngineStack.create({ stack: "prod" });
  });
  after(() => {
    stack.close();
  });

  it("stop a preview, with those that it has", async () => {
    stack.simulation.clouds = stack.clouds.seenFrom({ awsZones: ["ap-northeast-1a", "ap-northeast-1d"] });
    const run = await stack.preview();
    expect(run.code).not.to.equal(0);
    expect(run.output).to.include("awsZones names ap-northeast-1c, but this AWS account has no such zone");
    expect(run.output).to.include("use some of ap-northeast-1a, ap-northeast-1d");
  });

  it("stop nothing where the account cannot be asked", async () => {
    stack.simulation.faults.inject({
      operation: "invoke",
      hits: ({ type }) => type === "aws:index/getAvailabilityZones:getAvailabilityZones",
      going: "instead",
      error: "UnauthorizedOperation",
    });
    const run = await stack.preview();
    expect(run.code, run.output).to.equal(0);
    expect(run.output).to.include("the account's zones could not be read");
  });
});

describe("a released stack that names no deployers", function () {
  this.timeout(120_000);
  let stack: EngineStack;
  before(async () => {
    stack = await EngineStack.create({ stack: "prod" });
    copyFileSync(path.join(released, "Pulumi.prod.yaml"), path.join(stack.projectFolder, "Pulumi.prod.yaml"));
    const imported = await stack.pulumi(["stack", "import", "--file", path.join(released, "prod.state")]);
    expect(imported.code, imported.output).to.equal(0);
  });
  after(() => {
    stack.close();
  });

  // The perimeter has become narrower since: the policies are updated in place, whoever runs Pulumi.
  const updates = ["update s3-reports-policy", "update s3-uploads-policy"];
  const ofS3 = (run: Run) =>
    changesOf(run)
      .filter((change) => /^\w+ s3-/.test(change))
      .sort();

  it("has nothing but its policies updated by the one who deployed it, and is told to name the deployers", async () => {
    stack.signInAs(`${account}:user/deployer`);
    const run = await stack.preview();
    expect(run.code, run.output).to.equal(0);
    expect(ofS3(run)).to.deep.equal(updates);
    expect(run.output).to.include(`pulumi config set --path 'deployers[0]' ${account}:user/deployer`);
  });

  it("has no more updated once it names that one", async () => {
    stack.signInAs(laptop);
    stack.set(own({ deployers: [`${account}:user/deployer`] }));
    expect(ofS3(await stack.preview())).to.deep.equal(updates);
  });
});
