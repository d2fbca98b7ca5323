import { expect } from "chai";
import { awsTypes } from "../../../rehearsal/model/resourceTypes";
import { EngineStack } from "../support/engineStack";
import { own } from "../support/settings";

const region = { "aws:region": "ap-southeast-1" };
const place = own({ awsZones: ["ap-southeast-1a", "ap-southeast-1b"] });

describe("the runbook of a region that is down", function () {
  this.timeout(180_000);
  let stack: EngineStack;
  before(async () => {
    stack = await EngineStack.create({ stack: "prod", settings: { ...region, ...place } });
  });
  after(() => {
    stack.close();
  });

  it("control: stops where the zones are still those of the old region", async () => {
    stack.set(own({ awsZones: ["ap-northeast-1a", "ap-northeast-1c"] }));
    const run = await stack.preview();
    expect(run.code).not.to.equal(0);
    expect(run.output).to.match(/awsZones.*ap-northeast-1a/);
    stack.reset();
  });

  it("makes the whole link in another, with empty buckets of other names", async () => {
    const run = await stack.up();
    expect(run.code, run.output).to.equal(0);
    const [endpoint] = stack.clouds.all(awsTypes.vpcEndpoint);
    expect(endpoint?.inputs["serviceName"]).to.equal("com.amazonaws.ap-southeast-1.s3");
    const places = stack.clouds.all(awsTypes.bucket).map(({ name, outputs }) => [name, outputs["region"]]);
    expect(Object.fromEntries(places)).to.deep.equal({
      "s3-reports": "ap-southeast-1",
      "s3-uploads": "ap-southeast-1",
      "logs-bucket": "ap-southeast-1",
    });
    expect((await stack.preview("--expect-no-changes")).code).to.equal(0);
  });
});
