import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { EngineStack, type Moment, type Run } from "./support/engineStack";
import { planOf } from "./support/plan";
import { own } from "./support/settings";

/** The next key of one tunnel: it makes a secret, replaces a connection and updates another. */
const rotation = own({ presharedKeyGenerations: { tunnel1: 2 } });

describe("a plan that is saved, approved and applied", function () {
  this.timeout(180_000);
  let stack: EngineStack;
  let file: string;
  let shown: Run;
  let planned: Moment;
  before(async () => {
    stack = await EngineStack.create({ stack: "dev" });
    file = path.join(stack.folder, "plan.json");
    const first = await stack.preview("--save-plan", file);
    expect(first.code, first.output).to.equal(0);
    const deployed = await stack.up("--plan", file);
    expect(deployed.code, deployed.output).to.equal(0);

    stack.set(rotation);
    shown = await stack.preview("--save-plan", file);
    expect(shown.code, shown.output).to.equal(0);
    planned = stack.save();
  });
  after(() => {
    stack.close();
  });
  beforeEach(() => {
    stack.reset();
    stack.set(rotation);
    stack.restore(planned);
  });

  const connections = () => stack.clouds.all("azure-native:network:VirtualNetworkGatewayConnection");
  const keys = () => connections().map(({ inputs }) => inputs.sharedKey);

  it("does what was shown, and leaves nothing to do", async () => {
    const before = keys();
    const run = await stack.up("--plan", file);
    expect(run.code, run.output).to.equal(0);
    expect(planOf(run)).to.deep.equal(planOf(shown));
    expect(keys()).not.to.deep.equal(before);
    expect((await stack.preview("--expect-no-changes")).code).to.equal(0);
  });

  it("is made without writing anything into the backend", async () => {
    const files = () =>
      readdirSync(stack.stateFolder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
        .map((place) => [place, readFileSync(place, "latin1")]);
    const before = files();
    expect((await stack.preview("--save-plan", path.join(stack.folder, "again.json"))).code).to.equal(0);
    expect(files()).to.deep.equal(before);
    expect((await stack.up()).code).to.equal(0);
    expect(files()).not.to.deep.equal(before);
  });

  it("holds no secret in the clear", () => {
    const text = readFileSync(file, "utf8");
    expect(text).to.include("ciphertext");
    const secrets = [
      ...keys(),
      ...stack.clouds.all("aws:iam/accessKey:AccessKey").map(({ outputs }) => outputs.secret),
    ];
    expect(secrets).to.have.length.above(1);
    for (const secret of secrets) expect(text.includes(secret as string), "a secret").to.equal(false);
  });

  it("is refused where the program asks for more than was shown", async () => {
    stack.set(own({ vpnTopology: "dual-tunnel" }));
    const before = stack.clouds.snapshot();
    const run = await stack.up("--plan", file);
    expect(run.code).not.to.equal(0);
    expect(run.output).to.include(
      "error: resource urn:pulumi:dev::azure-s3-privatelink::azure-s3-privatelink:vpn:CrossCloudVpn::vpn violates plan",
    );
    expect(stack.clouds.snapshot()).to.deep.equal(before);
  });

  it("is refused where another update came between", async () => {
    expect((await stack.up()).code).to.equal(0);
    const between = keys();
    const run = await stack.up("--plan", file);
    expect(run.code).not.to.equal(0);
    expect(keys()).to.deep.equal(between);
  });
});
