import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import type { MockCallArgs, MockResourceArgs } from "@pulumi/pulumi/runtime";
import { SurroundingsError, type Obstacle } from "../../../network/existing/obstacle";
import { readSurroundings, type Surroundings } from "../../../network/existing/surroundings";
import { parseSettings } from "../../../settings/settings";
import { configWith } from "../../settings/validConfig";

/** What the clouds answer, as their providers show it; a test changes one thing of it. */
export type Answers = ReturnType<typeof surroundings>;

const subscription = "/subscriptions/11111111-1111-1111-1111-111111111111";
export const networkId = (name: string, group = "hub") =>
  `${subscription}/resourceGroups/${group}/providers/Microsoft.Network/${name}`;
export const hubId = networkId("virtualNetworks/hub");
export const appsId = networkId("virtualNetworks/apps");
export const newSpokeId = networkId("virtualNetworks/data");
export const gatewayId = networkId("virtualNetworkGateways/hub-vpn");

interface Rule {
  name: string;
  priority: number;
  direction: string;
  access: string;
  protocol: string;
  sourceAddressPrefix: string;
  sourcePortRange: string;
  destinationAddressPrefix: string;
  destinationPortRange: string;
}

/** A rule of a network security group: denies HTTPS to everything, save what a test says. */
export const deny = (rule: Partial<Rule>): Rule => ({
  ...{ name: "deny", priority: 200, direction: "Outbound", access: "Deny", protocol: "Tcp" },
  ...{
    sourceAddressPrefix: "*",
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: "443",
  },
  ...rule,
});

const allowAll = {
  ruleNo: 100,
  action: "allow",
  protocol: "-1",
  cidrBlock: "0.0.0.0/0",
  fromPort: 0,
  toPort: 0,
};

interface Peering {
  name: string;
  remoteVirtualNetwork: { id: string };
  remoteAddressSpace: { addressPrefixes: string[] };
  peeringState: string;
  allowGatewayTransit: boolean;
  useRemoteGateways: boolean;
  allowVirtualNetworkAccess?: boolean;
}

const peering = (name: string, remoteId: string, remote: string, more: Partial<Peering> = {}): Peering => ({
  name,
  remoteVirtualNetwork: { id: remoteId },
  remoteAddressSpace: { addressPrefixes: [remote] },
  peeringState: "Connected",
  allowGatewayTransit: false,
  useRemoteGateways: false,
  ...more,
});

const gatewayOf = (name: string, gatewayType: string, asn: number) => ({
  id: networkId(`virtualNetworkGateways/${name}`),
  name,
  location: "japaneast",
  gatewayType,
  vpnType: "RouteBased",
  sku: { name: gatewayType === "Vpn" ? "VpnGw2AZ" : "ErGw1AZ", tier: "" },
  activeActive: true,
  enableBgp: true,
  provisioningState: "Succeeded",
  natRules: [] as { name: string }[],
  tags: {} as Record<string, string>,
  ipConfigurations: [{ subnet: { id: `${hubId}/subnets/GatewaySubnet` } }],
  bgpSettings: {
    asn,
    bgpPeeringAddresses: [0, 1].map((instance) => ({
      ipconfigurationId: `${networkId(`virtualNetworkGateways/${name}`)}/ipConfigurations/instance${instance}`,
      defaultBgpIpAddresses: [`10.100.0.${4 + instance}`],
      tunnelIpAddresses: [`20.0.0.${1 + instance}`],
      customBgpIpAddresses: [
        `169.254.21.${100 + 4 * instance}`,
        ...(instance === 0 ? ["169.254.21.2", "169.254.22.2"] : ["169.254.21.6", "169.254.22.6"]),
      ],
    })),
  },
});

/** A hub with a spoke in Azure, and a VPC with two subnets in AWS: nothing is in the way. */
export function surroundings() {
  return {
    networks: {
      hub: {
        id: hubId,
        name: "hub",
        location: "japaneast",
        addressSpace: { addressPrefixes: ["10.100.0.0/22"] },
        subnets: [
          { name: "GatewaySubnet", addressPrefix: "10.100.0.0/26", ipConfigurations: [] as { id: string }[] },
          { name: "tools", addressPrefix: "10.100.1.0/24", ipConfigurations: [] as { id: string }[] },
        ] as Record<string, unknown>[],
        virtualNetworkPeerings: [peering("to-apps", appsId, "10.101.0.0/22", { allowGatewayTransit: true })],
      },
      apps: {
        id: appsId,
        name: "apps",
        location: "japaneast",
        addressSpace: { addressPrefixes: ["10.101.0.0/22"] },
        subnets: [
          {
            name: "web",
            addressPrefix: "10.101.0.0/24",
            routeTable: { id: networkId("routeTables/web") },
            networkSecurityGroup: { id: networkId("networkSecurityGroups/web") },
          },
        ] as Record<string, unknown>[],
        virtualNetworkPeerings: [peering("to-hub", hubId, "10.100.0.0/22", { useRemoteGateways: true })],
      },
      data: {
        id: newSpokeId,
        name: "data",
        location: "japaneast",
        addressSpace: { addressPrefixes: ["10.103.0.0/22"] },
        subnets: [] as Record<string, unknown>[],
        virtualNetworkPeerings: [] as Peering[],
      },
    },
    gateways: {
      "hub-vpn": gatewayOf("hub-vpn", "Vpn", 65_010),
      "hub-er": gatewayOf("hub-er", "ExpressRoute", 65_515),
    },
    tables: {
      web: {
        name: "web",
        disableBgpRoutePropagation: false,
        routes: [
          {
            name: "all",
            addressPrefix: "0.0.0.0/0",
            nextHopType: "VirtualAppliance",
            nextHopIpAddress: "10.100.1.4",
          },
        ] as Record<string, string>[],
      },
      gateway: { name: "gateway", disableBgpRoutePropagation: false, routes: [] as Record<string, string>[] },
    },
    groups: { web: { name: "web", securityRules: [deny({ destinationAddressPrefix: "Internet" })] } },
    vpc: {
      id: "vpc-0123456789abcdef0",
      cidrBlock: "10.50.0.0/16",
      cidrBlockAssociations: [
        { cidrBlock: "10.50.0.0/16", state: "associated" },
        { cidrBlock: "100.64.0.0/20", state: "associated" },
      ],
      ownerId: "123456789012",
      mainRouteTableId: "rtb-main",
    },
    caller: { accountId: "123456789012", arn: "arn:aws:iam::123456789012:user/x" },
    subnets: {
      "subnet-0000000000000000a": {
        vpcId: "vpc-0123456789abcdef0",
        cidrBlock: "10.50.1.0/24",
        availabilityZone: "ap-northeast-1a",
        availableIpAddressCount: 200,
        tableId: "rtb-a" as string | undefined,
      },
      "subnet-0000000000000000c": {
        vpcId: "vpc-0123456789abcdef0",
        cidrBlock: "10.50.2.0/24",
        availabilityZone: "ap-northeast-1c",
        availableIpAddressCount: 200,
        tableId: undefined as string | undefined,
      },
    },
    awsTables: {
      "rtb-a": { routes: [] as Record<string, string>[], propagatingVgws: [] as string[] },
      "rtb-main": { routes: [] as Record<string, string>[], propagatingVgws: [] as string[] },
    } as Record<string, { routes: Record<string, string>[]; propagatingVgws: string[] }>,
    acl: { ingress: [{ ...allowAll }], egress: [{ ...allowAll }] },
    vpnGateways: {} as Record<
      string,
      { attachedVpcId: string; amazonSideAsn: string; tags: Record<string, string> }
    >,
    serviceZones: ["ap-northeast-1a", "ap-northeast-1c"],
    /** Subnets of the stack's own endpoint. */
    endpointSubnetIds: undefined as string[] | undefined,
  };
}

function found<T>(items: Record<string, T>, key: unknown): T {
  const item = items[String(key)];
  if (item === undefined) {
    const details = `Code="ResourceNotFound" Message="${String(key)} was not found"`;
    // As gRPC hands errors on: the SDK reads `details`.
    throw Object.assign(new Error(details), { details });
  }
  return item;
}

/** Lets these surroundings answer every read, and notes what is registered. */
export function answerWith(answers: Answers, made: MockResourceArgs[] = []): Promise<void> {
  return pulumi.runtime.setMocks(
    { call: (args) => answer(answers, args), newResource: (args) => register(answers, args, made) },
    "azure-s3-privatelink",
    "joined",
    false,
  );
}

function answer(answers: Answers, args: MockCallArgs): Record<string, unknown> {
  const { token } = args;
  const inputs = args.inputs as Readonly<Record<string, unknown>>;
  switch (token) {
    case "azure-native:network:getVirtualNetwork":
      return found<Record<string, unknown>>(answers.networks, inputs["virtualNetworkName"]);
    case "azure-native:network:getVirtualNetworkGateway":
      return found<Record<string, unknown>>(answers.gateways, inputs["virtualNetworkGatewayName"]);
    case "azure-native:network:getRouteTable":
      return found<Record<string, unknown>>(answers.tables, inputs["routeTableName"]);
    case "azure-native:network:getNetworkSecurityGroup":
      return found<Record<string, unknown>>(answers.groups, inputs["networkSecurityGroupName"]);
    case "aws:ec2/getVpc:getVpc":
      return found<Record<string, unknown>>({ [answers.vpc.id]: answers.vpc }, inputs["id"]);
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return answers.caller;
    case "aws:ec2/getSubnet:getSubnet":
      return { id: String(inputs["id"]), ...found<Record<string, unknown>>(answers.subnets, inputs["id"]) };
    case "aws:ec2/getNetworkAcls:getNetworkAcls":
      return { ids: ["acl-1"] };
    case "aws:ec2/getRouteTable:getRouteTable": {
      const id =
        inputs["routeTableId"] ??
        found<{ tableId: string | undefined }>(answers.subnets, inputs["subnetId"]).tableId;
      return { routeTableId: id, routes: found(answers.awsTables, id).routes };
    }
    case "aws:ec2/getVpnGateway:getVpnGateway": {
      const vpcId = inputs["attachedVpcId"];
      if (vpcId !== undefined) {
        const [one] = Object.entries(answers.vpnGateways).filter(
          ([, { attachedVpcId }]) => attachedVpcId === vpcId,
        );
        const none = "reading EC2 VPN Gateway: no matching EC2 VPN Gateway found";
        if (one === undefined) throw Object.assign(new Error(none), { details: none });
        return { id: one[0], state: "available", ...one[1] };
      }
      return { id: String(inputs["id"]), state: "available", ...found(answers.vpnGateways, inputs["id"]) };
    }
    case "aws:ec2/getVpcEndpointService:getVpcEndpointService":
      return { availabilityZones: answers.serviceZones };
    case "aws:ec2/getVpcEndpoint:getVpcEndpoint":
      return { subnetIds: found({ own: answers.endpointSubnetIds }, "own") };
    default:
      throw new Error(`no answer for ${token}`);
  }
}

/** A read has an id; what is registered gets one. */
function register(answers: Answers, args: MockResourceArgs, made: MockResourceArgs[]) {
  if (args.id !== undefined && args.id !== "") {
    const state =
      args.type === "aws:ec2/routeTable:RouteTable" ? found(answers.awsTables, args.id) : answers.acl;
    return { id: args.id, state: state as Record<string, unknown> };
  }
  made.push(args);
  const id = args.type.startsWith("azure-native")
    ? networkId(`${args.type}/${args.name}`, "own")
    : `${args.name}-id`;
  return {
    id,
    state: {
      name: args.name,
      arn: `arn:aws:s3:::${args.name}`,
      ipAddress: "20.1.1.1",
      tunnel1Address: "52.0.0.1",
      tunnel2Address: "52.0.0.2",
      result: "made-up-key",
      secret: "made-up-secret",
      bucket: args.name,
      dnsEntries: [{ dnsName: "*.vpce-1.s3.ap-northeast-1.vpce.amazonaws.com" }],
      ...(args.inputs as object),
    },
  };
}

/** A stack that joins both sides, with gateways of its own and no BGP. */
export const joinBoth = {
  azureCidr: undefined,
  awsCidr: undefined,
  vpnTopology: "dual-tunnel",
  azureVirtualNetworkId: hubId,
  awsVpcId: "vpc-0123456789abcdef0",
  awsSubnetIds: ["subnet-0000000000000000a", "subnet-0000000000000000c"],
  azureClients: { web: "10.101.0.0/24" },
  deployers: ["arn:aws:iam::123456789012:user/x"],
} as const;

/** The same with the gateways that others use, and BGP. */
export const shareBoth = {
  ...joinBoth,
  vpnTopology: "active-active",
  azureGatewayId: gatewayId,
  awsGatewayId: "vgw-0123456789abcdef0",
} as const;

/** The surroundings of `shareBoth`. */
export function sharedSurroundings(): Answers {
  const answers = surroundings();
  answers.vpnGateways["vgw-0123456789abcdef0"] = {
    attachedVpcId: answers.vpc.id,
    amazonSideAsn: "64900",
    tags: {},
  };
  for (const table of Object.values(answers.awsTables)) table.propagatingVgws.push("vgw-0123456789abcdef0");
  return answers;
}

export async function read(
  settings: Readonly<Record<string, unknown>>,
  answers: Answers,
): Promise<Surroundings> {
  await answerWith(answers);
  return readSurroundings(parseSettings({ ...configWith(settings), stack: "joined" }).join);
}

/** The obstacles that reading and checking end in; none where there is nothing in the way. */
export async function obstacles(
  settings: Readonly<Record<string, unknown>>,
  answers: Answers,
): Promise<readonly Obstacle[]> {
  try {
    await noticed(() => read(settings, answers));
    return [];
  } catch (error) {
    if (!(error instanceof SurroundingsError)) throw error;
    return error.obstacles;
  }
}

/** What a preview says besides, as the program logs it. */
export async function noticed(run: () => Promise<unknown>): Promise<readonly string[]> {
  const { info } = pulumi.log;
  const notices: string[] = [];
  const note = (message: string) => {
    notices.push(message);
    return Promise.resolve();
  };
  Object.assign(pulumi.log, { info: note });
  try {
    await run();
  } finally {
    Object.assign(pulumi.log, { info });
  }
  return notices;
}

/** What the whole program registers in these surroundings, and exports. */
export async function deployIn(
  settings: Readonly<Record<string, unknown>>,
  answers: Answers,
): Promise<{
  readonly made: readonly MockResourceArgs[];
  readonly outputs: Readonly<Record<string, unknown>>;
}> {
  const before = pulumi.runtime.allConfig();
  const made: MockResourceArgs[] = [];
  await answerWith(answers, made);
  const values = Object.entries(configWith(settings).values).map(([key, value]) => [
    key.includes(":") ? key : `azure-s3-privatelink:${key}`,
    value,
  ]);
  pulumi.runtime.setAllConfig(Object.fromEntries(values) as Record<string, string>);
  try {
    const program = createRequire(__filename).resolve("../../../index");
    // The program runs when it is loaded.
    Reflect.deleteProperty(require.cache, program);
    const exported = (await (createRequire(__filename)(program) as Promise<object>)) as Record<
      string,
      unknown
    >;
    const outputs = await new Promise<Record<string, unknown>>((resolve) => {
      pulumi.output(exported).apply((value) => {
        resolve(value);
      });
    });
    await pulumi.runtime.disconnect();
    return { made, outputs };
  } finally {
    pulumi.runtime.setAllConfig(before);
  }
}
