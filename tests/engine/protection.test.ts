import { expect } from "chai";
import { awsTypes, azureTypes } from "../../rehearsal/model/resourceTypes";
import { disagreements } from "./support/agreement";
import { empty, fill, openBuckets } from "./support/contents";
import { deployedOnce } from "./support/deployed";
import { plan, planOf } from "./support/plan";
import { own } from "./support/settings";

const protectedNames = [
  "s3-reports",
  "s3-uploads",
  "vpn-aws-connection1",
  "vpn-aws-connection2",
  "vpn-azure-ip1",
  "vpn-azure-ip2",
];
/** As people give the command; other tests skip it. */
const withPreview = "--skip-preview=false";
const logTypes = [awsTypes.logGroup, azureTypes.workspace];

describe("a stack with protection", function () {
  this.timeout(300_000);
  const deployed = deployedOnce({ stack: "prod", settings: own({ protection: true }) });

  const idsOf = (...types: readonly string[]): readonly string[] =>
    types.flatMap((type) => deployed.stack.clouds.all(type).map(({ id }) => id));

  it("protects buckets, the gateway's addresses and AWS's connections, and nothing else", () => {
    const { stack } = deployed;
    const names = stack.state.resources
      .filter(({ protect }) => protect === true)
      .map(({ urn }) => urn.split("::").at(-1));
    expect(names.sort()).to.deep.equal(protectedNames);
  });

  for (const { says, settings } of [
    { says: "a bucket dropped from the list", settings: { buckets: [{ name: "reports", access: "read" }] } },
    {
      says: "a change that replaces addresses and connections",
      settings: { vpnTopology: "single-tunnel", gatewaySubnetCidr: "10.1.3.224/27" },
    },
  ])
    it(`refuses ${says} before anything is touched`, async () => {
      const { stack } = deployed;
      stack.set(own(settings));
      const run = await stack.up(withPreview);
      expect(run.code).not.to.equal(0);
      expect(run.output).to.match(/protected|protection/);
      expect(stack.save().clouds).to.deep.equal(deployed.moment.clouds);
    });

  for (const { says, settings, replaced, deleted } of [
    {
      says: "a bucket with another name",
      settings: {
        buckets: [
          { name: "reports", access: "read" },
          { name: "uploads", access: "readWrite", bucketName: "another-name-for-uploads" },
        ],
      },
      replaced: "s3-uploads",
    },
    {
      says: "a topology with fewer addresses and connections",
      settings: { vpnTopology: "dual-tunnel" },
      replaced: "vpn-aws-connection1",
      // The engine stops at the first of the two.
      deleted: "(?:vpn-aws-connection2|vpn-azure-ip2)",
    },
  ])
    it(`shows in a preview that it refuses ${says}, what is protected, and how to lift that`, async () => {
      const { stack } = deployed;
      stack.set(own(settings));
      const run = await stack.preview();
      expect(run.code).not.to.equal(0);
      const text = run.output.replace(/\s+/g, " ");
      expect(text).to.match(
        new RegExp(
          `unable to replace resource "\\S+::${replaced}" as it is currently marked for protection. ` +
            "To unprotect the resource, remove the `protect` flag from the resource in your Pulumi program",
        ),
      );
      if (deleted !== undefined)
        expect(text).to.match(
          new RegExp(
            `resource "\\S+::${deleted}" cannot be deleted because it is protected. .*` +
              `pulumi state unprotect '\\S+::${deleted}'`,
          ),
        );
      expect(stack.save()).to.deep.equal(deployed.moment);
    });

  it("control: previews the same change where nothing is protected", async () => {
    const { stack } = deployed;
    stack.set(own({ protection: undefined }));
    expect((await stack.up()).code).to.equal(0);
    const before = stack.save();
    stack.set(own({ protection: undefined, vpnTopology: "dual-tunnel" }));
    const run = await stack.preview();
    expect(run.code, run.output).to.equal(0);
    expect(run.output).not.to.match(/protect/i);
    expect(stack.save().clouds).to.deep.equal(before.clouds);
  });

  it("refuses a destroy before anything is touched", async () => {
    const { stack } = deployed;
    const run = await stack.destroy(withPreview);
    expect(run.code).not.to.equal(0);
    expect(run.output).to.match(/protected/);
    expect(stack.save().clouds).to.deep.equal(deployed.moment.clouds);
  });

  it("keeps what is protected, and the buckets' guards, in a destroy that skips its preview", async () => {
    const { stack } = deployed;
    for (const name of ["s3-reports", "s3-uploads"]) fill(stack, name);
    const run = await stack.destroy();
    expect(run.code).not.to.equal(0);
    const names = stack.clouds.resources().map(({ name }) => name);
    expect(names).to.include.members(protectedNames);
    expect(openBuckets(stack)).to.deep.equal([]);
    empty(stack);
    const again = await stack.up();
    expect(again.code, again.output).to.equal(0);
    expect(disagreements(stack).filter((one) => !one.startsWith("orphan"))).to.deep.equal([]);
  });

  it("rotates a key all the same", async () => {
    const { stack } = deployed;
    stack.set(own({ presharedKeyGenerations: { tunnel1: 2 } }));
    const run = await stack.up();
    expect(run.code, run.output).to.equal(0);
    expect(planOf(run)).to.deep.equal(
      plan({ update: "vpn-aws-connection1", replace: "vpn-tunnel1-key vpn-tunnel1-azure-connection" }),
    );
  });

  it("keeps the logs when they are switched off, and makes others beside them when they are switched on again", async () => {
    const { stack } = deployed;
    fill(stack, "logs-bucket");
    const [logBucket] = stack.clouds.all(awsTypes.bucket).filter(({ name }) => name === "logs-bucket");
    const kept = [...idsOf(...logTypes), logBucket?.id];
    stack.set(
      own({
        tunnelLogs: false,
        alarms: false,
        alarmEmails: undefined,
        flowLogs: undefined,
        accessLogs: undefined,
        auditTrail: undefined,
      }),
    );
    const off = await stack.up();
    expect(off.code, off.output).to.equal(0);
    expect([...idsOf(...logTypes), ...idsOf(awsTypes.bucket)]).to.include.members(kept);
    expect(openBuckets(stack)).to.deep.equal([]);
    expect(stack.clouds.find(awsTypes.bucketLifecycleConfiguration, logBucket?.id ?? "")).not.to.equal(
      undefined,
    );
    expect(stack.state.resources.filter(({ id }) => kept.includes(id))).to.deep.equal([]);

    stack.reset();
    const on = await stack.up();
    expect(on.code, on.output).to.equal(0);
    expect(idsOf(...logTypes))
      .to.have.lengthOf(4)
      .and.include.members(kept.slice(0, 2));
    expect(disagreements(stack).filter((one) => !one.startsWith("orphan"))).to.deep.equal([]);
  });

  it("unprotected, is destroyed but for the logs and the resource group that holds them", async () => {
    const { stack } = deployed;
    fill(stack, "logs-bucket");
    const unprotect = await stack.pulumi(["state", "unprotect", "--all", "--yes"]);
    expect(unprotect.code, unprotect.output).to.equal(0);
    const run = await stack.destroy();
    expect(run.code, run.output).to.equal(0);
    expect(stack.state.resources).to.deep.equal([]);
    const left = stack.clouds.resources().map(({ name }) => name);
    expect(left.filter((name) => !name.startsWith("logs-bucket-")).sort()).to.deep.equal([
      "alarms-azure-workspace",
      "an object that no state knows",
      "azure-group",
      "logs-bucket",
      "vpn-aws-logs",
    ]);
    expect(openBuckets(stack)).to.deep.equal([]);

    const again = await stack.up();
    expect(again.code, again.output).to.equal(0);
  });

  it("with the setting off, is destroyed with its logs", async () => {
    const { stack } = deployed;
    stack.set(own({ protection: undefined }));
    const up = await stack.up();
    expect(up.code, up.output).to.equal(0);
    expect(planOf(up)).to.deep.equal(plan({}));
    const run = await stack.destroy();
    expect(run.code, run.output).to.equal(0);
    expect(stack.clouds.resources()).to.deep.equal([]);
  });

  it("control: without it the switches delete the logs, and a destroy all", async () => {
    const { stack } = deployed;
    stack.set(own({ protection: undefined }));
    expect((await stack.up()).code).to.equal(0);
    stack.set(own({ tunnelLogs: false, alarms: false, alarmEmails: undefined }));
    expect((await stack.up()).code).to.equal(0);
    expect(idsOf(...logTypes)).to.deep.equal([]);
    empty(stack);
  });
});
