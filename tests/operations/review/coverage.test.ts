import { expect } from "chai";
import path from "node:path";
import { isInStateAlone, rulesOf } from "../../../operations/review/rules";
import { everySwitch } from "../../settings/everySwitch";
import { record } from "../../../rehearsal/run/record";

const projectDir = path.resolve(__dirname, "../../..");
const dualTunnel = {
  "azure-s3-privatelink:vpnTopology": "dual-tunnel",
  "azure-s3-privatelink:gatewaySku": "VpnGw1AZ",
  "azure-s3-privatelink:gatewaySubnetCidr": "10.0.1.224/27",
};

const locked = {
  "azure-s3-privatelink:buckets": '[{"name":"archive","access":"readWrite","lockDays":30}]',
  "azure-s3-privatelink:sampleObject": "false",
};

describe("the rules of the review", () => {
  for (const { name, stack, config } of [
    { name: "dev", stack: "dev", config: {} },
    { name: "prod", stack: "prod", config: {} },
    { name: "dual-tunnel", stack: "dev", config: dualTunnel },
    { name: "dev with a lock", stack: "dev", config: locked },
    { name: "dev with everything optional", stack: "dev", config: everySwitch },
  ])
    it(`speak of every type and property that ${name} registers`, async function () {
      this.timeout(60_000);
      const { resources, errors } = await record({ projectDir, stack, config });
      expect(errors).to.deep.equal([]);
      const missing = resources
        .filter(({ type }) => !isInStateAlone(type))
        .flatMap(({ urn, type, inputs }) => {
          const rules = rulesOf(type, urn);
          if (rules === undefined) return [type];
          return Object.keys(inputs)
            .filter((property) => !Object.hasOwn(rules.properties, property))
            .map((property) => `${property} of ${type}`);
        });
      expect(resources.length).to.be.greaterThan(30);
      expect([...new Set(missing)]).to.deep.equal([]);
    });

  it("do not speak of what the program does not register", () => {
    expect(rulesOf("aws:lambda/function:Function")).to.equal(undefined);
    expect(rulesOf("constructor")).to.equal(undefined);
  });
});
