import { expect } from "chai";
import { inspectedInWords } from "../../../network/existing/firewalls";
import {
  appsId,
  deny,
  gatewayId,
  hubId,
  joinBoth,
  networkId,
  newSpokeId,
  noticed,
  obstacles,
  read,
  shareBoth,
  sharedSurroundings,
  surroundings,
  type Answers,
} from "./surroundings";

interface Row {
  readonly what: string;
  /** Settings over those that join both sides with gateways of the stack's own. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly edit: (answers: Answers) => void;
  /** Place, problem and fix of the one obstacle. */
  readonly says: RegExp;
  /** Almost the same, and in nobody's way; absent where that is the surroundings as they are. */
  readonly harmless?: (answers: Answers) => void;
}

const gatewaySubnet = (answers: Answers, more: Record<string, unknown>) => {
  Object.assign(answers.networks.hub.subnets[0] ?? {}, more);
};
const gatewayTable = (answers: Answers, route: Record<string, string>) => {
  gatewaySubnet(answers, { routeTable: { id: networkId("routeTables/gateway") } });
  answers.tables.gateway.routes.push(route);
};
const webRoute = (answers: Answers, addressPrefix: string, nextHopType = "VirtualAppliance") => {
  answers.tables.web.routes.push({ name: "aws", addressPrefix, nextHopType });
};
const uses = (answers: Answers, gateway: string) => {
  const id = `${networkId(`virtualNetworkGateways/${gateway}`)}/ipConfigurations/default`;
  gatewaySubnet(answers, { ipConfigurations: [{ id }] });
};
const peeringOf = (answers: Answers, network: "hub" | "apps") => {
  const [peering] = answers.networks[network].virtualNetworkPeerings;
  if (peering === undefined) throw new Error("no peering");
  return peering;
};
const addPeering = (answers: Answers, prefix: string, more: object = {}) => {
  answers.networks.hub.virtualNetworkPeerings.push({
    ...peeringOf(answers, "hub"),
    name: "to-other",
    remoteVirtualNetwork: { id: networkId("virtualNetworks/other") },
    remoteAddressSpace: { addressPrefixes: [prefix] },
    ...more,
  });
};
const subnetA = "subnet-0000000000000000a";
const vgw = "vgw-00000000000000001";
const own = { project: "azure-s3-privatelink", stack: "joined" };
const withTransit = { gatewaySku: "VpnGw1AZ", azureSpokes: [newSpokeId] };

const joiningRows: readonly Row[] = [
  {
    what: "a peered network that overlaps a secondary range of the VPC",
    edit: (a) => {
      addPeering(a, "100.64.8.0/24");
    },
    says: /^VPC vpc-\S+, 100\.64\.0\.0\/20: it overlaps 100\.64\.8\.0\/24 of peered virtual network other/,
    harmless: (a) => {
      addPeering(a, "100.64.16.0/24");
    },
  },
  {
    what: "a network of which a further prefix overlaps the VPC",
    edit: (a) => {
      a.networks.hub.addressSpace.addressPrefixes.push("10.50.255.0/24");
    },
    says: /it overlaps 10\.50\.255\.0\/24 of virtual network hub/,
    harmless: (a) => {
      a.networks.hub.addressSpace.addressPrefixes.push("10.51.0.0/24");
    },
  },
  {
    what: "a network of another region",
    edit: (a) => {
      a.networks.hub.location = "westeurope";
    },
    says: /^virtual network hub: it is in westeurope.*azure-native:location: westeurope$/,
    harmless: (a) => {
      a.networks.hub.location = "Japan East";
    },
  },
  {
    what: "a network without a GatewaySubnet",
    edit: (a) => {
      a.networks.hub.subnets.shift();
    },
    says: /^GatewaySubnet of virtual network hub: there is none; set gatewaySubnetCidr to a free \/27/,
    harmless: (a) => {
      a.networks.hub.subnets.pop();
    },
  },
  {
    what: "a GatewaySubnet that is too small",
    edit: (a) => {
      gatewaySubnet(a, { addressPrefix: "10.100.0.0/28" });
    },
    says: /it is a \/28, and VpnGw1AZ needs a \/27 or larger/,
    harmless: (a) => {
      gatewaySubnet(a, { addressPrefix: "10.100.0.0/27" });
    },
  },
  {
    what: "a security group on the GatewaySubnet",
    edit: (a) => {
      gatewaySubnet(a, { networkSecurityGroup: { id: networkId("networkSecurityGroups/web") } });
    },
    says: /^GatewaySubnet of .*: network security group web is on it/,
    harmless: (a) => {
      Object.assign(a.networks.hub.subnets[1] ?? {}, {
        networkSecurityGroup: { id: networkId("networkSecurityGroups/web") },
      });
    },
  },
  {
    what: "propagation switched off on the GatewaySubnet",
    edit: (a) => {
      gatewayTable(a, {});
      a.tables.gateway = { ...a.tables.gateway, routes: [], disableBgpRoutePropagation: true };
    },
    says: /disableBgpRoutePropagation: false in gateway$/,
    harmless: (a) => {
      gatewayTable(a, { name: "x", addressPrefix: "10.9.0.0/16", nextHopType: "VirtualAppliance" });
    },
  },
  {
    what: "a default route on the GatewaySubnet",
    edit: (a) => {
      gatewayTable(a, { name: "all", addressPrefix: "0.0.0.0/0", nextHopType: "VirtualAppliance" });
    },
    says: /leads 0\.0\.0\.0\/0 to VirtualAppliance.*must remove the route all/,
    harmless: (a) => {
      gatewayTable(a, { name: "far", addressPrefix: "198.18.0.0/15", nextHopType: "VirtualAppliance" });
    },
  },
  {
    what: "a route on the GatewaySubnet that takes half the internet elsewhere",
    edit: (a) => {
      gatewayTable(a, { name: "half", addressPrefix: "128.0.0.0/1", nextHopType: "VirtualAppliance" });
    },
    says: /leads 128\.0\.0\.0\/1 to VirtualAppliance, and with it the tunnels.*must remove the route half/,
    harmless: (a) => {
      gatewayTable(a, { name: "half", addressPrefix: "128.0.0.0/1", nextHopType: "Internet" });
    },
  },
  {
    what: "a route on the GatewaySubnet that leads answers through a firewall",
    edit: (a) => {
      gatewayTable(a, { name: "fw", addressPrefix: "10.101.0.0/25", nextHopType: "VirtualAppliance" });
    },
    says: /route fw .* answers to web .* would not take the way/,
    harmless: (a) => {
      gatewayTable(a, { name: "fw", addressPrefix: "10.101.1.0/24", nextHopType: "VirtualAppliance" });
    },
  },
  {
    what: "another VPN gateway in the network",
    edit: (a) => {
      uses(a, "hub-vpn");
    },
    says: /it has the VPN gateway hub-vpn.*azureGatewayId: \/subscriptions\/.*\/hub-vpn$/,
    harmless: (a) => {
      uses(a, "hub-er");
    },
  },
  {
    what: "a VPN gateway of another stack of this program",
    edit: (a) => {
      uses(a, "hub-vpn");
      a.gateways["hub-vpn"].tags = { ...own, stack: "other" };
    },
    says: /it has the VPN gateway hub-vpn/,
    harmless: (a) => {
      uses(a, "hub-vpn");
      a.gateways["hub-vpn"].tags = own;
    },
  },
  {
    what: "an ExpressRoute gateway beside a Basic one",
    settings: { gatewaySku: "Basic" },
    edit: (a) => {
      uses(a, "hub-er");
    },
    says: /it has the ExpressRoute gateway hub-er, beside which Azure makes no Basic/,
  },
  {
    what: "a network that uses the gateways of another",
    edit: (a) => {
      addPeering(a, "10.99.0.0/22", { useRemoteGateways: true });
    },
    says: /its peering to-other uses the gateways of other.*azureVirtualNetworkId:/,
    harmless: (a) => {
      addPeering(a, "10.99.0.0/22");
    },
  },
  {
    what: "a client subnet on others' addresses",
    settings: { clientSubnetCidr: "10.100.3.0/26" },
    edit: (a) => {
      a.networks.hub.subnets.push({ name: "late", addressPrefix: "10.100.3.0/24" });
    },
    says: /^clientSubnetCidr 10\.100\.3\.0\/26: it overlaps subnet late/,
    harmless: (a) => {
      a.networks.hub.subnets.push({ name: "azure-s3-privatelink-joined", addressPrefix: "10.100.3.0/26" });
    },
  },
  {
    what: "a GatewaySubnet to be made where there is one",
    settings: { gatewaySubnetCidr: "10.100.2.0/27" },
    edit: () => undefined,
    says: /has a GatewaySubnet, 10\.100\.0\.0\/26; remove gatewaySubnetCidr/,
    harmless: (a) => {
      gatewaySubnet(a, { addressPrefix: "10.100.2.0/27" });
    },
  },
  {
    what: "a client in no network",
    edit: (a) => {
      a.networks.hub.virtualNetworkPeerings = [];
    },
    says: /^azureClients\.web, 10\.101\.0\.0\/24: it is in no network that the gateway of this stack reaches/,
    harmless: (a) => {
      a.networks.hub.addressSpace.addressPrefixes.push("10.101.0.0/22");
      a.networks.hub.virtualNetworkPeerings = [];
    },
  },
  {
    what: "a peering without gateway transit",
    edit: (a) => {
      peeringOf(a, "hub").allowGatewayTransit = false;
    },
    says: /must set allowGatewayTransit: true in to-apps$/,
    // It can be set once the gateway exists.
    harmless: (a) => {
      peeringOf(a, "apps").useRemoteGateways = false;
    },
  },
  {
    what: "a peering that lets nothing pass, on the spoke's side",
    edit: (a) => {
      peeringOf(a, "apps").allowVirtualNetworkAccess = false;
    },
    says: /must set allowVirtualNetworkAccess: true in to-hub$/,
    harmless: (a) => {
      addPeering(a, "10.99.0.0/22", { allowVirtualNetworkAccess: false });
    },
  },
  {
    what: "a peering that is half gone",
    edit: (a) => {
      peeringOf(a, "hub").peeringState = "Disconnected";
    },
    says: /peering to-apps with virtual network apps is Disconnected/,
    harmless: (a) => {
      addPeering(a, "10.99.0.0/22", { peeringState: "Disconnected" });
    },
  },
  {
    what: "a user route that covers the VPC exactly",
    edit: (a) => {
      webRoute(a, "10.50.0.0/16");
    },
    says: /^subnet web of virtual network apps, with azureClients\.web: route aws of table web leads 10\.50\.0\.0\/16 to VirtualAppliance, and so past/,
    harmless: (a) => {
      webRoute(a, "10.0.0.0/8");
    },
  },
  {
    what: "a longer user route over one endpoint subnet",
    edit: (a) => {
      webRoute(a, "10.50.2.128/25", "None");
    },
    says: /route aws of table web leads 10\.50\.2\.128\/25 to None/,
    harmless: (a) => {
      webRoute(a, "10.50.3.0/24", "None");
    },
  },
  {
    what: "propagation switched off on a client's subnet",
    edit: (a) => {
      a.tables.web.disableBgpRoutePropagation = true;
    },
    says: /route table web takes no routes of gateways.*\{addressPrefix: 10\.50\.0\.0\/16, nextHopType: VirtualNetworkGateway\} and \{addressPrefix: 100\.64\.0\.0\/20/,
    harmless: (a) => {
      a.tables.web.disableBgpRoutePropagation = true;
      webRoute(a, "10.50.0.0/16", "VirtualNetworkGateway");
    },
  },
  {
    what: "a written route to the gateway beside an ExpressRoute gateway",
    edit: (a) => {
      uses(a, "hub-er");
      webRoute(a, "10.50.0.0/16", "VirtualNetworkGateway");
    },
    says: /leads 10\.50\.0\.0\/16 to VirtualNetworkGateway, which Azure does not support beside the ExpressRoute gateway hub-er; its owner must remove aws$/,
    harmless: (a) => {
      webRoute(a, "10.50.0.0/16", "VirtualNetworkGateway");
    },
  },
  {
    what: "a rule that denies HTTPS to AWS",
    edit: (a) => {
      a.groups.web.securityRules.push(deny({ destinationAddressPrefix: "10.0.0.0/8" }));
    },
    says: /rule deny \(priority 200\) of network security group web denies HTTPS to AWS; its owner must add before it/,
    harmless: (a) => {
      a.groups.web.securityRules.push(deny({ destinationPortRange: "80" }));
    },
  },
  {
    what: "an allowing rule that leaves out a part of the client",
    edit: (a) => {
      a.groups.web.securityRules.push(
        deny({}),
        deny({ priority: 100, access: "Allow", sourceAddressPrefix: "10.101.0.0/25" }),
      );
    },
    says: /rule deny/,
    harmless: (a) => {
      a.groups.web.securityRules.push(
        deny({}),
        deny({ priority: 100, access: "Allow", sourceAddressPrefix: "VirtualNetwork" }),
      );
    },
  },
  {
    what: "a VPC of another account",
    edit: (a) => {
      a.vpc.ownerId = "999999999999";
    },
    says: /it belongs to account 999999999999, and Pulumi runs in 123456789012/,
  },
  {
    what: "a subnet of another VPC",
    edit: (a) => {
      a.subnets[subnetA].vpcId = "vpc-2";
    },
    says: /^subnet subnet-0000000000000000a: it is in VPC vpc-2/,
  },
  {
    what: "two subnets in one zone",
    edit: (a) => {
      a.subnets["subnet-0000000000000000c"].availabilityZone = "ap-northeast-1a";
    },
    says: /it is in zone ap-northeast-1a as subnet-0000000000000000a is/,
  },
  {
    what: "a zone without the S3 service",
    edit: (a) => {
      a.serviceZones = ["ap-northeast-1a", "ap-northeast-1d"];
    },
    says: /not in its zone ap-northeast-1c/,
    harmless: (a) => {
      a.serviceZones.push("ap-northeast-1d");
    },
  },
  {
    what: "a subnet without a free address",
    edit: (a) => {
      a.subnets[subnetA].availableIpAddressCount = 0;
    },
    says: /it has no free address/,
    harmless: (a) => {
      a.subnets[subnetA].availableIpAddressCount = 0;
      a.endpointSubnetIds = [subnetA];
    },
  },
  {
    what: "another virtual private gateway, which no route table shows",
    edit: (a) => {
      a.vpnGateways[vgw] = { attachedVpcId: a.vpc.id, amazonSideAsn: "64512", tags: {} };
    },
    says: /virtual private gateway vgw-00000000000000001 is attached to it.*awsGatewayId: vgw-00000000000000001$/,
    harmless: (a) => {
      a.awsTables["rtb-a"]?.propagatingVgws.push(vgw);
      a.vpnGateways[vgw] = { attachedVpcId: a.vpc.id, amazonSideAsn: "64512", tags: own };
    },
  },
  {
    what: "a longer route in the main table of one endpoint subnet",
    edit: (a) => {
      a.awsTables["rtb-main"]?.routes.push({ cidrBlock: "10.101.0.128/25", transitGatewayId: "tgw-1" });
    },
    says: /^route table rtb-main: its route 10\.101\.0\.128\/25 leads to tgw-1, and wins over the tunnels' for web/,
    harmless: (a) => {
      a.awsTables["rtb-main"]?.routes.push({ cidrBlock: "10.101.0.0/16", transitGatewayId: "tgw-1" });
    },
  },
  {
    what: "an access list that denies HTTPS",
    edit: (a) => {
      a.acl.ingress.unshift({ ...denyAcl(50), fromPort: 443, toPort: 443 });
      a.subnets["subnet-0000000000000000c"].cidrBlock = "10.50.1.0/24";
    },
    says: /^network ACL acl-1 of subnet subnet-0000000000000000[ac]: rule 50 denies HTTPS from web/,
    harmless: (a) => {
      a.acl.ingress.unshift({ ...denyAcl(150), fromPort: 443, toPort: 443 });
    },
  },
  {
    what: "an access list that lets answers to some ports only pass",
    edit: (a) => {
      a.acl.egress = [{ ...denyAcl(100), action: "allow", fromPort: 32_768, toPort: 65_535 }];
    },
    says: /its last rule denies answers to web .*portRange: 1024-65535/,
    harmless: (a) => {
      a.acl.egress = [{ ...denyAcl(100), action: "allow", fromPort: 1024, toPort: 65_535 }];
    },
  },
  {
    what: "a spoke that is peered already",
    settings: withTransit,
    edit: (a) => {
      a.networks.data.virtualNetworkPeerings.push({
        ...peeringOf(a, "apps"),
        name: "theirs",
        useRemoteGateways: false,
      });
    },
    says: /^virtual network data of azureSpokes: it is peered already, by theirs/,
    harmless: (a) => {
      a.networks.data.virtualNetworkPeerings.push({
        ...peeringOf(a, "apps"),
        name: "azure-s3-privatelink-joined",
      });
    },
  },
  {
    what: "a spoke that uses another network's gateways",
    settings: withTransit,
    edit: (a) => {
      a.networks.data.virtualNetworkPeerings.push({
        ...peeringOf(a, "apps"),
        remoteVirtualNetwork: { id: appsId },
      });
    },
    says: /its peering to-hub uses the gateways of apps/,
    harmless: (a) => {
      a.networks.data.virtualNetworkPeerings.push({
        ...peeringOf(a, "apps"),
        remoteVirtualNetwork: { id: appsId },
        useRemoteGateways: false,
      });
    },
  },
  {
    what: "a spoke with a gateway",
    settings: withTransit,
    edit: (a) => {
      a.networks.data.subnets.push({
        name: "GatewaySubnet",
        addressPrefix: "10.103.0.0/27",
        ipConfigurations: [{ id: `${gatewayId}/ipConfigurations/x` }],
      });
    },
    says: /it has a gateway of its own/,
    harmless: (a) => {
      a.networks.data.subnets.push({ name: "GatewaySubnet", addressPrefix: "10.103.0.0/27" });
    },
  },
  {
    what: "a spoke that overlaps a peered network",
    settings: withTransit,
    edit: (a) => {
      a.networks.data.addressSpace.addressPrefixes = ["10.101.2.0/24"];
    },
    says: /^virtual network data, 10\.101\.2\.0\/24: it overlaps 10\.101\.0\.0\/22 of peered virtual network apps/,
  },
];

function denyAcl(ruleNo: number) {
  return { ruleNo, action: "deny", protocol: "6", cidrBlock: "10.101.0.0/24", fromPort: 0, toPort: 65_535 };
}

const shared = (answers: Answers) => answers.gateways["hub-vpn"];
const instance = (answers: Answers, index: number) => {
  const found = shared(answers).bgpSettings.bgpPeeringAddresses[index];
  if (found === undefined) throw new Error("no instance");
  return found;
};

const sharingRows: readonly Row[] = [
  {
    what: "a gateway that is no VPN gateway",
    edit: (a) => {
      shared(a).gatewayType = "ExpressRoute";
    },
    says: /it is of type ExpressRoute RouteBased/,
  },
  {
    what: "a gateway in the middle of a change",
    edit: (a) => {
      shared(a).provisioningState = "Updating";
    },
    says: /it is Updating; wait/,
  },
  {
    what: "a gateway of another region",
    edit: (a) => {
      shared(a).location = "japanwest";
    },
    says: /azure-native:location: japanwest/,
    harmless: (a) => {
      shared(a).location = "Japan East";
    },
  },
  {
    what: "a gateway of another network",
    edit: (a) => {
      shared(a).ipConfigurations = [{ subnet: { id: `${appsId}/subnets/GatewaySubnet` } }];
    },
    says: /it is not in virtual network hub/,
    harmless: (a) => {
      shared(a).ipConfigurations = [{ subnet: { id: `${hubId.toUpperCase()}/subnets/GatewaySubnet` } }];
    },
  },
  {
    what: "a gateway with NAT rules",
    edit: (a) => {
      shared(a).natRules.push({ name: "branch" });
    },
    says: /it has the NAT rules branch/,
  },
  {
    what: "a gateway that is active-standby",
    edit: (a) => {
      shared(a).activeActive = false;
    },
    says: /it is active-standby.*use vpnTopology: dual-tunnel/,
  },
  {
    what: "a gateway without BGP",
    edit: (a) => {
      shared(a).enableBgp = false;
    },
    says: /BGP is switched off/,
  },
  {
    what: "a gateway that lacks an inside address",
    edit: (a) => {
      instance(a, 1).customBgpIpAddresses = ["169.254.21.104", "169.254.21.6"];
    },
    says: /^VPN gateway hub-vpn, instance instance1: .*lacks 169\.254\.22\.6.*customBgpIpAddresses: \[169\.254\.21\.104, 169\.254\.21\.6, 169\.254\.22\.6\]/,
    harmless: (a) => {
      instance(a, 1).customBgpIpAddresses.push("169.254.22.100");
    },
  },
  {
    what: "a gateway of AWS's ASN",
    edit: (a) => {
      shared(a).bgpSettings.asn = 64_900;
    },
    says: /its ASN 64900 is that of AWS's gateway too/,
    harmless: (a) => {
      shared(a).bgpSettings.asn = 64_512;
    },
  },
  {
    what: "a spoke that does not use the gateway",
    edit: (a) => {
      peeringOf(a, "apps").useRemoteGateways = false;
    },
    says: /must set useRemoteGateways: true in to-hub/,
  },
  {
    what: "a client that is partly on premises",
    settings: { azureClients: { wide: "10.102.0.0/15" } },
    edit: (a) => {
      a.networks.hub.addressSpace.addressPrefixes.push("10.102.0.0/22");
    },
    says: /^azureClients\.wide, 10\.102\.0\.0\/15: it is partly in a virtual network/,
  },
  {
    what: "a virtual private gateway that is attached elsewhere",
    edit: (a) => {
      a.vpnGateways["vgw-0123456789abcdef0"] = { attachedVpcId: "", amazonSideAsn: "64900", tags: {} };
    },
    says: /^virtual private gateway vgw-0123456789abcdef0: it is not attached to VPC/,
  },
  {
    what: "a virtual private gateway of an ASN that Azure keeps",
    edit: (a) => {
      a.vpnGateways["vgw-0123456789abcdef0"] = {
        ...{ attachedVpcId: a.vpc.id, amazonSideAsn: "65515", tags: {} },
      };
    },
    says: /its ASN 65515 is one that Azure keeps for itself/,
  },
  {
    what: "a route table that takes no routes of the shared gateway",
    edit: (a) => {
      a.awsTables["rtb-a"] = { routes: [], propagatingVgws: [] };
    },
    says: /^route table rtb-a: it takes no routes of vgw-0123456789abcdef0, and so leads nothing back to web; .*enable-vgw-route-propagation --route-table-id rtb-a --gateway-id vgw-0123456789abcdef0$/,
    harmless: (a) => {
      a.awsTables["rtb-a"] = {
        routes: [{ cidrBlock: "10.101.0.0/16", gatewayId: "vgw-0123456789abcdef0" }],
        propagatingVgws: [],
      };
    },
  },
  {
    what: "a route between the client's and the announced prefix",
    edit: (a) => {
      a.awsTables["rtb-a"]?.routes.push({ cidrBlock: "10.101.0.0/23", natGatewayId: "nat-1" });
    },
    says: /its route 10\.101\.0\.0\/23 leads to nat-1/,
    harmless: (a) => {
      a.awsTables["rtb-a"]?.routes.push({ cidrBlock: "10.101.0.0/21", natGatewayId: "nat-1" });
    },
  },
  {
    what: "more prefixes than a virtual private gateway takes",
    edit: (a) => {
      a.networks.hub.addressSpace.addressPrefixes.push(
        ...Array.from({ length: 100 }, (_, i) => `10.200.${i}.0/24`),
      );
    },
    says: /Azure announces at least 102 routes, and it takes 100/,
    harmless: (a) => {
      a.networks.hub.addressSpace.addressPrefixes.push(
        ...Array.from({ length: 98 }, (_, i) => `10.200.${i}.0/24`),
      );
    },
  },
];

for (const { title, settings, given, rows } of [
  { title: "gateways of its own", settings: joinBoth, given: surroundings, rows: joiningRows },
  { title: "gateways that others use", settings: shareBoth, given: sharedSurroundings, rows: sharingRows },
])
  describe(`a stack that joins networks with ${title}`, () => {
    it("finds nothing in the way in surroundings that suit it", async () => {
      expect(await obstacles(settings, given())).to.deep.equal([]);
    });

    for (const row of rows) {
      it(`is stopped by ${row.what}`, async () => {
        const answers = given();
        row.edit(answers);
        const found = await obstacles({ ...settings, ...row.settings }, answers);
        expect(found).to.have.length.above(0);
        for (const { place, problem, fix } of found)
          expect(`${place}: ${problem}; ${fix}`).to.match(row.says);
      });

      const { harmless } = row;
      if (harmless !== undefined)
        it(`is not stopped by the harmless like of ${row.what}`, async () => {
          const answers = given();
          harmless(answers);
          expect(await obstacles({ ...settings, ...row.settings }, answers)).to.deep.equal([]);
        });
    }
  });

describe("an error about the surroundings", () => {
  it("has every obstacle of both clouds, those of reading first", async () => {
    const answers = surroundings();
    answers.vpc.ownerId = "999999999999";
    answers.networks.hub.location = "westeurope";
    answers.tables = { ...answers.tables, web: undefined as never };
    const found = await obstacles(joinBoth, answers);
    expect(found.map(({ place }) => place)).to.deep.equal([
      "route table web",
      "virtual network hub",
      "VPC vpc-0123456789abcdef0",
    ]);
  });

  it("says of a network that cannot be read what to check", async () => {
    const answers = surroundings();
    answers.networks.hub = undefined as never;
    const [first] = await obstacles(joinBoth, answers);
    expect(first?.problem).to.match(/^it could not be read \(ResourceNotFound/);
    expect(first?.fix).to.match(
      /check azureVirtualNetworkId.*azure-native:subscriptionId: 1111.*virtualNetworks\/read/,
    );
  });

  it("says of a like-named network of another subscription which one to work in", async () => {
    const answers = surroundings();
    answers.networks.hub.id = hubId.replaceAll("1111", "2222");
    const [first] = await obstacles(joinBoth, answers);
    expect(first?.fix).to.match(/^set azure-native:subscriptionId: 11111111/);
  });

  it("reads nothing for a stack that joins nothing", async () => {
    expect(await obstacles({}, {} as never)).to.deep.equal([]);
  });

  it("takes a spoke's prefix for announced, by a gateway in a network of the stack's own too", async () => {
    const settings = {
      ...joinBoth,
      ...{ azureVirtualNetworkId: undefined, azureCidr: "10.1.0.0/22", vpnTopology: "active-active" },
      ...{ azureSpokes: [newSpokeId], azureClients: { data: "10.103.0.0/24" } },
    };
    const routed = (cidrBlock: string) => {
      const answers = surroundings();
      answers.awsTables["rtb-a"]?.routes.push({ cidrBlock, natGatewayId: "nat-1" });
      return obstacles(settings, answers);
    };
    expect(await routed("0.0.0.0/0")).to.deep.equal([]);
    expect((await routed("10.103.0.0/23")).map(({ problem }) => problem)).to.deep.equal([
      "its route 10.103.0.0/23 leads to nat-1, and wins over the tunnels' for data (10.103.0.0/24)",
    ]);
  });

  describe("of clients whose traffic passes a firewall", () => {
    const firewall = "10.100.1.4";
    /** User routes of the client's subnet to AWS, and of the GatewaySubnet to the client, each with where it leads. */
    const routed = async (there: readonly [string, string][], back: readonly [string, string][]) => {
      const answers = surroundings();
      const route = ([addressPrefix, nextHopIpAddress]: [string, string], at: number) => ({
        ...{ name: `r${String(at)}`, addressPrefix, nextHopType: "VirtualAppliance", nextHopIpAddress },
      });
      answers.tables.web.routes.push(...there.map(route));
      gatewaySubnet(answers, { routeTable: { id: networkId("routeTables/gateway") } });
      answers.tables.gateway.routes.push(...back.map(route));
      return (await obstacles(joinBoth, answers)).map(({ place }) => place.split(" of ")[0]);
    };
    const toAws: [string, string][] = [
      ["10.50.0.0/16", firewall],
      ["100.64.0.0/20", firewall],
    ];
    const toClient: [string, string][] = [["10.101.0.0/24", firewall]];

    it("has none where it is the same one there and back", async () => {
      expect(await routed(toAws, toClient)).to.deep.equal([]);
    });

    for (const { says, there = toAws, back = toClient, at } of [
      { says: "there alone", back: [], at: ["subnet web"] },
      { says: "back alone", there: [], at: ["GatewaySubnet"] },
      {
        says: "back for a part of them",
        back: [["10.101.0.0/25", firewall]],
        at: ["GatewaySubnet", "subnet web"],
      },
      {
        says: "another one back",
        back: [["10.101.0.0/24", "10.100.1.5"]],
        at: ["GatewaySubnet", "subnet web"],
      },
      { says: "one that is in no known network", there: [["0.0.0.0/1", "192.0.2.1"]], at: ["GatewaySubnet"] },
    ] as const)
      it(`has some where it is ${says}`, async () => {
        const found = await routed(there as [string, string][], back as [string, string][]);
        expect([...new Set(found)].sort()).to.deep.equal(at);
      });

    it("is told at a preview", () => {
      expect(inspectedInWords(new Map([["web", firewall]]))).to.deep.equal([
        "azureClients.web reaches AWS through 10.100.1.4, there and back: it must let HTTPS to the endpoint pass and lead it to the gateway, which is not judged.",
      ]);
    });
  });

  it("lets clients on premises use a gateway that leads there", async () => {
    const settings = { ...shareBoth, azureClients: { branch: "192.168.0.0/16" } };
    expect(await obstacles(settings, sharedSurroundings())).to.deep.equal([]);
  });

  describe("of clients that it cannot place", () => {
    const presumed = (name: string, cidr: string) =>
      `azureClients.${name}, ${cidr}, is taken for a network on premises behind hub-vpn: neither hub nor a network that is peered with it has it. What hub-vpn knows of it no preview can read; the rehearsal judges it by the snapshot. If it is in Azure, its network must be peered with hub.`;
    const said = async (
      settings: Readonly<Record<string, unknown>>,
      edit: (answers: Answers) => void = () => undefined,
    ) => {
      const answers = sharedSurroundings();
      edit(answers);
      const notices = await noticed(() => read({ ...shareBoth, ...settings }, answers));
      // These stacks have no snapshot, which is said besides.
      expect(notices.at(-1)).to.match(/^There is no snapshot/);
      return notices.slice(0, -1);
    };

    it("says nothing where each is in the network or in a spoke", async () => {
      expect(await said({ azureClients: { web: "10.101.0.0/24", tools: "10.100.1.0/24" } })).to.deep.equal(
        [],
      );
    });

    it("says which one it takes for a network on premises", async () => {
      const azureClients = { web: "10.101.0.0/24", branch: "192.168.0.0/16" };
      expect(await said({ azureClients })).to.deep.equal([presumed("branch", "192.168.0.0/16")]);
    });

    it("says it of a spoke whose peering is missing", async () => {
      const unpeered = (answers: Answers) => (answers.networks.hub.virtualNetworkPeerings = []);
      expect(await said({}, unpeered)).to.deep.equal([presumed("web", "10.101.0.0/24")]);
    });

    it("says which one is in another subscription, where it reads nothing", async () => {
      const other = hubId.replace("11111111", "22222222");
      const elsewhere = (answers: Answers) => (peeringOf(answers, "hub").remoteVirtualNetwork.id = other);
      expect(await said({}, elsewhere)).to.deep.equal([
        `azureClients.web is in ${other}, of another subscription: its routes and rules are not judged.`,
      ]);
    });
  });
});
