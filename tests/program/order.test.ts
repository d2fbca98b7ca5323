import { expect } from "chai";
import { createHash } from "node:crypto";
import type { Recording } from "../../rehearsal/model/recording";
import { ancestors, named, ofType, recordingOf, runs } from "./recordings";

const azureGateway = "vpn-azure-gateway";
const isWatching = (name: string) => /^(alarms|audit)-/.test(name);

describe("the order of the program", () => {
  for (const run of Object.values(runs))
    describe(`on ${run.title}`, () => {
      let recording: Recording;
      before(async () => {
        recording = await recordingOf(run);
      });

      it("lets nothing in AWS wait for the Azure gateway", () => {
        const aws = recording.resources.filter((resource) => resource.type.startsWith("aws:"));
        expect(aws).to.have.length.above(15);
        const waiting = aws.filter((resource) => ancestors(recording, resource.name).has(azureGateway));
        expect(waiting.map((resource) => resource.name)).to.deep.equal([]);
      });

      it("lets nothing of the link wait for what watches it", () => {
        const link = recording.resources.filter((resource) => resource.custom && !isWatching(resource.name));
        expect(link).to.have.length.above(30);
        const waiting = link.filter(({ name }) => [...ancestors(recording, name)].some(isWatching));
        expect(waiting.map((resource) => resource.name)).to.deep.equal([]);
      });

      it("lets AWS's connections wait for Azure's address", () => {
        const connections = ofType(recording, "aws:ec2/vpnConnection:VpnConnection");
        expect(connections).to.have.length.above(0);
        for (const connection of connections) {
          const waits = [...ancestors(recording, connection.name)];
          expect(waits.filter((name) => name.startsWith("vpn-azure-ip"))).to.have.length(1);
        }
      });

      it("makes Azure's connections one after another, behind the gateway", () => {
        const connections = ofType(recording, "azure-native:network:VirtualNetworkGatewayConnection");
        expect(connections).to.have.length.above(0);
        connections.forEach((connection, index) => {
          const waits = ancestors(recording, connection.name);
          expect(waits).to.include(azureGateway);
          const earlier = connections.slice(0, index).map((other) => other.name);
          expect([...waits].filter((name) => name.endsWith("-azure-connection"))).to.have.members(earlier);
        });
      });

      for (const { name, after, because } of [
        { name: "azure-gateway-subnet", after: "azure-client-subnet", because: "two subnets race" },
        {
          name: "vpn-aws-propagation",
          after: "vpn-aws-attachment",
          because: "a detached gateway propagates nothing",
        },
      ])
        it(`makes ${name} after ${after}: ${because}`, () => {
          expect(ancestors(recording, name)).to.include(after);
        });

      for (const { guard, after, because } of [
        { guard: "ownership", after: "public-access", because: "S3 aborts concurrent changes" },
        { guard: "versioning", after: "ownership", because: "S3 aborts concurrent changes" },
        { guard: "encryption", after: "versioning", because: "S3 aborts concurrent changes" },
        { guard: "policy", after: "encryption", because: "S3 aborts concurrent changes" },
      ])
        it(`gives each bucket its ${guard} after its ${after}: ${because}`, () => {
          const buckets = ofType(recording, "aws:s3/bucket:Bucket");
          expect(buckets).to.have.length.above(0);
          for (const { name } of buckets)
            expect(ancestors(recording, `${name}-${guard}`)).to.include(`${name}-${after}`);
        });

      it("writes no policy before the reader that it names is there", () => {
        const policies = ofType(recording, "aws:s3/bucketPolicy:BucketPolicy");
        expect(policies).to.have.length.above(0);
        for (const { name } of policies.filter((policy) => policy.name.startsWith("s3-")))
          expect(ancestors(recording, name)).to.include("s3-reader");
      });
    });

  describe(`with ${runs.logged.title}`, () => {
    let recording: Recording;
    before(async () => {
      recording = await recordingOf(runs.logged);
    });

    for (const { name, after, because } of [
      { name: "logs-bucket-lifecycle", after: "logs-bucket-policy", because: "S3 aborts concurrent changes" },
      { name: "s3-data-logging", after: "s3-data-policy", because: "S3 aborts concurrent changes" },
      {
        name: "s3-data-logging",
        after: "logs-bucket-policy",
        because: "nothing is delivered before it may be",
      },
      { name: "logs-flow", after: "logs-bucket-policy", because: "AWS would write a policy of its own" },
    ])
      it(`makes ${name} after ${after}: ${because}`, () => {
        expect(ancestors(recording, name)).to.include(after);
      });

    it("lets no log wait for the VPN, and nothing of the VPN for a log", () => {
      const names = recording.resources.filter(({ custom }) => custom).map(({ name }) => name);
      const isLog = (name: string) => name.startsWith("logs-") || name.endsWith("-logging");
      const isVpn = (name: string) => name.startsWith("vpn-");
      const crossed = names.flatMap((name) =>
        [...ancestors(recording, name)]
          .filter((other) => (isLog(name) && isVpn(other)) || (isVpn(name) && isLog(other)))
          .map((other) => `${name} waits for ${other}`),
      );
      expect(crossed).to.deep.equal([]);
    });
  });

  it("deletes before it makes again what cannot stand twice", async () => {
    const recording = await recordingOf(runs.prod);
    const first = recording.resources
      .filter((resource) => resource.options.deleteBeforeReplace)
      .map((resource) => resource.type);
    expect([...new Set(first)].sort()).to.deep.equal([
      "aws:cloudwatch/logGroup:LogGroup",
      "aws:ec2/routeTableAssociation:RouteTableAssociation",
      "aws:ec2/subnet:Subnet",
      "aws:ec2/vpc:Vpc",
      "aws:ec2/vpnConnection:VpnConnection",
      "aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment",
      "azure-native:monitor:DiagnosticSetting",
      "azure-native:monitor:MetricAlert",
      "azure-native:network:Subnet",
      "azure-native:network:VirtualNetworkGateway",
      "azure-native:network:VirtualNetworkGatewayConnection",
    ]);
  });

  it("replaces what Azure would silently leave as it was", async () => {
    const recording = await recordingOf(runs.prod);
    const replaceOnChanges = (name: string) => [...named(recording, name).options.replaceOnChanges].sort();
    const { options } = named(recording, "vpn-tunnel1-azure-connection");
    expect(options.replaceOnChanges).to.deep.equal(["connectionProtocol", "virtualNetworkGateway1"]);
    expect(options.replaceWith).to.deep.equal([named(recording, "vpn-tunnel1-key").urn]);
    const key = named(recording, "vpn-tunnel1-key").outputs["result"] as string;
    expect(options.replacementTrigger).to.equal(createHash("sha256").update(key).digest("hex"));
    expect(replaceOnChanges("vpn-azure-ip1")).to.deep.equal(["zones"]);
    expect(replaceOnChanges(azureGateway)).to.deep.equal([
      "ipConfigurations[*].publicIPAddress.id",
      "vpnGatewayGeneration",
    ]);
  });

  it("waits for the slow clouds as long as they take", async () => {
    const recording = await recordingOf(runs.prod);
    const create = (name: string) => named(recording, name).options.customTimeouts.create;
    expect(create(azureGateway)).to.match(/^(90m|1h30m)/);
    expect(create("vpn-tunnel1-azure-connection")).to.match(/^(60m|1h)/);
    expect(create("vpn-aws-connection1")).to.match(/^40m/);
  });
});
