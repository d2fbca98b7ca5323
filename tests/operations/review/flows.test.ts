import { expect } from "chai";
import { compareFlows } from "../../../operations/review/flows/compare";
import { flowLines } from "../../../operations/review/flows/words";
import { review } from "../../../operations/review/judge";
import { markdown } from "../../../operations/review/markdown";
import type { Impact } from "../../../rehearsal/clouds/impact";
import { addedTypes, awsTypes, azureTypes } from "../../../rehearsal/model/resourceTypes";
import { type Shown, shownPreview, unknown } from "./shown";

const ingress = awsTypes.securityGroupIngressRule;
const vpc: Shown = { op: "same", type: awsTypes.vpc, name: "aws", before: { cidrBlock: "10.0.0.0/24" } };
const vnet: Shown = {
  op: "same",
  type: azureTypes.virtualNetwork,
  name: "azure",
  before: { virtualNetworkName: "azure", addressSpace: { addressPrefixes: ["10.1.0.0/22"] } },
};
const group: Shown = { op: "same", type: awsTypes.securityGroup, name: "group", id: "sg-1", before: {} };
const https = (cidrIpv4: string, more: object = {}) => ({
  securityGroupId: "sg-1",
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  cidrIpv4,
  ...more,
});
const rule = (op: Shown["op"], name: string, before?: object, after?: object): Shown => ({
  op,
  type: ingress,
  name,
  ...(before === undefined ? {} : { before: before as Record<string, unknown> }),
  ...(after === undefined ? {} : { after: after as Record<string, unknown> }),
});

/** Lines and impact of a change among what both clouds have. */
function told(steps: readonly Shown[]) {
  const found = review(shownPreview([vpc, vnet, ...steps]));
  return { lines: found.flows.flatMap(flowLines), impact: found.impact, text: markdown(found) };
}

interface Row {
  readonly that: string;
  readonly steps: readonly Shown[];
  readonly lines: readonly string[];
  readonly impact: Impact;
}

const list = (prefixListId: string) => ({ cidrIpv4: undefined, prefixListId });

const groupRows: readonly Row[] = [
  {
    that: "a new rule",
    steps: [group, rule("create", "new", undefined, https("10.9.0.0/16"))],
    lines: ["- `group`:", "  - opens inbound tcp 443 from 10.9.0.0/16 to anywhere"],
    impact: "access",
  },
  {
    that: "a new rule for what another lets in already",
    steps: [
      group,
      rule("same", "wide", https("10.0.0.0/8")),
      rule("create", "new", undefined, https("10.9.0.0/16")),
    ],
    lines: ["- `group`: the same flows as before."],
    impact: "none",
  },
  {
    that: "a rule less that another does without",
    steps: [group, rule("same", "wide", https("10.0.0.0/8")), rule("delete", "old", https("10.1.0.0/24"))],
    lines: ["- `group`: the same flows as before."],
    impact: "none",
  },
  {
    that: "a rule less that the clients need",
    steps: [group, rule("delete", "old", https("10.1.0.0/24"))],
    lines: ["- `group`:", "  - closes inbound tcp 443 from 10.1.0.0/24 to anywhere"],
    impact: "access",
  },
  {
    that: "a rule less for somebody else",
    steps: [group, rule("delete", "old", https("192.168.0.0/24"))],
    lines: ["- `group`:", "  - closes inbound tcp 443 from 192.168.0.0/24 to anywhere"],
    impact: "less-access",
  },
  {
    that: "a rule less for another port of the clients",
    steps: [group, rule("delete", "old", https("10.1.0.0/24", { fromPort: 80, toPort: 80 }))],
    lines: ["- `group`:", "  - closes inbound tcp 80 from 10.1.0.0/24 to anywhere"],
    impact: "less-access",
  },
  {
    that: "a rule in two halves",
    steps: [
      group,
      rule("update", "one", https("10.1.0.0/24"), https("10.1.0.0/25")),
      rule("create", "other", undefined, https("10.1.0.128/25")),
    ],
    lines: ["- `group`: the same flows as before."],
    impact: "none",
  },
  {
    that: "a rule in two halves, one too short",
    steps: [
      group,
      rule("update", "one", https("10.1.0.0/24"), https("10.1.0.0/25")),
      rule("create", "other", undefined, https("10.1.0.128/26")),
    ],
    lines: ["- `group`:", "  - closes inbound tcp 443 from 10.1.0.192/26 to anywhere"],
    impact: "access",
  },
  {
    that: "the protocol by its number",
    steps: [group, rule("update", "one", https("10.1.0.0/24"), https("10.1.0.0/24", { ipProtocol: "6" }))],
    lines: ["- `group`: the same flows as before."],
    impact: "none",
  },
  {
    that: "another description",
    steps: [group, rule("update", "one", https("10.1.0.0/24"), https("10.1.0.0/24", { description: "x" }))],
    lines: [],
    impact: "none",
  },
  {
    that: "more ports",
    steps: [group, rule("update", "one", https("10.1.0.0/24"), https("10.1.0.0/24", { fromPort: 440 }))],
    lines: ["- `group`:", "  - opens inbound tcp 440–442 from 10.1.0.0/24 to anywhere"],
    impact: "access",
  },
  {
    that: "every protocol, by inline rules too",
    steps: [
      {
        ...group,
        op: "update",
        after: { ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["10.1.0.0/24"] }] },
      },
      rule("same", "one", https("10.1.0.0/24")),
    ],
    lines: [
      "- `group`:",
      "  - opens inbound tcp 0–442, 444–65535 from 10.1.0.0/24 to anywhere",
      "  - opens inbound any but tcp from 10.1.0.0/24 to anywhere",
    ],
    impact: "access",
  },
  {
    that: "another group in place of a network",
    steps: [
      group,
      rule("update", "one", https("192.168.0.0/24"), {
        ...https(""),
        cidrIpv4: undefined,
        referencedSecurityGroupId: "sg-9",
      }),
    ],
    lines: [
      "- `group`:",
      "  - opens inbound tcp 443 from all but 192.168.0.0/24 (in sg-9) to anywhere",
      "  - closes inbound tcp 443 from 192.168.0.0/24 (not in sg-9) to anywhere",
    ],
    impact: "access",
  },
  {
    that: "a prefix list in place of another",
    steps: [
      group,
      rule("update", "one", { ...https(""), ...list("pl-1") }, { ...https(""), ...list("pl-2") }),
    ],
    lines: [
      "- `group`:",
      "  - opens inbound tcp 443 from anywhere (in pl-2 and not in pl-1) to anywhere",
      "  - closes inbound tcp 443 from anywhere (in pl-1 and not in pl-2) to anywhere",
    ],
    impact: "access",
  },
  {
    that: "a prefix list that stays, with the protocol by its number",
    steps: [
      group,
      rule(
        "update",
        "one",
        { ...https(""), ...list("pl-1") },
        { ...https(""), ...list("pl-1"), ipProtocol: "6" },
      ),
    ],
    lines: ["- `group`: the same flows as before."],
    impact: "none",
  },
  {
    that: "what is in a prefix list, which nobody knows here",
    steps: [
      group,
      rule("same", "one", { ...https(""), ...list("pl-1") }),
      {
        op: "update",
        type: "aws:ec2/managedPrefixList:ManagedPrefixList",
        name: "clients",
        id: "pl-1",
        before: { entries: [{ cidr: "10.1.0.0/24" }] },
        after: { entries: [{ cidr: "0.0.0.0/0" }] },
      },
    ],
    lines: [],
    impact: "unknown",
  },
  {
    that: "every type of ICMP",
    steps: [
      group,
      rule(
        "create",
        "ping",
        undefined,
        https("10.1.0.0/24", { ipProtocol: "icmp", fromPort: -1, toPort: -1 }),
      ),
    ],
    lines: ["- `group`:", "  - opens inbound icmp from 10.1.0.0/24 to anywhere"],
    impact: "access",
  },
  {
    that: "IPv6 beside IPv4",
    steps: [
      group,
      rule("same", "four", https("0.0.0.0/0")),
      rule("create", "six", undefined, { ...https(""), cidrIpv4: undefined, cidrIpv6: "::/0" }),
    ],
    lines: ["- `group`:", "  - opens inbound tcp 443 from ::/0 to anywhere"],
    impact: "access",
  },
  {
    that: "a way out",
    steps: [
      group,
      { ...rule("create", "out", undefined, https("0.0.0.0/0")), type: addedTypes.securityGroupEgressRule },
    ],
    lines: ["- `group`:", "  - opens outbound tcp 443 from anywhere to 0.0.0.0/0"],
    impact: "access",
  },
];

const nsgRule = (
  priority: number,
  access: "Allow" | "Deny",
  from: string,
  to: string,
  more: object = {},
) => ({
  name: `r${String(priority)}`,
  priority,
  access,
  direction: "Outbound",
  protocol: "Tcp",
  sourceAddressPrefix: from,
  sourcePortRange: "*",
  destinationAddressPrefix: to,
  destinationPortRange: "443",
  ...more,
});
const nsg = (before: readonly object[], after: readonly object[]): Shown => ({
  op: "update",
  type: azureTypes.networkSecurityGroup,
  name: "nsg",
  before: { networkSecurityGroupName: "nsg", securityRules: before },
  after: { networkSecurityGroupName: "nsg", securityRules: after },
});
const toAws = nsgRule(110, "Allow", "10.1.0.0/24", "10.0.0.0/24");
const denyAll = nsgRule(200, "Deny", "*", "*", { protocol: "*", destinationPortRange: "*" });

const toTwo = nsgRule(120, "Allow", "10.1.0.0/24", "", {
  destinationAddressPrefix: undefined,
  destinationAddressPrefixes: ["10.50.0.0/16", "100.64.0.0/20"],
});

const toTag = (tag: string) => nsgRule(110, "Allow", "10.1.0.0/24", tag);
const fromGroup = (id: string) =>
  nsgRule(110, "Allow", "", "10.0.0.0/24", {
    sourceAddressPrefix: undefined,
    sourceApplicationSecurityGroups: [{ id }],
  });

const nsgRows: readonly Row[] = [
  {
    that: "a rule with two prefixes that are apart",
    steps: [nsg([toAws, denyAll], [toAws, toTwo, denyAll])],
    lines: ["- `nsg`:", "  - opens outbound tcp 443 from 10.1.0.0/24 to 10.50.0.0/16, 100.64.0.0/20"],
    impact: "access",
  },
  {
    that: "rules in another order of the list",
    steps: [nsg([toAws, denyAll], [denyAll, toAws])],
    lines: ["- `nsg`: the same flows as before."],
    impact: "none",
  },
  {
    that: "rules with other names and priorities",
    steps: [
      nsg(
        [toAws, denyAll],
        [
          { ...denyAll, priority: 4000, name: "x" },
          { ...toAws, priority: 300 },
        ],
      ),
    ],
    lines: ["- `nsg`: the same flows as before."],
    impact: "none",
  },
  {
    that: "priorities that change places",
    steps: [nsg([toAws, denyAll], [{ ...toAws, priority: 300 }, denyAll])],
    lines: ["- `nsg`:", "  - closes outbound tcp 443 from 10.1.0.0/24 to 10.0.0.0/24"],
    impact: "access",
  },
  {
    that: "a network in two rules",
    steps: [
      nsg(
        [toAws, denyAll],
        [
          nsgRule(110, "Allow", "10.1.0.0/25", "10.0.0.0/24"),
          nsgRule(111, "Allow", "10.1.0.128/25", "10.0.0.0/24"),
          denyAll,
        ],
      ),
    ],
    lines: ["- `nsg`: the same flows as before."],
    impact: "none",
  },
  {
    that: "a denial without effect",
    steps: [nsg([toAws, denyAll], [toAws, nsgRule(150, "Deny", "10.1.0.0/24", "10.0.0.0/24"), denyAll])],
    lines: ["- `nsg`: the same flows as before."],
    impact: "none",
  },
  {
    that: "a denial that comes first",
    steps: [nsg([toAws, denyAll], [nsgRule(100, "Deny", "10.1.0.0/28", "*"), toAws, denyAll])],
    lines: ["- `nsg`:", "  - closes outbound tcp 443 from 10.1.0.0/28 to 10.0.0.0/24"],
    impact: "access",
  },
  {
    that: "what Azure allows after all rules, said in a rule",
    steps: [
      nsg(
        [toAws],
        [toAws, nsgRule(4000, "Allow", "*", "Internet", { protocol: "*", destinationPortRange: "*" })],
      ),
    ],
    lines: ["- `nsg`: the same flows as before."],
    impact: "none",
  },
  {
    that: "a service tag in place of another",
    steps: [nsg([toTag("Storage"), denyAll], [toTag("Sql"), denyAll])],
    lines: [
      "- `nsg`:",
      "  - opens outbound tcp 443 from 10.1.0.0/24 to all but 10.0.0.0/24, 10.1.0.0/22 (in Sql and not in Storage and not in VirtualNetwork; in VirtualNetwork and in Sql and not in Storage)",
      "  - opens outbound tcp 443 from 10.1.0.0/24 to 10.0.0.0/24, 10.1.0.0/22 (in VirtualNetwork and in Sql and not in Storage)",
      "  - closes outbound tcp 443 from 10.1.0.0/24 to all but 10.0.0.0/24, 10.1.0.0/22 (in Storage and not in VirtualNetwork and not in Sql; in Storage and in VirtualNetwork and not in Sql)",
      "  - closes outbound tcp 443 from 10.1.0.0/24 to 10.0.0.0/24, 10.1.0.0/22 (in Storage and in VirtualNetwork and not in Sql)",
    ],
    impact: "access",
  },
  {
    that: "an application security group in place of another",
    steps: [nsg([fromGroup("one"), denyAll], [fromGroup("two"), denyAll])],
    lines: [
      "- `nsg`:",
      "  - opens outbound tcp 443 from anywhere (in VirtualNetwork and in two and not in one) to 10.0.0.0/24",
      "  - closes outbound tcp 443 from anywhere (in one and in VirtualNetwork and not in two) to 10.0.0.0/24",
    ],
    impact: "access",
  },
  {
    that: "a machine that joins an application security group",
    steps: [
      {
        op: "update",
        type: azureTypes.networkInterface,
        name: "nic",
        before: { ipConfigurations: [{ name: "ip" }] },
        after: { ipConfigurations: [{ name: "ip", applicationSecurityGroups: [{ id: "one" }] }] },
      },
    ],
    lines: [],
    impact: "access",
  },
  {
    that: "the denial of everything gone, which leaves Azure's own rules",
    steps: [nsg([toAws, denyAll], [toAws])],
    lines: [
      "- `nsg`:",
      "  - opens outbound tcp from all but 10.1.0.0/24 to anywhere",
      "  - opens outbound tcp from 10.1.0.0/24 to all but 10.0.0.0/24",
      "  - opens outbound tcp 0–442, 444–65535 from 10.1.0.0/24 to 10.0.0.0/24",
      "  - opens outbound any but tcp from anywhere to anywhere",
    ],
    impact: "access",
  },
  {
    that: "denials of everything in place of those about AWS alone",
    steps: [
      nsg(
        [
          toAws,
          nsgRule(200, "Deny", "*", "10.0.0.0/24", { protocol: "*", destinationPortRange: "*" }),
          nsgRule(201, "Deny", "10.0.0.0/24", "*", {
            ...{ direction: "Inbound", protocol: "*", destinationPortRange: "*" },
          }),
        ],
        [
          toAws,
          { ...denyAll, priority: 4096 },
          { ...denyAll, name: "in", priority: 4096, direction: "Inbound" },
        ],
      ),
    ],
    lines: [
      "- `nsg`:",
      "  - closes inbound any protocol from 10.1.0.0/22, 168.63.129.16/32 to anywhere",
      "  - closes inbound any protocol from all but 10.0.0.0/24, 10.1.0.0/22, 168.63.129.16/32 (in VirtualNetwork) to anywhere",
      "  - closes outbound any protocol from anywhere to all but 10.0.0.0/24",
    ],
    impact: "less-access",
  },
  {
    that: "a part of the rules as resources of their own",
    steps: [
      nsg([toAws, denyAll], [denyAll]),
      {
        op: "create",
        type: addedTypes.azureSecurityRule,
        name: "beside",
        after: { ...toAws, networkSecurityGroupName: "nsg" },
      },
    ],
    lines: ["- `nsg`: the same flows as before."],
    impact: "none",
  },
];

const acl = (before: object, after: object): readonly Shown[] => [
  {
    op: "update",
    type: addedTypes.networkAcl,
    name: "acl",
    before: before as Record<string, unknown>,
    after: after as Record<string, unknown>,
  },
];
const entry = (ruleNo: number, action: string, cidrBlock: string, ports: readonly [number, number]) => ({
  ruleNo,
  action,
  protocol: "tcp",
  cidrBlock,
  fromPort: ports[0],
  toPort: ports[1],
});

const aclRows: readonly Row[] = [
  {
    that: "a denial with a lower number",
    steps: acl(
      { ingress: [entry(100, "allow", "10.1.0.0/22", [443, 443])] },
      {
        ingress: [
          entry(50, "deny", "10.1.0.0/24", [443, 443]),
          entry(100, "allow", "10.1.0.0/22", [443, 443]),
        ],
      },
    ),
    lines: ["- `acl`:", "  - closes inbound tcp 443 from 10.1.0.0/24 to anywhere"],
    impact: "unknown",
  },
  {
    that: "a denial with a higher number",
    steps: acl(
      { ingress: [entry(100, "allow", "10.1.0.0/22", [443, 443])] },
      {
        ingress: [
          entry(150, "deny", "10.1.0.0/24", [443, 443]),
          entry(100, "allow", "10.1.0.0/22", [443, 443]),
        ],
      },
    ),
    lines: ["- `acl`: the same flows as before."],
    impact: "unknown",
  },
];

for (const [what, rows] of [
  ["a security group of AWS", groupRows],
  ["a network security group of Azure", nsgRows],
  ["a network ACL", aclRows],
] as const)
  describe(`the flows through ${what}`, () => {
    for (const { that, steps, lines, impact } of rows)
      it(`are compared: ${that}`, () => {
        const found = told(steps);
        expect(found.lines).to.deep.equal(lines);
        expect(found.impact).to.equal(impact);
      });
  });

const table: Shown = {
  op: "same",
  type: awsTypes.routeTable,
  name: "table",
  id: "rtb-1",
  before: { vpcId: "aws" },
};
const subnet: Shown = {
  op: "same",
  type: awsTypes.subnet,
  name: "subnet",
  before: { vpcId: "aws", cidrBlock: "10.0.0.0/24" },
};
const associated: Shown = {
  op: "same",
  type: awsTypes.routeTableAssociation,
  name: "association",
  before: { routeTableId: "rtb-1", subnetId: "subnet" },
};
const gateway: Shown = { op: "same", type: awsTypes.vpnGateway, name: "gateway", id: "vgw-1", before: {} };
const connection: Shown = {
  op: "same",
  type: awsTypes.vpnConnection,
  name: "connection",
  before: { vpnGatewayId: "vgw-1", staticRoutesOnly: true },
};
const written: Shown = {
  op: "same",
  type: awsTypes.vpnConnectionRoute,
  name: "written",
  before: { vpnConnectionId: "connection", destinationCidrBlock: "10.1.0.0/22" },
};
const propagation = { routeTableId: "rtb-1", vpnGatewayId: "vgw-1" };
const aws = [table, subnet, associated, gateway, connection, written];
const propagates: Shown = {
  op: "same",
  type: awsTypes.vpnGatewayRoutePropagation,
  name: "propagation",
  before: propagation,
};
const route = (op: Shown["op"], destinationCidrBlock: string, gatewayId: string): Shown => ({
  op,
  type: addedTypes.route,
  name: destinationCidrBlock,
  [op === "delete" ? "before" : "after"]: { routeTableId: "rtb-1", destinationCidrBlock, gatewayId },
});

const azureSubnet = (routeTable?: object): Shown => ({
  op: routeTable === undefined ? "same" : "update",
  type: azureTypes.subnet,
  name: "clients",
  before: { subnetName: "clients", virtualNetworkName: "azure", addressPrefix: "10.1.0.0/24" },
  ...(routeTable === undefined
    ? {}
    : {
        after: {
          subnetName: "clients",
          virtualNetworkName: "azure",
          addressPrefix: "10.1.0.0/24",
          routeTable,
        },
      }),
});
const site: Shown = {
  op: "same",
  type: azureTypes.localNetworkGateway,
  name: "site",
  before: { localNetworkAddressSpace: { addressPrefixes: ["10.0.0.0/24"] } },
};
const azureTable = (routes: readonly object[]): Shown => ({
  op: "same",
  type: addedTypes.azureRouteTable,
  name: "udr",
  before: { routeTableName: "udr", routes },
});

const routeRows: readonly Row[] = [
  {
    that: "propagation switched off",
    steps: [...aws, { ...propagates, op: "delete" }],
    lines: ["- `subnet`:", "  - 10.1.0.0/22 goes nowhere, before gateway"],
    impact: "access",
  },
  {
    that: "propagation switched on",
    steps: [...aws, { op: "create", type: propagates.type, name: "propagation", after: propagation }],
    lines: ["- `subnet`:", "  - 10.1.0.0/22 goes to gateway, before nowhere"],
    impact: "access",
  },
  {
    that: "a more specific route to elsewhere",
    steps: [...aws, propagates, route("create", "10.1.0.0/24", "pcx-1")],
    lines: ["- `subnet`:", "  - 10.1.0.0/24 goes to pcx-1, before gateway"],
    impact: "access",
  },
  {
    that: "a wider route beside the more specific one",
    steps: [...aws, propagates, route("create", "10.0.0.0/8", "igw-1")],
    lines: [
      "- `subnet`:",
      "  - 10.0.1.0/24, 10.0.2.0/23, 10.0.4.0/22, 10.0.8.0/21, 10.0.16.0/20, 10.0.32.0/19, 10.0.64.0/18, 10.0.128.0/17 and 13 more goes to igw-1, before nowhere",
    ],
    impact: "access",
  },
  {
    that: "a route of the same destination, which beats the propagated one",
    steps: [...aws, propagates, route("create", "10.1.0.0/22", "vgw-1")],
    lines: ["- `subnet`: the same flows as before."],
    impact: "none",
  },
  {
    that: "a route table of Azure that sends the link elsewhere",
    steps: [
      site,
      azureTable([
        {
          name: "x",
          addressPrefix: "10.0.0.0/25",
          nextHopType: "VirtualAppliance",
          nextHopIpAddress: "10.1.0.9",
        },
      ]),
      azureSubnet({ id: "udr" }),
    ],
    lines: [
      "- `clients`:",
      "  - 10.0.0.0/25 goes to VirtualAppliance 10.1.0.9, before VirtualNetworkGateway",
    ],
    impact: "access",
  },
  {
    that: "a route table of Azure without a route",
    steps: [site, azureTable([]), azureSubnet({ id: "udr" })],
    lines: ["- `clients`: the same flows as before."],
    impact: "none",
  },
];

describe("the way of packets", () => {
  for (const { that, steps, lines, impact } of routeRows)
    it(`is compared: ${that}`, () => {
      const found = told(steps);
      expect(found.lines).to.deep.equal(lines);
      expect(found.impact).to.equal(impact);
    });
});

const ofIcmp = (given: object) => [group, rule("create", "new", undefined, https("10.1.0.0/24", given))];

describe("flows that are not compared", () => {
  for (const { that, steps, says } of [
    {
      that: "a network that is not known before the update",
      steps: [group, rule("create", "new", undefined, https(unknown))],
      says: "a rule is not known before the update",
    },
    {
      that: "some types of ICMP",
      steps: ofIcmp({ ipProtocol: "icmp", fromPort: 8, toPort: 0 }),
      says: "a rule is about some types of ICMP, which this review does not tell apart",
    },
    {
      that: "a type of ICMP that is left out",
      steps: ofIcmp({ ipProtocol: "1", fromPort: undefined, toPort: undefined }),
      says: "a rule is about some types of ICMP, which this review does not tell apart",
    },
    {
      that: "rules whose group the preview does not show",
      steps: [
        { ...group, op: "replace" as const },
        rule("replace", "one", https("10.1.0.0/24"), https("10.1.0.0/24", { securityGroupId: unknown })),
      ],
      says: "the preview does not show which rules belong to it",
    },
  ] as const)
    it(`keep the impact of their rule and say why: ${that}`, () => {
      const found = told(steps as readonly Shown[]);
      expect(found.lines).to.deep.equal([`- \`group\` is not compared: ${says}.`]);
      expect(found.impact).to.be.oneOf(["access", "address"]);
    });

  it("are none in a new stack", () => {
    const preview = { ...shownPreview([rule("create", "new", undefined, https("0.0.0.0/0"))]), isNew: true };
    expect(compareFlows(preview)).to.deep.equal([]);
  });
});

it("a rule that follows its group to a new one keeps its flows", () => {
  const follows = {
    ...rule("replace", "one", https("10.1.0.0/24"), https("10.1.0.0/24", { securityGroupId: unknown })),
    madeOf: { securityGroupId: group },
  };
  expect(told([{ ...group, op: "replace" }, follows]).lines).to.deep.equal([
    "- `group`: the same flows as before.",
  ]);
});

it("a preview without what does not change says what it leaves out", () => {
  const steps = [group, rule("create", "new", undefined, https("10.9.0.0/16"))];
  expect(markdown(review(shownPreview(steps, 3)))).to.include("The preview leaves out what does not change.");
  expect(markdown(review(shownPreview(steps)))).not.to.include("leaves out");
});
