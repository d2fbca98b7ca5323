import { expect } from "chai";
import { resolve } from "node:path";
import { planNetwork } from "../../../lab/network/plan";
import { type LabPlan, planLab } from "../../../lab/plan/labPlan";
import { LabError } from "../../../lab/machine/processes";
import { flowReport } from "../../../lab/traffic/siteFlow";
import type { RecordedResource, Recording } from "../../../rehearsal/model/recording";
import { handRecording } from "../support/handRecording";
import { projectDir, recordingOf } from "../support/machine";

describe("the plan of a lab whose gateway in Azure another site uses too", function () {
  this.timeout(30_000);
  let recording: Recording;
  let plan: LabPlan;
  before(async () => {
    const configFile = resolve(projectDir, "examples/join/Pulumi.hub.yaml");
    recording = await recordingOf({ stack: "hub", configFile });
    plan = planLab(recording);
  });

  it("has a tunnel from each instance of the gateway to the site, and the stack's own four", () => {
    const ends = plan.site?.tunnels.map(({ azureInstance, gateway, site }) => ({
      azureInstance,
      gateway: [gateway.outsideAddress, gateway.routing],
      site: [site.outsideAddress, site.peerAddress, site.initiates],
    }));
    const bgp = { kind: "bgp", keepaliveSeconds: 60, holdSeconds: 180 };
    const far = { peerAddress: "10.200.255.254", asn: 65010, peerAsn: 65020 };
    expect(ends).to.deep.equal([
      {
        azureInstance: 0,
        gateway: ["203.0.113.210", { ...bgp, ...far, address: "10.100.0.4" }],
        site: ["192.0.2.10", "203.0.113.210", true],
      },
      {
        azureInstance: 1,
        gateway: ["203.0.113.211", { ...bgp, ...far, address: "10.100.0.5" }],
        site: ["192.0.2.10", "203.0.113.211", true],
      },
    ]);
    expect(plan.tunnels.map(({ name, azureInstance }) => [name, azureInstance])).to.deep.equal([
      ...[
        ["tunnel1", 0],
        ["tunnel2", 0],
      ],
      ...[
        ["tunnel3", 1],
        ["tunnel4", 1],
      ],
    ]);
  });

  it("takes the site's networks from what the gateway has learned of it", () => {
    expect(plan.site).to.deep.include({
      ...{ name: "cn-osaka", cloud: "azure", networks: ["10.200.0.0/16"], named: true },
    });
  });

  it("has a client in every subnet of hub and spokes, those that azureClients names first", () => {
    expect(plan.azure.networks).to.have.members(["10.100.0.0/22", "10.101.0.0/22", "10.102.0.0/22"]);
    expect(plan.azure.clients.map(({ role, name, named }) => [role, name, named])).to.deep.equal([
      ["client", "snet-web", true],
      ["client2", "snet-warehouse", true],
      ["client3", "snet-batch", false],
      ["client4", "snet-shared", false],
    ]);
  });

  it("joins the private networks to nothing but their tunnels, and gives an instance one namespace", () => {
    const { links, namespaces } = planNetwork(plan);
    const outside = new Set(["internet", "edge", "internet-host", "public-s3"]);
    const isOutside = (role: string): boolean => outside.has(role) || role.includes("-ike");
    expect(links.filter(([one, other]) => isOutside(one.role) !== isOutside(other.role))).to.deep.equal([]);
    expect(namespaces.filter((role) => role.includes("-ike"))).to.have.members([
      ...["azure-ike1", "azure-ike2", "aws-ike1", "aws-ike2", "aws-ike3", "aws-ike4", "site-ike1"],
    ]);
  });

  it("has no address twice on the internet", () => {
    const { links } = planNetwork(plan);
    const addresses = links.flatMap((link) => link.flatMap((one) => one.addresses));
    expect(addresses).to.deep.equal([...new Set(addresses)]);
  });

  it("is refused where a subnet takes another way to AWS than the gateway's", () => {
    const detour = (one: RecordedResource): RecordedResource =>
      one.type === "azure-native:network:RouteTable"
        ? { ...one, inputs: { ...one.inputs, disableBgpRoutePropagation: true } }
        : one;
    const surroundings = recording.surroundings?.map(detour) ?? [];
    expect(() => planLab({ ...recording, surroundings })).to.throw(
      LabError,
      /subnet snet-web does not take the gateway's route to 10.2.0.0\/22, because of to-firewall/,
    );
  });

  it("has no site where both gateways are the stack's own", () => {
    expect(planLab(handRecording()).site).to.equal(undefined);
  });
});

describe("the plan of a lab whose gateway in AWS another site uses too", function () {
  this.timeout(30_000);
  let recording: Recording;
  let plan: LabPlan;
  before(async () => {
    const configFile = resolve(projectDir, "examples/join/Pulumi.vpc.yaml");
    recording = await recordingOf({ stack: "vpc", configFile });
    plan = planLab(recording);
  });

  it("has a tunnel from each endpoint of the site's connection, and offers all that AWS does", () => {
    const bgp = { kind: "bgp", keepaliveSeconds: 60, holdSeconds: 180, asn: 64900, peerAsn: 65101 };
    expect(
      plan.site?.tunnels.map(({ number, gateway, site }) => ({
        number,
        gateway: [gateway.outsideAddress, gateway.peerAddress, gateway.initiates, gateway.routing],
        site: [site.outsideAddress, site.peerAddress, site.initiates],
      })),
    ).to.deep.equal([
      {
        number: 11,
        gateway: [
          ...["198.19.1.1", "192.0.2.20", false],
          { ...bgp, address: "169.254.10.1", peerAddress: "169.254.10.2" },
        ],
        site: ["192.0.2.20", "198.19.1.1", true],
      },
      {
        number: 12,
        gateway: [
          ...["198.19.1.2", "192.0.2.20", false],
          { ...bgp, address: "169.254.10.5", peerAddress: "169.254.10.6" },
        ],
        site: ["192.0.2.20", "198.19.1.2", true],
      },
    ]);
    const [tunnel] = plan.site?.tunnels ?? [];
    expect(tunnel?.gateway.esp[0]).to.match(/^aes128-aes256-sha1-sha256-sha384-sha512-modp1024-modp2048-/);
    expect(tunnel?.gateway.ikeVersion).to.equal(2);
  });

  it("takes the site's networks from what the gateway has brought into the route tables", () => {
    expect(plan.site).to.deep.include({
      ...{ name: "vpn-0d8c5b2e7f4a19360", cloud: "aws", networks: ["192.168.10.0/24"], named: false },
    });
  });

  it("has both ranges of the VPC, and the endpoint in its three subnets", () => {
    expect(plan.aws.networks).to.deep.equal(["10.50.0.0/16", "100.64.0.0/20"]);
    expect(
      plan.aws.subnets.map(({ cidr, endpointAddress, returns }) => [cidr, endpointAddress, returns]),
    ).to.deep.equal([
      ["10.50.0.0/24", "10.50.0.24", true],
      ["10.50.1.0/24", "10.50.1.32", true],
      ["100.64.0.0/24", "100.64.0.22", true],
    ]);
  });

  it("sends nothing back from the subnets whose route table, of others, has no propagation", () => {
    const without = (one: RecordedResource): RecordedResource =>
      one.id === "rtb-0f38b6c0a951d72e4" ? { ...one, inputs: { ...one.inputs, propagatingVgws: [] } } : one;
    const surroundings = recording.surroundings?.map(without) ?? [];
    const { aws } = planLab({ ...recording, surroundings });
    expect(aws.subnets.map(({ returns }) => returns)).to.deep.equal([false, false, true]);
  });

  it("has a daemon for each endpoint, one for the site's device, and no address twice", () => {
    const { links, namespaces } = planNetwork(plan);
    expect(namespaces.filter((role) => role.includes("-ike"))).to.have.members([
      ...[
        "azure-ike1",
        "azure-ike2",
        "azure-ike3",
        "azure-ike4",
        "aws-ike1",
        "aws-ike2",
        "aws-ike3",
        "aws-ike4",
      ],
      ...["aws-ike11", "aws-ike12", "site-ike1"],
    ]);
    const own = links.flatMap((link) => link.flatMap((one) => one.addresses));
    // Two of Azure's daemons have one address: the edge chooses by the peer's.
    const twice = own.filter((address, index) => own.indexOf(address) !== index);
    const azure = plan.tunnels.map((tunnel) => `${tunnel.azure.outsideAddress}/32`);
    expect(twice).to.deep.equal(azure.filter((address, index) => azure.indexOf(address) !== index));
  });
});

describe("the other site's packets", () => {
  const lines = ["sent 1", "sent 2", "back 1", "sent 3", "back 3", "sent 4", "back 2"];

  it("are lost when they are not back, and late ones are not", () => {
    expect(flowReport(lines, 0, 4)).to.deep.equal({ sent: 4, lost: [4] });
  });

  it("count only in the course of what is judged", () => {
    expect(flowReport(lines, 1, 3)).to.deep.equal({ sent: 2, lost: [] });
  });
});
