import { AssertionError, expect } from "chai";
import { outputsSchema, secretOutputs } from "../../outputs";
import type { Props, Recording, Value } from "../../rehearsal/model/recording";
import { awsTypes } from "../../rehearsal/model/resourceTypes";
import { withUnknownField } from "../operations/support/unknownFields";
import { typedResource } from "../rehearsal/clouds/sdkTypings";
import { allRuns, named, ofType, recordingOf, runs } from "./recordings";

const devResources = [
  "aws-network",
  "aws-routes",
  "aws-routes-any",
  "aws-subnet-any",
  "azure-client-security-group",
  "azure-client-subnet",
  "azure-gateway-subnet",
  "azure-group",
  "azure-network",
  "s3-data",
  "s3-data-encryption",
  "s3-data-ownership",
  "s3-data-policy",
  "s3-data-public-access",
  "s3-data-sample",
  "s3-data-versioning",
  "s3-endpoint",
  "s3-endpoint-security-group",
  "s3-https-from-aws",
  "s3-https-from-azure",
  "s3-reader",
  "s3-reader-key",
  "vpn-aws-attachment",
  "vpn-aws-connection1",
  "vpn-aws-connection1-route",
  "vpn-aws-customer1",
  "vpn-aws-gateway",
  "vpn-aws-logs",
  "vpn-aws-propagation",
  "vpn-azure-gateway",
  "vpn-azure-ip1",
  "vpn-tunnel1-azure-connection",
  "vpn-tunnel1-azure-site",
  "vpn-tunnel1-key",
  "vpn-tunnel2-key",
];

describe("the program", () => {
  for (const run of allRuns)
    for (const preview of [false, true])
      describe(`on ${run.title}, ${preview ? "preview" : "up"}`, () => {
        let recording: Recording;
        before(async () => {
          recording = await recordingOf(run, { preview });
        });

        it("ends without an error, and no cloud refuses anything", () => {
          expect(recording.errors).to.deep.equal([]);
          expect(recording.refusals).to.deep.equal([]);
          expect(recording.resources.filter((resource) => resource.custom)).to.have.length.above(30);
        });

        it("gives every resource a URN of its own", () => {
          const urns = recording.resources.map((resource) => resource.urn);
          expect(new Set(urns).size).to.equal(urns.length);
        });

        it("puts every resource below one of the components, and names it after it", () => {
          const components = recording.resources.filter((r) => !r.custom && !r.type.startsWith("pulumi:"));
          expect(components.map((c) => c.name)).to.have.members([
            ...["azure", "aws", "vpn", "s3"],
            ...(run.also ?? []),
          ]);
          const names = new Map(components.map((component) => [component.urn, component.name]));
          for (const resource of recording.resources.filter(
            (r) => r.custom && !r.type.startsWith("pulumi:"),
          )) {
            const parent = names.get(resource.parent ?? "");
            expect(parent, `parent of ${resource.name}`).to.be.a("string");
            // An address is a name by itself.
            expect(resource.name).to.match(new RegExp(`^${parent ?? ""}-[a-z0-9-]+(@[a-z.]+)?$`));
          }
        });

        it("marks every key and password secret wherever it goes, and nothing else", () => {
          const secrets = recording.resources
            .filter((resource) => resource.secretInputs.length > 0)
            .map((resource) => `${resource.type}: ${[...resource.secretInputs].sort().join(" ")}`);
          // What a preview does not know yet it cannot mark either.
          const marked = [
            ...(run.also?.includes("client") === true
              ? [
                  "azure-native:compute:VirtualMachine: osProfile",
                  "azure-s3-privatelink:client:ClientVm: secretAccessKey",
                ]
              : []),
            "aws:ec2/vpnConnection:VpnConnection: tunnel1PresharedKey tunnel2PresharedKey",
            "azure-native:network:VirtualNetworkGatewayConnection: sharedKey",
          ];
          expect([...new Set(secrets)]).to.have.members(preview ? [] : marked);
          for (const connection of ofType(recording, "azure-native:network:VirtualNetworkGatewayConnection"))
            expect(connection.options.additionalSecretOutputs).to.deep.equal(["sharedKey"]);
        });

        it("tags everything that takes tags with the project and the stack", () => {
          const untagged = recording.resources
            .filter((r) => r.custom && takesTags(r.type))
            .filter((r) => {
              const tags = r.inputs["tags"] as Props | undefined;
              return tags?.["project"] !== "azure-s3-privatelink" || tags["stack"] !== run.stack;
            });
          expect(untagged.map((resource) => resource.name)).to.deep.equal([]);
        });
      });

  for (const run of Object.values(runs))
    it(`shows in a preview of ${run.title} every resource that up makes`, async () => {
      const [up, preview] = await Promise.all([recordingOf(run), recordingOf(run, { preview: true })]);
      const urns = (recording: Recording) => recording.resources.map((resource) => resource.urn).sort();
      expect(urns(preview)).to.deep.equal(urns(up));
    });

  for (const run of Object.values(runs))
    it(`exports on ${run.title} exactly what its contract says, its secrets apart`, async () => {
      const recording = await recordingOf(run);
      expectContract(recording.outputs);
      expect([...recording.secretOutputs].sort()).to.deep.equal([...secretOutputs].sort());
    });

  it("takes no output that the contract does not name, at any depth", async () => {
    const { outputs } = await recordingOf(runs.prod);
    const places = [...withUnknownField(outputs)];
    for (const { place, value } of places)
      expect(() => {
        expectContract(value);
      }, place).to.throw(AssertionError);
    expect(places.map(({ place }) => place)).to.include.members(["the outputs", "vpn", "vpn.tunnels.3"]);
  });
  for (const { run, routing } of [
    { run: runs.dev, routing: "static" },
    { run: runs.dual, routing: "static" },
    { run: runs.prod, routing: "bgp" },
  ])
    it(`says on ${run.title} that routing is ${routing}`, async () => {
      const { outputs } = await recordingOf(run);
      expect(outputs["vpn"]).to.include({ routing });
    });

  for (const run of Object.values(runs))
    it(`lets no key of ${run.title} into anything that is not secret`, async () => {
      const recording = await recordingOf(run);
      const keys = [
        ...ofType(recording, "random:index/randomPassword:RandomPassword").map(
          (key) => key.outputs["result"],
        ),
        ...ofType(recording, "aws:iam/accessKey:AccessKey").map((key) => key.outputs["secret"]),
      ];
      expect(keys).to.have.length.above(2);
      for (const key of keys) expect(key).to.be.a("string").with.length.above(20);
      const open = [
        ...recording.resources.flatMap((resource) =>
          Object.entries(without(resource.inputs, resource.secretInputs)),
        ),
        ...Object.entries(without(recording.outputs, recording.secretOutputs)),
      ];
      const found = (text: string) => keys.filter((key) => text.includes(key as string)).length;
      for (const [name, value] of open) expect(found(JSON.stringify(value)), name).to.equal(0);
      // The control: the same search finds the keys where they are.
      expect(found(JSON.stringify(recording.resources.map((resource) => resource.inputs)))).to.be.above(1);
    });

  it("registers on dev one tunnel's worth of resources", async () => {
    const recording = await recordingOf(runs.dev);
    const names = recording.resources.filter((resource) => resource.custom).map((resource) => resource.name);
    expect(names.sort()).to.deep.equal(devResources);
  });

  it("registers with alarms what watches one tunnel, and nothing that watches the unused one", async () => {
    const recording = await recordingOf(runs.watched);
    const names = recording.resources.filter((r) => r.custom && r.name.startsWith("alarms-"));
    expect(names.map((resource) => resource.name).sort()).to.deep.equal([
      "alarms-aws-connection1",
      "alarms-aws-topic",
      "alarms-aws-tunnel1",
      "alarms-aws-us@example.com",
      "alarms-azure-egress-mismatch",
      "alarms-azure-group",
      "alarms-azure-ingress-mismatch",
      "alarms-azure-logs",
      "alarms-azure-workspace",
    ]);
  });

  it("registers with flow and access logs one bucket for both beside what dev has, and the logging", async () => {
    const [recording, dev] = await Promise.all([recordingOf(runs.logged), recordingOf(runs.dev)]);
    const names = ({ resources }: Recording) =>
      resources.filter(({ custom }) => custom).map(({ name }) => name);
    expect(
      names(recording)
        .filter((name) => !names(dev).includes(name))
        .sort(),
    ).to.deep.equal([
      "logs-bucket",
      "logs-bucket-encryption",
      "logs-bucket-lifecycle",
      "logs-bucket-ownership",
      "logs-bucket-policy",
      "logs-bucket-public-access",
      "logs-bucket-versioning",
      "logs-flow",
      "s3-data-logging",
    ]);
    expect(names(dev).filter((name) => !names(recording).includes(name))).to.deep.equal([]);
  });

  it("registers with a client its interface and its machine, and nothing else", async () => {
    const recording = await recordingOf(runs.client);
    const names = recording.resources.filter((resource) => resource.custom).map((resource) => resource.name);
    const dev = (await recordingOf(runs.dev)).resources.filter((r) => r.custom).map(({ name }) => name);
    expect(names.sort()).to.deep.equal([...dev, "client-interface", "client-machine"].sort());
    const machine = named(recording, "client-machine");
    expect(machine.options).to.deep.include({
      deleteBeforeReplace: true,
      replaceOnChanges: [
        "osProfile",
        "storageProfile.imageReference",
        "storageProfile.osDisk.createOption",
        "securityProfile",
        "networkProfile",
      ],
      additionalSecretOutputs: ["osProfile"],
    });
    expect(recording.outputs["clientVm"]).to.deep.equal({ id: machine.id, name: machine.outputs["name"] });
  });

  it("says nothing of a client where there is none", async () => {
    expect((await recordingOf(runs.dev)).outputs).not.to.have.property("clientVm");
  });

  it("registers on prod two gateways' worth of connections and four tunnels", async () => {
    const recording = await recordingOf(runs.prod);
    const count = (type: string) => ofType(recording, type).length;
    expect({
      addresses: count("azure-native:network:PublicIPAddress"),
      sites: count("azure-native:network:LocalNetworkGateway"),
      azureConnections: count("azure-native:network:VirtualNetworkGatewayConnection"),
      customers: count("aws:ec2/customerGateway:CustomerGateway"),
      awsConnections: count("aws:ec2/vpnConnection:VpnConnection"),
      staticRoutes: count("aws:ec2/vpnConnectionRoute:VpnConnectionRoute"),
      keys: count("random:index/randomPassword:RandomPassword"),
    }).to.deep.equal({
      addresses: 2,
      sites: 4,
      azureConnections: 4,
      customers: 2,
      awsConnections: 2,
      staticRoutes: 0,
      keys: 4,
    });
  });

  it("makes a key anew by its generation alone", async () => {
    const config = { "azure-s3-privatelink:presharedKeyGenerations": '{"tunnel1":2}' };
    const [before, after] = await Promise.all([
      recordingOf(runs.dev),
      recordingOf({ title: "dev with another generation", stack: "dev", config }),
    ]);
    const keepers = (recording: Recording, name: string) => named(recording, name).inputs["keepers"];
    expect(keepers(before, "vpn-tunnel1-key")).to.deep.equal({ generation: "1" });
    expect(keepers(after, "vpn-tunnel1-key")).to.deep.equal({ generation: "2" });
    expect(keepers(after, "vpn-tunnel2-key")).to.deep.equal({ generation: "1" });
  });
});

/** Stricter than a reader, who drops what the contract does not name. */
function expectContract(outputs: unknown): void {
  expect(outputsSchema.parse(outputs)).to.deep.equal(outputs);
}

/** Whether the SDK's type has tags. Those of an object are left out: S3 allows it ten only. */
function takesTags(type: string): boolean {
  return type !== awsTypes.bucketObjectv2 && typedResource(type).args.some(({ name }) => name === "tags");
}

function without(props: Props, names: readonly string[]): Record<string, Value> {
  return Object.fromEntries(Object.entries(props).filter(([name]) => !names.includes(name)));
}
