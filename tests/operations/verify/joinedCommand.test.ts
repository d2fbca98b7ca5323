import * as ec2 from "@aws-sdk/client-ec2";
import { expect } from "chai";
import path from "node:path";
import { snapshot } from "../../../operations/snapshot/command";
import { verify } from "../../../operations/verify/command";
import { hasPython } from "../../suites/machine";
import { Clouds } from "../support/clouds";
import type { DeployedStack } from "../support/deployedStack";
import { OutputsFile } from "../support/outputsFile";
import { JoiningProject } from "../support/surroundings";

describe("npm run verify of a stack in a VPC of others", function () {
  this.timeout(60_000);
  let clouds: Clouds;
  let stack: DeployedStack;
  let project: JoiningProject;
  const file = new OutputsFile();

  before(async function () {
    this.timeout(300_000);
    if (!hasPython()) this.skip();
    clouds = await Clouds.start();
  });
  after(() => {
    clouds.stop();
    file.remove();
  });
  beforeEach(async () => {
    stack = await clouds.deploy("active-active");
    const { vpcId, subnetIds } = stack.outputs.awsNetwork;
    project = new JoiningProject({ awsVpcId: vpcId, awsSubnetIds: Object.values(subnetIds) });
  });
  afterEach(() => {
    project.remove();
  });

  const settings = () => [
    "--stack",
    "joined",
    "--config-file",
    path.join(project.folder, "Pulumi.joined.yaml"),
  ];

  async function run(command: typeof verify | typeof snapshot, ...args: string[]) {
    let [out, err] = ["", ""];
    const code = await command([...settings(), ...args], {
      out: (text) => (out += text),
      err: (text) => (err += text),
      color: false,
      access: clouds.access(),
      projectDir: project.folder,
      now: () => new Date(),
    });
    return { code, out, err };
  }

  const verified = () => run(verify, "--outputs", file.write(stack.outputs));

  it("says which command writes the snapshot that is missing", async () => {
    const { code, out } = await verified();
    expect(code).to.equal(3);
    expect(out).to.match(/there is no .*snapshots\/joined\.json; npm run snapshot -- --stack joined/);
  });

  it("ends with 0 where everything around is as it was read", async () => {
    expect(await run(snapshot)).to.include({ code: 0, err: "" });
    const { code, out } = await verified();
    expect(code, out).to.equal(0);
    expect(out).to.match(/^holds: .*surroundings/m);
  });

  it("warns where the owner changed what decides about the path, and names it", async () => {
    await run(snapshot);
    const { NetworkAcls = [] } = await stack.clients.ec2.send(
      new ec2.DescribeNetworkAclsCommand({
        Filters: [{ Name: "vpc-id", Values: [stack.outputs.awsNetwork.vpcId] }],
      }),
    );
    await stack.clients.ec2.send(
      new ec2.CreateNetworkAclEntryCommand({
        ...{ NetworkAclId: NetworkAcls[0]?.NetworkAclId, RuleNumber: 50, Egress: false, Protocol: "6" },
        ...{ PortRange: { From: 22, To: 22 }, CidrBlock: "192.168.0.0/24", RuleAction: "allow" },
      }),
    );
    const { out } = await verified();
    expect(out).to.match(/192\.168\.0\.0\/24[^]*\(surroundings-changed\)/);
  });
});
