import { CreateTagsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { expect } from "chai";
import { existsSync } from "node:fs";
import path from "node:path";
import { snapshot } from "../../../operations/snapshot/command";
import { snapshotSchema, type Snapshot } from "../../../rehearsal/model/snapshot";
import { text, valuesAt } from "../../../rehearsal/model/values";
import { hasPython } from "../../suites/machine";
import { Clouds } from "../support/clouds";
import { deployConnection } from "../support/deployedVpn";
import { canaryKey, region } from "../support/place";
import {
  deployHub,
  deployVpc,
  gatewayId,
  hubId,
  JoiningProject,
  learned,
  type OthersVpc,
  ownTags,
  peering,
  putConnection,
  putIn,
  spokeIds,
} from "../support/surroundings";

describe("npm run snapshot", function () {
  this.timeout(60_000);
  let clouds: Clouds;
  let vpc: OthersVpc;
  let client: EC2Client;
  let project: JoiningProject;

  before(async function () {
    this.timeout(300_000);
    if (!hasPython()) this.skip();
    clouds = await Clouds.start();
    client = new EC2Client({ region });
    vpc = await deployVpc(client, clouds.aws);
  });
  after(() => {
    clouds.stop();
  });
  beforeEach(() => {
    deployHub(clouds.azure);
    for (const rules of [clouds.aws.failing, clouds.aws.tampers]) rules.clear();
    project = new JoiningProject(settings());
  });
  afterEach(() => {
    project.remove();
  });

  const settings = () => ({
    azureVirtualNetworkId: hubId,
    azureGatewayId: gatewayId,
    awsVpcId: vpc.vpcId,
    awsSubnetIds: vpc.subnetIds,
    awsGatewayId: vpc.gatewayId,
  });

  async function run(in_ = project, more: readonly string[] = [], now = "2026-11-26T08:00:00.000Z") {
    let [out, err] = ["", ""];
    const code = await snapshot(["--stack", "joined", ...more], {
      out: (one) => (out += one),
      err: (one) => (err += one),
      access: clouds.access(),
      projectDir: in_.folder,
      now: () => new Date(now),
    });
    return { code, out, err };
  }

  async function written(in_ = project): Promise<Snapshot> {
    const { code, err } = await run(in_);
    expect({ code, err }).to.deep.equal({ code: 0, err: "" });
    return snapshotSchema.parse(JSON.parse(in_.read()));
  }

  const ofType = ({ resources }: Snapshot, type: string) =>
    resources.filter((one) => one.type.endsWith(`:${type}`));
  const inAzure = ({ resources }: Snapshot, type: string) =>
    resources.filter((one) => one.type === `azure-native:network:${type}`);

  it("writes both clouds' surroundings, sorted, with the settings that name them", async () => {
    const found = await written();
    expect(found.around).to.deep.equal(settings());
    const keys = found.resources.map(({ type, id }) => `${type} ${id.toLowerCase()}`);
    expect(keys).to.deep.equal([...new Set(keys)].sort());
    const counts: Record<string, number> = {};
    for (const { type } of found.resources) {
      const kind = type.split(":").at(-1) ?? "";
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    expect(counts).to.deep.equal({
      CustomerGateway: 1,
      LocalNetworkGateway: 1,
      NetworkAcl: 1,
      NetworkSecurityGroup: 1,
      PublicIPAddress: 3,
      // Two of Azure's, and of AWS's the main one and another.
      RouteTable: 4,
      RouteTableAssociation: 1,
      Subnet: 7,
      VirtualNetwork: 3,
      VirtualNetworkGateway: 2,
      VirtualNetworkGatewayConnection: 1,
      VirtualNetworkPeering: 4,
      Vpc: 1,
      VpcEndpoint: 1,
      VpcIpv4CidrBlockAssociation: 1,
      VpnConnection: 1,
      VpnConnectionRoute: 1,
      VpnGateway: 1,
      VpnGatewayAttachment: 1,
    });
  });

  it("keeps what decides, in the SDK's names", async () => {
    const found = await written();
    const [gateway] = inAzure(found, "VirtualNetworkGateway").filter(({ id }) => id === gatewayId);
    expect(valuesAt(gateway?.inputs, "bgpSettings.bgpPeeringAddresses.customBgpIpAddresses")).to.deep.equal([
      "169.254.30.2",
      "169.254.21.2",
      "169.254.30.6",
      "169.254.21.6",
    ]);
    expect(gateway?.outputs["learnedRoutes"]).to.deep.equal([
      { network: "10.100.0.0/22", nextHop: "10.100.0.4", origin: "Network" },
      { network: "10.200.0.0/16", nextHop: "169.254.30.1", asPath: "65020", origin: "EBgp" },
    ]);
    expect(text(inAzure(found, "NetworkSecurityGroup")[0]?.inputs, "securityRules.name")).to.equal("first");
    const [own] = ofType(found, "Vpc");
    const tables = found.resources.filter(({ type }) => type === "aws:ec2/routeTable:RouteTable");
    expect(tables.map(({ id }) => id)).to.include(own?.outputs["mainRouteTableId"]);
    expect(tables.find(({ id }) => id === vpc.routeTableId)?.inputs["routes"]).to.deep.equal([
      { cidrBlock: "192.168.10.0/24", gatewayId: vpc.gatewayId },
    ]);
    expect(ofType(found, "NetworkAcl")[0]?.outputs).to.deep.equal({ default: true });
    expect(ofType(found, "VpcEndpoint")[0]?.inputs["vpcEndpointType"]).to.equal("Gateway");
  });

  it("holds no key, though both clouds' answers do", async () => {
    await run();
    expect(project.read()).not.to.include(canaryKey);
    // Control: the keys are there to be seen.
    expect(JSON.stringify([...clouds.azure.resources.values()])).to.include(canaryKey);
    expect(JSON.stringify(clouds.aws.vpn)).to.include(canaryKey);
  });

  it("writes the same bytes again but for the time, and says so", async () => {
    const first = await run();
    const before = project.read();
    const { out } = await run(project, [], "2026-11-27T08:00:00.000Z");
    expect(first.out).to.match(/joined\.json is new, with 36 resources; review and commit it\.\n$/);
    expect(out).to.match(/is as before, with 36 resources, read anew\.\n$/);
    expect(project.read()).to.equal(before.replace("2026-11-26T08", "2026-11-27T08"));
  });

  it("says that something changed", async () => {
    await run();
    putIn(clouds.azure)(`${hubId}/subnets/another`, { addressPrefix: "10.100.2.0/24" });
    expect((await run()).out).to.match(/has changed, with 37 resources/);
  });

  it("leaves out what the stack itself has there", async () => {
    const before = await written();
    const put = putIn(clouds.azure);
    putConnection(clouds.azure, put, "ours", {
      site: "our-site",
      address: "203.0.113.10",
      bgp: { asn: 64_900, bgpPeeringAddress: "169.254.21.1" },
      tags: ownTags,
    });
    put(`${hubId}/subnets/azure-s3-privatelink-joined`, { addressPrefix: "10.100.3.0/24" });
    clouds.azure.operations.set("hub-vpn/getlearnedroutes", {
      value: [
        learned("10.200.0.0/16", "169.254.30.1", "65020", "EBgp"),
        learned("10.100.0.0/22", "10.100.0.4", "", "Network"),
        learned("10.50.0.0/16", "169.254.21.1", "64900", "EBgp"),
        learned("10.50.0.0/16", "10.100.0.5", "64900", "IBgp"),
      ],
    });
    const connection = await deployConnection(client, "active-active", vpc.gatewayId, "20.0.0.1", 1);
    clouds.aws.vpn.connections.push({ ...connection, tags: ownTags });
    try {
      expect((await written()).resources).to.deep.equal(before.resources);
    } finally {
      clouds.aws.vpn.connections.pop();
    }
  });

  it("leaves out the stack's own gateway and its subnet, and no others'", async () => {
    const own = gatewayId.replace("hub-vpn", "ours");
    const put = putIn(clouds.azure);
    const gatewaySubnet = (users: readonly string[]) => {
      put(`${hubId}/subnets/GatewaySubnet`, {
        addressPrefix: "10.100.0.0/27",
        ipConfigurations: users.map((id) => ({ id: `${id}/ipConfigurations/one` })),
      });
    };
    const making = new JoiningProject({ azureVirtualNetworkId: hubId, gatewaySubnetCidr: "10.100.0.0/27" });
    try {
      put(own, { gatewayType: "Vpn" }, { tags: ownTags });
      gatewaySubnet([own]);
      const ours = await written(making);
      expect(inAzure(ours, "VirtualNetworkGateway")).to.deep.equal([]);
      expect(ours.resources.filter(({ id }) => id.endsWith("GatewaySubnet"))).to.deep.equal([]);
      gatewaySubnet([gatewayId]);
      const theirs = await written(making);
      expect(theirs.resources.filter(({ id }) => id.endsWith("GatewaySubnet"))).to.have.length(1);
    } finally {
      making.remove();
    }
  });

  it("tells own from foreign by the tags of the VPC's side as well", async () => {
    await client.send(
      new CreateTagsCommand({
        Resources: [vpc.gatewayId],
        Tags: Object.entries(ownTags).map(([Key, Value]) => ({ Key, Value })),
      }),
    );
    const { DeleteTagsCommand } = await import("@aws-sdk/client-ec2");
    try {
      const found = await written();
      expect(ofType(found, "VpnGateway")).to.deep.equal([]);
      expect(ofType(found, "VpnGatewayAttachment")).to.deep.equal([]);
    } finally {
      await client.send(new DeleteTagsCommand({ Resources: [vpc.gatewayId] }));
    }
  });

  it("reads spokes of the stack's own network, and not that network", async () => {
    const own = hubId.replace(/hub/g, "own");
    const put = putIn(clouds.azure);
    put(own, { addressSpace: { addressPrefixes: ["10.1.0.0/22"] } }, { tags: ownTags });
    put(spokeIds[0], {
      addressSpace: { addressPrefixes: ["10.101.0.0/22"] },
      virtualNetworkPeerings: [peering(spokeIds[0], "azure-s3-privatelink-joined", own, false)],
    });
    const spoking = new JoiningProject({ azureSpokes: [spokeIds[0]] });
    try {
      const found = await written(spoking);
      expect(inAzure(found, "VirtualNetwork").map(({ id }) => id)).to.deep.equal([spokeIds[0]]);
      expect(inAzure(found, "VirtualNetworkPeering")).to.deep.equal([]);
    } finally {
      spoking.remove();
    }
  });

  it("follows AWS from page to page", async () => {
    let asked = 0;
    clouds.aws.tampers.set("ec2:DescribeSubnets", (xml) => {
      const items = [...xml.matchAll(/<item>[\s\S]*?<\/item>/g)].map(([one]) => one);
      const page = items[asked] ?? "";
      const token = ++asked < items.length ? `<nextToken>page${asked}</nextToken>` : "";
      return xml.replace(/<subnetSet>[\s\S]*<\/subnetSet>/, `<subnetSet>${page}</subnetSet>${token}`);
    });
    const found = await written();
    expect(asked).to.equal(3);
    expect(found.resources.filter(({ type }) => type === "aws:ec2/subnet:Subnet")).to.have.length(3);
  });

  it("follows Azure from page to page, and reads a large hub", async () => {
    const put = putIn(clouds.azure);
    for (let index = 0; index < 100; index++) {
      const group = `${hubId.replace(/virtualNetworks.*/, "")}networkSecurityGroups/group${index}`;
      put(group, { securityRules: [] });
      put(`${hubId}/subnets/large${index}`, {
        addressPrefix: `10.103.${index}.0/24`,
        networkSecurityGroup: { id: group },
      });
    }
    const list = `${gatewayId}/connections`.toLowerCase();
    const first = clouds.azure.resources.get(list)?.["value"] ?? [];
    putConnection(clouds.azure, put, "second", { site: "second", address: "198.51.100.8" });
    clouds.azure.resources.set(list, { value: first, nextLink: `${clouds.azure.url}${gatewayId}/more` });
    clouds.azure.resources.set(`${gatewayId}/more`.toLowerCase(), {
      value: [{ id: `${gatewayId.replace(/virtualNetworkGateways.*/, "")}connections/second` }],
    });
    const found = await written();
    expect(inAzure(found, "VirtualNetworkGatewayConnection")).to.have.length(2);
    expect(inAzure(found, "NetworkSecurityGroup")).to.have.length(101);
  });

  it("tells everything that it may not read at once, and writes nothing", async () => {
    for (const action of ["ec2:DescribeSubnets", "ec2:DescribeVpcAttribute"])
      clouds.aws.failing.set(action, { status: 403, code: "UnauthorizedOperation" });
    for (const kind of ["routeTables", "publicIPAddresses"])
      clouds.azure.failing.set(`Microsoft.Network/${kind}/read`, {
        status: 403,
        code: "AuthorizationFailed",
      });
    const { code, err } = await run();
    expect(code).to.equal(2);
    expect(err.match(/permission (\S+) is missing/g)).to.deep.equal([
      "permission Microsoft.Network/publicIPAddresses/read is missing",
      "permission Microsoft.Network/routeTables/read is missing",
      "permission ec2:DescribeSubnets is missing",
      "permission ec2:DescribeVpcAttribute is missing",
    ]);
    expect(err).to.match(/Nothing was written\.\n$/);
    expect(existsSync(path.join(project.folder, "snapshots"))).to.equal(false);
  });

  it("tells every id that names nothing", async () => {
    const wrong = new JoiningProject({
      azureVirtualNetworkId: `${hubId}2`,
      awsVpcId: vpc.vpcId,
      awsSubnetIds: [...vpc.subnetIds, "subnet-0"],
      awsGatewayId: "vgw-0",
    });
    try {
      const { code, err } = await run(wrong);
      expect({ code, lines: err.split("\n") }).to.deep.equal({
        code: 2,
        lines: [
          `awsGatewayId names vgw-0, which is not attached to ${vpc.vpcId}`,
          `awsSubnetIds names subnet-0, which ${vpc.vpcId} does not have`,
          `azureVirtualNetworkId names ${hubId}2, which does not exist`,
          "Nothing was written.",
          "",
        ],
      });
    } finally {
      wrong.remove();
    }
  });

  it("passes over a peering whose other end is gone", async () => {
    clouds.azure.resources.delete(spokeIds[1].toLowerCase());
    expect(inAzure(await written(), "VirtualNetwork").map(({ id }) => id)).to.deep.equal([
      hubId,
      spokeIds[0],
    ]);
  });

  it("writes beside a stack file elsewhere, and where --out says", async () => {
    const elsewhere = new JoiningProject({ awsVpcId: vpc.vpcId }, "examples/Pulumi.joined.yaml");
    try {
      const there = ["--config-file", path.join(elsewhere.folder, "examples/Pulumi.joined.yaml")];
      expect((await run(elsewhere, there)).code).to.equal(0);
      expect(elsewhere.read("examples/snapshots/joined.json")).to.include(vpc.vpcId);
      const file = path.join(elsewhere.folder, "one.json");
      expect((await run(elsewhere, [...there, "--out", file])).code).to.equal(0);
      expect(elsewhere.read("one.json")).to.equal(elsewhere.read("examples/snapshots/joined.json"));
    } finally {
      elsewhere.remove();
    }
  });

  it("says in one sentence that a stack joins nothing", async () => {
    const alone = new JoiningProject({ azureVirtualNetworkId: "", azureSpokes: [] });
    try {
      expect(await run(alone)).to.deep.equal({
        code: 2,
        out: "",
        err: "joined joins no existing network, so that it has no surroundings to read.\n",
      });
    } finally {
      alone.remove();
    }
  });

  it("refuses a file of another version rather than to write over it unseen", async () => {
    await run();
    const { writeFileSync } = await import("node:fs");
    const file = path.join(project.folder, "snapshots/joined.json");
    writeFileSync(file, project.read().replace('"version": 1', '"version": 0'));
    const { code, err } = await run();
    expect(code).to.equal(2);
    expect(err).to.equal(
      "snapshots/joined.json: version is 0, and 1 is read; delete it and run npm run snapshot -- --stack joined\n",
    );
    expect(project.read()).to.include('"version": 0');
  });
});
