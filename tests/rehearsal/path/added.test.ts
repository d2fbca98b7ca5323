import { expect } from "chai";
import { readEstate } from "../../../rehearsal/estate/estate";
import type { Props, Recording } from "../../../rehearsal/model/recording";
import { addedTypes } from "../../../rehearsal/model/resourceTypes";
import { type Hop, tracePaths } from "../../../rehearsal/path/path";
import { judgeTunnels } from "../../../rehearsal/tunnels/tunnels";
import { type AddedResource, resourceNamed, withAdded, withInputs, without } from "../fixtures/change";
import { devStack } from "../fixtures/stacks";

/** The steps that do not hold: what the resource is called, the rule, and whether it was judged. */
function stops(recording: Recording): readonly string[] {
  const estate = readEstate(recording);
  const [journey] = tracePaths(estate, judgeTunnels(estate));
  const inWords = ({ name, rule, outcome }: Hop) =>
    `${name}: ${outcome === "not judged" ? "not judged: " : ""}${rule}`;
  return [...(journey?.forward ?? []), ...(journey?.back ?? [])]
    .filter(({ outcome }) => outcome !== "holds")
    .map(inWords);
}

const idOf = (recording: Recording, name: string) => resourceNamed(recording, name).id;

// The dev stack: the VPC is 10.0.0.0/24 with one subnet, the virtual network 10.0.1.0/24 with its clients in 10.0.1.0/28.

describe("A route table in AWS", () => {
  const route = (recording: Recording, inputs: Props, table = "aws-routes"): AddedResource => ({
    type: addedTypes.route,
    name: "other-route",
    inputs: { routeTableId: idOf(recording, table), ...inputs },
  });
  const cases: readonly {
    readonly what: string;
    readonly change: (dev: Recording) => Recording;
    readonly stops: readonly string[];
  }[] = [
    {
      what: "with a more specific route elsewhere for half of the clients' network",
      change: (dev) =>
        withAdded(
          dev,
          route(dev, { destinationCidrBlock: "10.0.1.128/25", vpcPeeringConnectionId: "pcx-1" }),
        ),
      stops: ["other-route: route 10.0.1.128/25 sends 10.0.1.128/25 to pcx-1"],
    },
    {
      what: "with the same destination elsewhere, which beats what is propagated",
      change: (dev) =>
        withAdded(dev, route(dev, { destinationCidrBlock: "10.0.1.0/24", gatewayId: "igw-1" })),
      stops: ["other-route: route 10.0.1.0/24 sends 10.0.1.0/24 to igw-1"],
    },
    ...[
      "natGatewayId",
      "networkInterfaceId",
      "transitGatewayId",
      "vpcEndpointId",
      "carrierGatewayId",
      "localGatewayId",
      "coreNetworkArn",
      "odbNetworkArn",
    ].map((target) => ({
      what: `with a more specific route to a ${target}`,
      change: (dev: Recording) =>
        withAdded(dev, route(dev, { destinationCidrBlock: "10.0.1.0/28", [target]: "x-1" })),
      stops: ["other-route: route 10.0.1.0/28 sends 10.0.1.0/28 to x-1"],
    })),
    {
      what: "with a wider route elsewhere",
      change: (dev) => withAdded(dev, route(dev, { destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-1" })),
      stops: [],
    },
    {
      what: "with routes to other networks, and to IPv6",
      change: (dev) =>
        withAdded(
          dev,
          route(dev, { destinationCidrBlock: "10.9.0.0/16", transitGatewayId: "tgw-1" }),
          route(dev, { destinationIpv6CidrBlock: "::/0", egressOnlyGatewayId: "eigw-1" }),
        ),
      stops: [],
    },
    {
      what: "with a prefix list to elsewhere",
      change: (dev) =>
        withAdded(dev, route(dev, { destinationPrefixListId: "pl-1", transitGatewayId: "tgw-1" })),
      stops: ["other-route: not judged: the route to pl-1 may send a part of it to tgw-1"],
    },
    {
      what: "with a more specific route of its own to the gateway",
      change: (dev) =>
        withAdded(
          dev,
          route(dev, { destinationCidrBlock: "10.0.1.0/25", gatewayId: idOf(dev, "vpn-aws-gateway") }),
        ),
      stops: [],
    },
    {
      what: "with routes to the gateway for both halves, without propagation",
      change: (dev) =>
        withInputs(without(dev, "vpn-aws-propagation"), "aws-routes", {
          routes: ["10.0.1.0/25", "10.0.1.128/25"].map((cidrBlock) => ({
            cidrBlock,
            gatewayId: idOf(dev, "vpn-aws-gateway"),
          })),
        }),
      stops: [],
    },
    {
      what: "with a route to the gateway for one half, without propagation",
      change: (dev) =>
        withInputs(without(dev, "vpn-aws-propagation"), "aws-routes", {
          routes: [{ cidrBlock: "10.0.1.0/25", gatewayId: idOf(dev, "vpn-aws-gateway") }],
        }),
      stops: ["aws-routes: no route to 10.0.1.128/25"],
    },
    {
      what: "that the subnet is not associated with, the main one having no route",
      change: (dev) => without(dev, "aws-routes-any"),
      stops: ["aws-subnet-any: no association: the VPC's main route table has only the local route"],
    },
    {
      what: "that the subnet is not associated with, where the gateway propagates into the main one",
      change: (dev) =>
        withInputs(without(dev, "aws-routes-any"), "vpn-aws-propagation", {
          routeTableId: resourceNamed(dev, "aws-network").outputs["mainRouteTableId"] ?? "",
        }),
      stops: [],
    },
    {
      what: "that the subnet is not associated with, where it is the main one",
      change: (dev) =>
        withAdded(without(dev, "aws-routes-any"), {
          type: addedTypes.mainRouteTableAssociation,
          name: "main",
          inputs: { vpcId: idOf(dev, "aws-network"), routeTableId: idOf(dev, "aws-routes") },
        }),
      stops: [],
    },
    {
      what: "that the subnet is not associated with, where the main one was adopted and has other routes",
      change: (dev) =>
        withAdded(without(dev, "aws-routes-any"), {
          type: addedTypes.defaultRouteTable,
          name: "adopted",
          inputs: {
            defaultRouteTableId: resourceNamed(dev, "aws-network").outputs["mainRouteTableId"] ?? "",
            propagatingVgws: [idOf(dev, "vpn-aws-gateway")],
            routes: [{ cidrBlock: "10.0.1.0/30", instanceId: "i-1" }],
          },
        }),
      stops: ["adopted: route 10.0.1.0/30 sends 10.0.1.0/30 to i-1"],
    },
    {
      what: "that is none of the stack's",
      change: (dev) => changedRaw(dev, "aws-routes-any", { routeTableId: "rtb-other" }),
      stops: ["aws-subnet-any: not judged: its route table is none of the stack's"],
    },
  ];
  for (const { what, change, stops: expected } of cases)
    it(`${expected.length === 0 ? "leads back" : "is told"} ${what}`, async () => {
      const { recording } = await devStack();
      expect(stops(change(recording))).to.deep.equal(expected);
    });
});

describe("A network ACL in AWS", () => {
  const allow = (number: number, more: Props): Props => ({
    ruleNo: number,
    action: "allow",
    protocol: "tcp",
    fromPort: 0,
    toPort: 65_535,
    cidrBlock: "0.0.0.0/0",
    ...more,
  });
  const deny = (number: number, more: Props): Props => allow(number, { action: "deny", ...more });
  const inHttps = allow(100, { fromPort: 443, toPort: 443, cidrBlock: "10.0.1.0/24" });
  const outClients = allow(100, { fromPort: 1024, toPort: 65_535, cidrBlock: "10.0.1.0/24" });
  const acl = (recording: Recording, inputs: Props): AddedResource => ({
    type: addedTypes.networkAcl,
    name: "acl",
    inputs: {
      vpcId: idOf(recording, "aws-network"),
      subnetIds: [idOf(recording, "aws-subnet-any")],
      ...inputs,
    },
  });
  for (const { what, inputs, stops: expected } of [
    { what: "HTTPS in, answers out", inputs: { ingress: [inHttps], egress: [outClients] }, stops: [] },
    {
      what: "everything both ways",
      inputs: {
        ingress: [allow(100, { protocol: "-1", fromPort: 0, toPort: 0 })],
        egress: [allow(100, { protocol: "-1", fromPort: 0, toPort: 0 })],
      },
      stops: [],
    },
    {
      what: "nothing at all",
      inputs: {},
      stops: ["acl: no rule matches, which denies", "acl: no rule matches, which denies"],
    },
    {
      what: "HTTPS in, nothing out",
      inputs: { ingress: [inHttps] },
      stops: ["acl: no rule matches, which denies"],
    },
    {
      what: "HTTPS in, out only to port 443",
      inputs: { ingress: [inHttps], egress: [{ ...outClients, fromPort: 443, toPort: 443 }] },
      stops: ["acl: no rule matches, which denies"],
    },
    {
      what: "HTTPS in, out only to the ports that Linux picks",
      inputs: { ingress: [inHttps], egress: [{ ...outClients, fromPort: 32_768, toPort: 60_999 }] },
      stops: ["acl: rule 100 (allow), no rule matches, which denies: they stop port 1024–32767, 61000–65535"],
    },
    {
      what: "HTTPS in from a half of the clients",
      inputs: { ingress: [{ ...inHttps, cidrBlock: "10.0.1.0/29" }], egress: [outClients] },
      stops: ["acl: rule 100 (allow), no rule matches, which denies: they stop 10.0.1.8/29"],
    },
    {
      what: "HTTPS in from both halves of the clients",
      inputs: {
        ingress: [
          { ...inHttps, cidrBlock: "10.0.1.0/29" },
          { ...inHttps, ruleNo: 101, cidrBlock: "10.0.1.8/29" },
        ],
        egress: [outClients],
      },
      stops: [],
    },
    {
      what: "a denial before the permission",
      inputs: { ingress: [inHttps, deny(99, { cidrBlock: "10.0.1.4/32" })], egress: [outClients] },
      stops: ["acl: rule 99 (deny), rule 100 (allow): they stop 10.0.1.4/32"],
    },
    {
      what: "a denial after the permission",
      inputs: { ingress: [inHttps, deny(101, {})], egress: [outClients] },
      stops: [],
    },
    {
      what: "UDP only",
      inputs: { ingress: [{ ...inHttps, protocol: "udp" }], egress: [outClients] },
      stops: ["acl: no rule matches, which denies"],
    },
  ])
    it(`with ${what} ${expected.length === 0 ? "lets the packet pass both ways" : "is told"}`, async () => {
      const { recording } = await devStack();
      expect(stops(withAdded(recording, acl(recording, inputs)))).to.deep.equal(expected);
    });

  it("is read in parts: association and rules beside it", async () => {
    const { recording } = await devStack();
    const parts = (ports: number) =>
      withAdded(
        recording,
        { type: addedTypes.networkAcl, name: "acl", inputs: { vpcId: idOf(recording, "aws-network") } },
        {
          type: addedTypes.networkAclAssociation,
          name: "association",
          inputs: { networkAclId: "acl", subnetId: idOf(recording, "aws-subnet-any") },
        },
        ...[false, true].map((egress) => ({
          type: addedTypes.networkAclRule,
          name: `rule-${String(egress)}`,
          inputs: {
            networkAclId: "acl",
            ruleNumber: 1,
            ruleAction: "allow",
            protocol: "6",
            egress,
            cidrBlock: "10.0.0.0/8",
            fromPort: ports,
            toPort: 65_535,
          },
        })),
      );
    expect(stops(parts(443))).to.deep.equal([]);
    expect(stops(parts(1025))).to.deep.equal([
      "acl: no rule matches, which denies",
      "acl: rule 1 (allow), no rule matches, which denies: they stop port 1024",
    ]);
  });

  it("is the VPC's default one where rules are added to that, which lets the rest through", async () => {
    const { recording } = await devStack();
    const networkAclId = resourceNamed(recording, "aws-network").outputs["defaultNetworkAclId"] ?? "";
    const denied = withAdded(recording, {
      type: addedTypes.networkAclRule,
      name: "rule",
      inputs: {
        networkAclId,
        ruleNumber: 50,
        ruleAction: "deny",
        protocol: "tcp",
        cidrBlock: "10.0.1.0/30",
        fromPort: 443,
        toPort: 443,
      },
    });
    expect(stops(denied)).to.deep.equal([
      "aws-network: rule 50 (deny), rule 100 (allow): they stop 10.0.1.0/30",
    ]);
  });

  it("denies everything where the default one is adopted without rules", async () => {
    const { recording } = await devStack();
    const defaultNetworkAclId = resourceNamed(recording, "aws-network").outputs["defaultNetworkAclId"] ?? "";
    const adopted = { type: addedTypes.defaultNetworkAcl, name: "adopted", inputs: { defaultNetworkAclId } };
    expect(stops(withAdded(recording, adopted))).to.deep.equal([
      "adopted: no rule matches, which denies",
      "adopted: no rule matches, which denies",
    ]);
  });

  it("is not judged where it is none of the stack's", async () => {
    const { recording } = await devStack();
    const association = {
      type: addedTypes.networkAclAssociation,
      name: "association",
      inputs: { networkAclId: "acl-other", subnetId: idOf(recording, "aws-subnet-any") },
    };
    const told = "association: not judged: the network ACL is none of the stack's";
    expect(stops(withAdded(recording, association))).to.deep.equal([told, told]);
  });
});

describe("A route table in Azure", () => {
  const tableId = "/subscriptions/1/resourceGroups/g/providers/Microsoft.Network/routeTables/table";
  const table = (inputs: Props): AddedResource => ({
    type: addedTypes.azureRouteTable,
    name: "table",
    id: tableId,
    inputs: { resourceGroupName: "g", routeTableName: "table", ...inputs },
    outputs: { name: "table" },
  });
  const to = (addressPrefix: string, nextHopType: string, more: Props = {}): Props => ({
    name: `to-${nextHopType}`,
    addressPrefix,
    nextHopType,
    ...more,
  });
  const on = (recording: Recording, subnet: string, inputs: Props) =>
    withAdded(changedRaw(recording, subnet, { routeTable: { id: tableId.toUpperCase() } }), table(inputs));

  for (const { what, inputs, stops: expected } of [
    { what: "no routes", inputs: {}, stops: [] },
    {
      what: "a default route to a firewall",
      inputs: { routes: [to("0.0.0.0/0", "VirtualAppliance")] },
      stops: [],
    },
    {
      what: "half of AWS's network to a firewall",
      inputs: { routes: [to("10.0.0.128/25", "VirtualAppliance", { nextHopIpAddress: "10.0.1.20" })] },
      stops: ["table: 10.0.0.128/25 goes to VirtualAppliance 10.0.1.20 (route to-VirtualAppliance)"],
    },
    {
      what: "AWS's network into nothing",
      inputs: { routes: [to("10.0.0.0/24", "None")] },
      stops: ["table: 10.0.0.0/24 goes to None (route to-None)"],
    },
    {
      what: "a wider network into nothing",
      inputs: { routes: [to("10.0.0.0/16", "None")] },
      stops: [],
    },
    {
      what: "one address to the internet",
      inputs: { routes: [to("10.0.0.4/32", "Internet")] },
      stops: ["table: 10.0.0.4/32 goes to Internet (route to-Internet)"],
    },
    {
      what: "AWS's network to the gateway",
      inputs: { routes: [to("10.0.0.0/24", "VirtualNetworkGateway")] },
      stops: [],
    },
    {
      what: "propagation switched off",
      inputs: { disableBgpRoutePropagation: true },
      stops: ["table: 10.0.0.0/24 goes to None (Azure's own route); propagation is switched off"],
    },
    {
      what: "propagation switched off and a route to the gateway",
      inputs: { disableBgpRoutePropagation: true, routes: [to("10.0.0.0/24", "VirtualNetworkGateway")] },
      stops: [],
    },
    {
      what: "a service tag to a firewall",
      inputs: { routes: [to("AzureCloud", "VirtualAppliance")] },
      stops: [
        "table: not judged: the route to-VirtualAppliance to AzureCloud may take a part of it to VirtualAppliance",
      ],
    },
  ])
    it(`on the client subnet ${expected.length === 0 ? "leads to the gateway" : "is told"} with ${what}`, async () => {
      const { recording } = await devStack();
      expect(stops(on(recording, "azure-client-subnet", inputs))).to.deep.equal(expected);
    });

  for (const { what, inputs, stops: expected } of [
    { what: "no routes", inputs: {}, stops: [] },
    {
      what: "a route to other networks",
      inputs: { routes: [to("10.9.0.0/16", "VirtualAppliance")] },
      stops: [],
    },
    {
      what: "the virtual network kept local",
      inputs: { routes: [to("10.0.1.0/24", "VnetLocal")] },
      stops: [],
    },
    {
      what: "the clients behind a firewall",
      inputs: { routes: [to("10.0.1.0/28", "VirtualAppliance", { nextHopIpAddress: "10.0.1.20" })] },
      stops: [
        "table: after the tunnel 10.0.1.0/28 goes to VirtualAppliance 10.0.1.20 (route to-VirtualAppliance)",
      ],
    },
    {
      what: "a half of the clients into nothing",
      inputs: { routes: [to("10.0.1.0/29", "None")] },
      stops: ["table: after the tunnel 10.0.1.0/29 goes to None (route to-None)"],
    },
    {
      what: "a default route",
      inputs: { routes: [to("0.0.0.0/0", "Internet")] },
      stops: ["table: Azure supports no route to 0.0.0.0/0 on the GatewaySubnet"],
    },
    {
      what: "propagation switched off",
      inputs: { disableBgpRoutePropagation: true },
      stops: ["table: without propagation in its subnet's route table the gateway does not work"],
    },
  ])
    it(`on the GatewaySubnet ${expected.length === 0 ? "lets the answer through" : "is told"} with ${what}`, async () => {
      const { recording } = await devStack();
      expect(stops(on(recording, "azure-gateway-subnet", inputs))).to.deep.equal(expected);
    });

  it("on the GatewaySubnet is told where it keeps the tunnels in", async () => {
    const { recording } = await devStack();
    const outside = resourceNamed(recording, "vpn-aws-connection1").outputs["tunnel1Address"];
    if (typeof outside !== "string") throw new Error("the tunnel has no address");
    const routes = [to(`${outside}/32`, "None")];
    expect(stops(on(recording, "azure-gateway-subnet", { routes }))).to.deep.equal([
      `table: the tunnels do not get out of the GatewaySubnet: ${outside}/32 goes to None (route to-None)`,
    ]);
  });

  it("has the routes that are resources of their own", async () => {
    const { recording } = await devStack();
    const route = {
      type: addedTypes.azureRoute,
      name: "route",
      inputs: {
        resourceGroupName: "g",
        routeTableName: "table",
        addressPrefix: "10.0.0.0/24",
        nextHopType: "None",
      },
      outputs: { name: "drop" },
    };
    expect(stops(withAdded(on(recording, "azure-client-subnet", {}), route))).to.deep.equal([
      "table: 10.0.0.0/24 goes to None (route drop)",
    ]);
  });

  for (const subnet of ["azure-client-subnet", "azure-gateway-subnet"])
    it(`is not judged on ${subnet} where it is none of the stack's`, async () => {
      const { recording } = await devStack();
      const [told = ""] = stops(changedRaw(recording, subnet, { routeTable: { id: "/rt" } }));
      expect(told).to.include("not judged").and.to.include("a route table that is none of the stack's (/rt)");
    });
});

describe("Rules in parts", () => {
  it("let all clients in where several cover them together", async () => {
    const { recording } = await devStack();
    const half = (cidrIpv4: string) => withInputs(recording, "s3-https-from-azure", { cidrIpv4 });
    const rule = resourceNamed(recording, "s3-https-from-azure");
    const other = { ...rule, name: "other-half", inputs: { ...rule.inputs, cidrIpv4: "10.0.1.8/29" } };
    expect(stops(half("10.0.1.0/29"))).to.deep.equal([
      "s3-endpoint-security-group: no ingress rule for tcp 443 from 10.0.1.8/29",
    ]);
    expect(stops(withAdded(half("10.0.1.0/29"), other))).to.deep.equal([]);
  });

  it("let all clients out where several cover them together", async () => {
    const { recording } = await devStack();
    const [allow, deny] = resourceNamed(recording, "azure-client-security-group").inputs[
      "securityRules"
    ] as readonly Props[];
    if (allow === undefined || deny === undefined) throw new Error("the group has no rules");
    const rules = (...securityRules: readonly Props[]) =>
      withInputs(recording, "azure-client-security-group", { securityRules });
    const low = { ...allow, sourceAddressPrefix: "10.0.1.0/29" };
    const high = { ...allow, name: "High", priority: 150, sourceAddressPrefix: "10.0.1.8/29" };
    expect(stops(rules(low, high, deny))).to.deep.equal([]);
    expect(stops(rules(low, { ...high, sourceAddressPrefix: "10.0.1.12/30" }, deny))).to.deep.equal([
      "azure-client-security-group: AllowHttpsToAws, High, DenyOtherOut: they stop 10.0.1.8/30",
    ]);
    expect(stops(rules(low, { ...high, sourcePortRange: "1024-65535" }, deny))).to.deep.equal([
      "azure-client-security-group: AllowHttpsToAws, High, DenyOtherOut: they stop 10.0.1.8/29 from port 0–1023",
    ]);
  });

  it("are read from Azure's rules beside the group as well", async () => {
    const { recording } = await devStack();
    const group = resourceNamed(recording, "azure-client-security-group");
    const denial = {
      type: addedTypes.azureSecurityRule,
      name: "denial",
      inputs: {
        resourceGroupName: group.inputs["resourceGroupName"] ?? "",
        networkSecurityGroupName: group.outputs["name"] ?? "",
        priority: 90,
        direction: "Outbound",
        access: "Deny",
        protocol: "*",
        sourceAddressPrefix: "10.0.1.4",
        sourcePortRange: "*",
        destinationAddressPrefix: "*",
        destinationPortRange: "*",
      },
      outputs: { name: "Quarantine" },
    };
    expect(stops(withAdded(recording, denial))).to.deep.equal([
      "azure-client-security-group: Quarantine, AllowHttpsToAws: they stop 10.0.1.4/32",
    ]);
  });
});

describe("A VPC with a second network", () => {
  const second = (recording: Recording): AddedResource => ({
    type: addedTypes.vpcIpv4CidrBlockAssociation,
    name: "second",
    inputs: { vpcId: idOf(recording, "aws-network"), cidrBlock: "10.5.0.0/24" },
  });

  it("needs it in Azure's site, where tunnels are static", async () => {
    const { recording } = await devStack();
    const wider = withAdded(recording, second(recording));
    expect(stops(wider)).to.include(
      "vpn-tunnel1-azure-connection: tunnel1: networks behind AWS differ: Azure's local network gateway lists the VPC's network, and nothing else",
    );
    const listed = withInputs(recording, "vpn-tunnel1-azure-site", {
      localNetworkAddressSpace: { addressPrefixes: ["10.0.0.0/24", "10.5.0.0/24"] },
    });
    expect(stops(withAdded(listed, second(recording)))).to.deep.equal([]);
  });

  it("may hold the endpoint's subnet", async () => {
    const { recording } = await devStack();
    const moved = changedRaw(recording, "aws-subnet-any", { cidrBlock: "10.5.0.0/28" });
    expect(stops(moved)).to.include("s3-endpoint: the endpoint's subnet is not in the endpoint's VPC");
    expect(stops(withAdded(moved, second(recording)))).not.to.include(
      "s3-endpoint: the endpoint's subnet is not in the endpoint's VPC",
    );
  });
});

/** Other inputs of one resource, without asking a cloud whether it takes them. */
function changedRaw(recording: Recording, name: string, inputs: Props): Recording {
  resourceNamed(recording, name);
  const resources = recording.resources.map((one) =>
    one.name === name ? { ...one, inputs: { ...one.inputs, ...inputs } } : one,
  );
  return { ...recording, resources };
}
