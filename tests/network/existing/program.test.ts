import { expect } from "chai";
import type { MockResourceArgs } from "@pulumi/pulumi/runtime";
import { outputsSchema } from "../../../outputs";
import {
  deployIn,
  gatewayId,
  hubId,
  joinBoth,
  newSpokeId,
  shareBoth,
  sharedSurroundings,
  surroundings,
  type Answers,
} from "./surroundings";

const vpcId = "vpc-0123456789abcdef0";

/** Types that own what a stack joins. */
const networks = ["azure-native:network:VirtualNetwork", "azure-native:network:RouteTable"];
const vpcs = ["aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet", "aws:ec2/routeTable:RouteTable"];
const azureGateways = ["azure-native:network:VirtualNetworkGateway", "azure-native:network:PublicIPAddress"];
const awsGateways = [
  "aws:ec2/vpnGateway:VpnGateway",
  "aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment",
  "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation",
];

interface Mode {
  readonly title: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly answers: () => Answers;
  readonly neverMade: readonly string[];
  readonly made: readonly string[];
  readonly joined: Readonly<Record<string, string>>;
}

const newVpc = { awsVpcId: undefined, awsSubnetIds: undefined, awsCidr: "10.2.0.0/22" };
const newAzure = { azureVirtualNetworkId: undefined, azureCidr: "10.1.0.0/22", azureClients: undefined };

const modes: readonly Mode[] = [
  {
    title: "a hub with a gateway of the stack's own, and a new VPC",
    settings: { ...joinBoth, ...newVpc, clientSubnetCidr: "10.100.3.0/26", clientVm: true, alarms: true },
    answers: surroundings,
    neverMade: networks,
    made: [...azureGateways, ...awsGateways, ...vpcs, "azure-native:network:NetworkSecurityGroup"],
    joined: { azureVirtualNetworkId: hubId },
  },
  {
    title: "a hub with its shared gateway, and a new VPC",
    settings: { ...shareBoth, ...newVpc, awsGatewayId: undefined, alarms: true },
    answers: sharedSurroundings,
    neverMade: [
      ...networks,
      ...azureGateways,
      "azure-native:network:Subnet",
      "azure-native:monitor:DiagnosticSetting",
    ],
    made: [...awsGateways, ...vpcs, "azure-native:monitor:MetricAlert"],
    joined: { azureVirtualNetworkId: hubId, azureGatewayId: gatewayId },
  },
  {
    title: "a new network, and a VPC with a gateway of the stack's own",
    settings: { ...joinBoth, ...newAzure, flowLogs: true },
    answers: surroundings,
    neverMade: vpcs,
    made: [
      ...azureGateways,
      ...awsGateways,
      "azure-native:network:VirtualNetwork",
      "aws:ec2/flowLog:FlowLog",
    ],
    joined: { awsVpcId: vpcId },
  },
  {
    title: "a new network, and a VPC with its shared gateway",
    settings: { ...shareBoth, ...newAzure, azureGatewayId: undefined },
    answers: () => {
      const answers = sharedSurroundings();
      return answers;
    },
    neverMade: [...vpcs, ...awsGateways],
    made: [...azureGateways, "azure-native:network:VirtualNetwork"],
    joined: { awsVpcId: vpcId, awsGatewayId: "vgw-0123456789abcdef0" },
  },
  {
    title: "everything that others have",
    settings: shareBoth,
    answers: sharedSurroundings,
    neverMade: [...networks, ...azureGateways, ...vpcs, ...awsGateways, "azure-native:network:Subnet"],
    made: ["azure-native:network:VirtualNetworkGatewayConnection", "aws:ec2/vpnConnection:VpnConnection"],
    joined: {
      azureVirtualNetworkId: hubId,
      azureGatewayId: gatewayId,
      awsVpcId: vpcId,
      awsGatewayId: "vgw-0123456789abcdef0",
    },
  },
];

const ofType = (made: readonly MockResourceArgs[], type: string) => made.filter((one) => one.type === type);
const inputs = (one: MockResourceArgs | undefined) => one?.inputs as Record<string, unknown>;

describe("the program that joins", () => {
  for (const mode of modes)
    it(`${mode.title} registers what is missing, and nothing that exists`, async () => {
      const { made, outputs } = await deployIn(mode.settings, mode.answers());
      const types = new Set(made.map(({ type }) => type));
      expect(mode.neverMade.filter((type) => types.has(type))).to.deep.equal([]);
      expect(
        [...mode.made, "aws:ec2/vpcEndpoint:VpcEndpoint"].filter((type) => !types.has(type)),
      ).to.deep.equal([]);
      expect(outputsSchema.parse(outputs)["joined"]).to.deep.equal(mode.joined);
    });

  it("a shared gateway names its id, addresses, ASN and configurations, as they were read", async () => {
    const { made } = await deployIn(shareBoth, sharedSurroundings());
    const customers = ofType(made, "aws:ec2/customerGateway:CustomerGateway").map(inputs);
    expect(customers.map(({ ipAddress, bgpAsn }) => [ipAddress, bgpAsn])).to.deep.equal([
      ["20.0.0.1", "65010"],
      ["20.0.0.2", "65010"],
    ]);
    const connections = ofType(made, "azure-native:network:VirtualNetworkGatewayConnection").map(inputs);
    expect(connections).to.have.length(4);
    for (const connection of connections)
      expect(connection["virtualNetworkGateway1"]).to.deep.equal({ id: gatewayId });
    expect(connections[2]?.["gatewayCustomBgpIpAddresses"]).to.deep.equal([
      { customBgpIpAddress: "169.254.21.2", ipConfigurationId: `${gatewayId}/ipConfigurations/instance0` },
      { customBgpIpAddress: "169.254.21.6", ipConfigurationId: `${gatewayId}/ipConfigurations/instance1` },
    ]);
    const sites = ofType(made, "azure-native:network:LocalNetworkGateway").map(inputs);
    expect(sites[0]?.["bgpSettings"]).to.deep.equal({ asn: 64_900, bgpPeeringAddress: "169.254.21.1" });
  });

  it("networks with static tunnels leads to each client, and to each range of the VPC", async () => {
    const settings = { ...joinBoth, clientSubnetCidr: "10.100.3.0/26" };
    const { made, outputs } = await deployIn(settings, surroundings());
    const routes = ofType(made, "aws:ec2/vpnConnectionRoute:VpnConnectionRoute");
    expect(routes.map((one) => [one.name, inputs(one)["destinationCidrBlock"]])).to.deep.equal([
      ["vpn-aws-connection1-route", "10.100.3.0/26"],
      ["vpn-aws-connection1-route-web", "10.101.0.0/24"],
    ]);
    const [site] = ofType(made, "azure-native:network:LocalNetworkGateway").map(inputs);
    const ranges = ["10.50.0.0/16", "100.64.0.0/20"];
    expect(site?.["localNetworkAddressSpace"]).to.deep.equal({ addressPrefixes: ranges });
    const [group] = ofType(made, "azure-native:network:NetworkSecurityGroup").map(inputs);
    const [allow] = group?.["securityRules"] as Record<string, unknown>[];
    expect(allow).to.deep.include({
      sourceAddressPrefix: "10.100.3.0/26",
      destinationAddressPrefixes: ranges,
    });
    const ingress = ofType(made, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    expect(ingress.map((one) => one.name)).to.deep.equal(["s3-https-from-azure", "s3-https-from-web"]);
    const propagated = ofType(made, "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation");
    expect(propagated.map((one) => inputs(one)["routeTableId"])).to.deep.equal(["rtb-a", "rtb-main"]);
    expect(outputs["awsNetwork"]).to.deep.include({ cidrs: ranges, routeTableIds: ["rtb-a", "rtb-main"] });
    expect(outputs["azureClients"]).to.deep.equal({ web: "10.101.0.0/24" });
  });

  it("a network makes its gateway in a group of its own, and names itself there", async () => {
    const settings = { ...joinBoth, vpnTopology: "active-active", gatewaySubnetCidr: "10.100.2.0/26" };
    const answers = surroundings();
    answers.networks.hub.subnets.shift();
    const { made } = await deployIn(settings, answers);
    const [gateway] = ofType(made, "azure-native:network:VirtualNetworkGateway").map(inputs);
    const { bgpPeeringAddresses } = gateway?.["bgpSettings"] as {
      bgpPeeringAddresses: { ipconfigurationId: string }[];
    };
    // In the hub's subscription, and not in its group.
    const [hubsPlace = ""] = hubId.split("/resourceGroups/");
    expect(gateway?.["resourceGroupName"]).to.equal("azure-group");
    expect(bgpPeeringAddresses[0]?.ipconfigurationId).to.match(
      new RegExp(`^${hubsPlace}/resourceGroups/azure-group/.*/ipConfigurations/instance0$`),
    );
    const [subnet] = ofType(made, "azure-native:network:Subnet").map(inputs);
    expect(subnet).to.deep.include({
      resourceGroupName: "hub",
      virtualNetworkName: "hub",
      subnetName: "GatewaySubnet",
      addressPrefix: "10.100.2.0/26",
    });
  });

  it("spokes peers both ends by gateway transit, the hub's first", async () => {
    const { made } = await deployIn({ ...joinBoth, azureSpokes: [newSpokeId] }, surroundings());
    const peerings = ofType(made, "azure-native:network:VirtualNetworkPeering").map(inputs);
    expect(
      peerings.map((one) => [
        one["virtualNetworkName"],
        one["remoteVirtualNetwork"],
        one["allowGatewayTransit"],
        one["useRemoteGateways"],
      ]),
    ).to.deep.equal([
      ["hub", { id: newSpokeId }, true, false],
      ["data", { id: hubId }, false, true],
    ]);
    const order = made.map(({ type }) => type);
    expect(order.indexOf("azure-native:network:VirtualNetworkGateway")).to.be.below(
      order.indexOf("azure-native:network:VirtualNetworkPeering"),
    );
  });

  it("anything in the way registers nothing at all", async () => {
    const answers = surroundings();
    answers.vpc.ownerId = "999999999999";
    const refused = await deployIn(joinBoth, answers).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(Error).with.property("name", "SurroundingsError");
  });
});
