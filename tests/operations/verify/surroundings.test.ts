import { expect } from "chai";
import type { Facts } from "../../../operations/verify/facts/facts";
import { isFinding } from "../../../operations/verify/judge/judgement";
import { judgeSurroundings } from "../../../operations/verify/judge/surroundings";
import type { Props } from "../../../rehearsal/model/recording";
import type { SnapshotResource } from "../../../rehearsal/model/snapshot";
import { writtenOutputs } from "../support/writtenOutputs";

const network = "/subscriptions/s/resourceGroups/hub-group/providers/Microsoft.Network";
const hub = `${network}/virtualNetworks/hub`;
const gateway = `${network}/virtualNetworkGateways/hub-vpn`;
const written = writtenOutputs("active-active");
/** The endpoint in subnet-1; clients on premises at 10.200.0.0/16 and in the hub's subnet 10.100.1.0/24. */
const outputs = {
  ...written,
  azureClients: { office: "10.200.0.0/16", hub: "10.100.1.0/24" },
  azureNetwork: { ...written.azureNetwork, virtualNetworkId: hub, cidr: "10.100.0.0/22" },
  vpn: { ...written.vpn, azureGatewayId: gateway },
  joined: { azureVirtualNetworkId: hub, azureGatewayId: gateway, awsVpcId: "vpc-1", awsGatewayId: "vgw-1" },
};

const aws = (kind: string, id: string, inputs: Props, known: Props = {}): SnapshotResource => ({
  type: `aws:ec2/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`,
  id,
  inputs,
  outputs: known,
});
const azure = (kind: string, id: string, inputs: Props, known: Props = {}): SnapshotResource => ({
  type: `azure-native:network:${kind}`,
  id,
  inputs,
  outputs: known,
});
const entry = { ruleNo: 100, action: "allow", protocol: "-1", cidrBlock: "0.0.0.0/0" };
const udr = { name: "all", addressPrefix: "0.0.0.0/0", nextHopType: "VirtualAppliance" };

const before: readonly SnapshotResource[] = [
  aws("Vpc", "vpc-1", { cidrBlock: "10.2.0.0/22" }, { mainRouteTableId: "rtb-main" }),
  aws("Subnet", "subnet-1", { vpcId: "vpc-1" }, { availableIpAddressCount: 200 }),
  aws("Subnet", "subnet-2", { vpcId: "vpc-1" }, { availableIpAddressCount: 200 }),
  aws("RouteTable", "rtb-1", { vpcId: "vpc-1", propagatingVgws: ["vgw-1"] }),
  aws("RouteTable", "rtb-main", { vpcId: "vpc-1" }),
  aws("RouteTableAssociation", "rtbassoc-1", { routeTableId: "rtb-1", subnetId: "subnet-1" }),
  aws("NetworkAcl", "acl-1", { subnetIds: ["subnet-1"], ingress: [entry] }),
  aws("NetworkAcl", "acl-2", { subnetIds: ["subnet-2"], ingress: [entry] }),
  aws("VpnConnection", "vpn-9", { vpnGatewayId: "vgw-1", tunnel1InsideCidr: "169.254.90.0/30" }),
  azure("VirtualNetwork", hub, { addressSpace: { addressPrefixes: ["10.100.0.0/22"] } }),
  azure("Subnet", `${hub}/subnets/GatewaySubnet`, {
    subnetName: "GatewaySubnet",
    addressPrefix: "10.100.0.0/27",
  }),
  azure("Subnet", `${hub}/subnets/clients`, {
    subnetName: "clients",
    addressPrefix: "10.100.1.0/24",
    routeTable: { id: `${network}/routeTables/clients` },
    networkSecurityGroup: { id: `${network}/networkSecurityGroups/clients` },
  }),
  azure("Subnet", `${hub}/subnets/others`, {
    subnetName: "others",
    addressPrefix: "10.100.2.0/24",
    routeTable: { id: `${network}/routeTables/others` },
  }),
  azure("RouteTable", `${network}/routeTables/clients`, { routes: [udr] }),
  azure("RouteTable", `${network}/routeTables/others`, { routes: [udr] }),
  azure("NetworkSecurityGroup", `${network}/networkSecurityGroups/clients`, { securityRules: [] }),
  azure(
    "VirtualNetworkGateway",
    gateway,
    { activeActive: true },
    { learnedRoutes: [{ network: "10.200.0.0/16", nextHop: "10.100.0.9", origin: "EBgp" }] },
  ),
  azure("VirtualNetworkPeering", `${hub}/virtualNetworkPeerings/to-spoke`, { allowGatewayTransit: true }),
];

type Change = (all: readonly SnapshotResource[]) => readonly SnapshotResource[];
const change =
  (id: string, inputs: Props, known: Props = {}): Change =>
  (all) =>
    all.map((one) =>
      one.id.endsWith(id)
        ? { ...one, inputs: { ...one.inputs, ...inputs }, outputs: { ...one.outputs, ...known } }
        : one,
    );
const add =
  (one: SnapshotResource): Change =>
  (all) => [...all, one];
const remove =
  (id: string): Change =>
  (all) =>
    all.filter((one) => !one.id.endsWith(id));
const pcx = (cidrBlock: string) => ({ routes: [{ cidrBlock, vpcPeeringConnectionId: "pcx-1" }] });
const site = (prefix: string) =>
  azure("LocalNetworkGateway", `${network}/localNetworkGateways/new`, {
    localNetworkAddressSpace: { addressPrefixes: [prefix] },
  });
const learns = (networks: readonly string[]) => ({
  learnedRoutes: networks.map((one) => ({ network: one, nextHop: "10.100.0.9", origin: "EBgp" })),
});

/** Changes by others, and what verify must think of each. */
const table: readonly (readonly [says: string, change: Change, matters: boolean, why: RegExp])[] = [
  [
    "a longer route to clients from the endpoint's table",
    change("rtb-1", pcx("10.200.3.0/24")),
    true,
    /leads to 10\.200/,
  ],
  [
    "a route elsewhere in the endpoint's table",
    change("rtb-1", pcx("10.9.0.0/16")),
    false,
    /no network of the stack's clients/,
  ],
  [
    "the same route in a table that the endpoint does not use",
    change("rtb-main", pcx("10.200.3.0/24")),
    false,
    /no subnet of the endpoint/,
  ],
  ["propagation that stopped", change("rtb-1", { propagatingVgws: [] }), true, /learn from vgw-1/],
  [
    "another table for the endpoint's subnet",
    change("rtbassoc-1", { routeTableId: "rtb-main" }),
    true,
    /which routes/,
  ],
  ["an ACL of the endpoint's subnet", change("acl-1", { ingress: [] }), true, /pass it/],
  ["an ACL of another subnet", change("acl-2", { ingress: [] }), false, /guards no subnet/],
  [
    "fewer free addresses",
    change("subnet-1", {}, { availableIpAddressCount: 12 }),
    false,
    /has its addresses/,
  ],
  ["a subnet that is gone with the endpoint's address", remove("subnet-1"), true, /has an address in it/],
  [
    "a second VPN connection",
    add(aws("VpnConnection", "vpn-10", { vpnGatewayId: "vgw-1" })),
    true,
    /reach each other/,
  ],
  [
    "inside addresses of ours on another connection",
    change("vpn-9", { tunnel1InsideCidr: "169.254.21.4/30" }),
    true,
    /inside addresses/,
  ],
  [
    "a route of another site to our clients",
    add(aws("VpnConnectionRoute", "r", { destinationCidrBlock: "10.200.0.0/24" })),
    true,
    /another site/,
  ],
  ["an endpoint of others", add(aws("VpcEndpoint", "vpce-9", { vpcId: "vpc-1" })), false, /serves others/],
  [
    "the hub's address space",
    change("/virtualNetworks/hub", { addressSpace: { addressPrefixes: ["10.100.0.0/21"] } }),
    true,
    /network of the gateway/,
  ],
  [
    "a security rule at the clients",
    change("networkSecurityGroups/clients", { securityRules: [{ name: "x" }] }),
    true,
    /on the way/,
  ],
  [
    "a route table on the GatewaySubnet",
    change("GatewaySubnet", { routeTable: { id: "r" } }),
    true,
    /gateway or clients/,
  ],
  [
    "a subnet of others",
    change("subnets/others", { natGateway: { id: "n" } }),
    false,
    /neither the gateway nor a client/,
  ],
  [
    "a route to AWS at the clients",
    change("routeTables/clients", {
      routes: [udr, { name: "aws", addressPrefix: "10.2.0.0/24", nextHopType: "None" }],
    }),
    true,
    /subnet on the way/,
  ],
  [
    "a route elsewhere at the clients",
    change("routeTables/clients", {
      routes: [udr, { name: "x", addressPrefix: "10.9.0.0/24", nextHopType: "None" }],
    }),
    false,
    /no network of the link/,
  ],
  [
    "propagation switched off at the clients",
    change("routeTables/clients", { disableBgpRoutePropagation: true }),
    true,
    /subnet on the way/,
  ],
  [
    "propagation switched off at others",
    change("routeTables/others", { disableBgpRoutePropagation: true }),
    false,
    /no subnet of the gateway/,
  ],
  ["a peering without transit", change("to-spoke", { allowGatewayTransit: false }), true, /use the gateway/],
  [
    "a peering between spokes",
    add(azure("VirtualNetworkPeering", "/a/b", { remoteVirtualNetwork: { id: "c" } })),
    false,
    /does not cross/,
  ],
  ["the gateway's mode", change("/hub-vpn", { activeActive: false }), true, /gateways of one network/],
  [
    "another way to AWS",
    change("/hub-vpn", {}, learns(["10.200.0.0/16", "10.2.0.0/16"])),
    true,
    /another way/,
  ],
  [
    "a network elsewhere learned",
    change("/hub-vpn", {}, learns(["10.200.0.0/16", "10.9.0.0/16"])),
    false,
    /no network of the link/,
  ],
  [
    "more networks than AWS takes",
    change(
      "/hub-vpn",
      {},
      learns(["10.200.0.0/16", ...Array.from({ length: 100 }, (_, at) => `172.16.${at}.0/24`)]),
    ),
    true,
    /up to 101 networks, and AWS's gateway takes 100/,
  ],
  ["a site with a part of AWS's network", add(site("10.2.1.0/24")), true, /another site takes/],
  ["a site elsewhere", add(site("10.9.1.0/24")), false, /another site's/],
  ["something that verify does not know", add(azure("VirtualHub", "/h", {})), true, /does not know/],
];

const answered = { about: "it", value: {} };

function judged(now: readonly SnapshotResource[], more: Partial<Record<"aws" | "azure", unknown>> = {}) {
  const surroundings = { readAt: "2026-11-01T08:00:00.000Z", before, now, missing: [] };
  const facts = {
    aws: answered,
    azure: answered,
    ...more,
    surroundings: { about: "it", value: surroundings },
  };
  return [...judgeSurroundings(outputs, facts as unknown as Facts)];
}

describe("what others changed around a stack", () => {
  it("is nothing where the clouds are as the snapshot has them", () => {
    expect(judged(before)).to.deep.equal([]);
    expect(judged([...before].reverse())).to.deep.equal([]);
  });

  for (const [name, edit, matters, why] of table)
    it(`${matters ? "may matter to the path" : "does not matter"}: ${name}`, () => {
      const findings = judged(edit(before)).filter(isFinding);
      expect(findings.map(({ kind }) => kind)).to.deep.equal([
        matters ? "surroundings-changed" : "snapshot-outdated",
      ]);
      expect(findings[0]?.says).to.match(why);
    });

  it("names the property, with what it was and is", () => {
    const [found] = judged(change("rtb-1", pcx("10.200.3.0/24"))(before)).filter(isFinding);
    expect(found).to.include({
      subject: "RouteTable rtb-1",
      severity: "warning",
      says: "routes has {cidrBlock:10.200.3.0/24,vpcPeeringConnectionId:pcx-1} now: the endpoint's subnets use it, and it leads to 10.200.0.0/16, 10.100.1.0/24",
    });
  });

  it("is one finding for all that does not matter for one reason", () => {
    const many = Array.from({ length: 9 }, (_, at) => aws("VpcEndpoint", `vpce-${at}`, {}));
    const findings = judged([...before, ...many]).filter(isFinding);
    expect(findings).to.have.length(1);
    expect(findings[0]?.says).to.match(
      /; and 6 more\. It does not matter: an endpoint of others serves others$/,
    );
  });

  it("is not judged where something could not be read, and nothing is taken for gone", () => {
    const problem = { kind: "permission", says: "permission x is missing" };
    const value = { readAt: "2026-11-01", before, now: [], missing: [{ about: "the subnets", problem }] };
    const facts = { aws: answered, azure: answered, surroundings: { about: "it", value } };
    expect([...judgeSurroundings(outputs, facts as unknown as Facts)]).to.deep.equal([
      { about: "the subnets", reason: "permission x is missing" },
    ]);
  });

  it("is judged in the other cloud where one gives no answer", () => {
    const unreached = { about: "AWS", problem: { kind: "network", says: "AWS cannot be reached" } };
    const now = change("to-spoke", { allowGatewayTransit: false })(
      before.filter(({ type }) => !type.startsWith("aws:")),
    );
    const said = judged(now, { aws: unreached });
    expect(said.filter((one) => !isFinding(one))).to.have.length(1);
    expect(said.filter(isFinding).map(({ subject }) => subject)).to.deep.equal([
      "VirtualNetworkPeering to-spoke",
    ]);
  });
});
