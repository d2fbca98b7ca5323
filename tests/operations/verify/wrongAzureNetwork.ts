import type { Json } from "../support/azureServer";
import type { DeployedStack } from "../support/deployedStack";
import { only, type Wrong } from "./wrong";
import { connectionId, remove, set, siteId } from "./wrongAzure";
import { idOf } from "../support/place";

const gatewaySubnetId = ({ outputs }: DeployedStack) =>
  `${outputs.azureNetwork.virtualNetworkId}/subnets/GatewaySubnet`;
const clientSubnetId = ({ outputs }: DeployedStack) => idOf(outputs.azureNetwork.clientSubnetId);

/** Puts a route table on a subnet: routes as name, destination, next hop. */
function route(
  stack: DeployedStack,
  subnetId: string,
  routes: readonly (readonly [name: string, addressPrefix: string, nextHopType: string])[],
  disableBgpRoutePropagation = false,
): void {
  const { resourceGroupName } = stack.outputs.azureNetwork;
  const id = `/subscriptions/s/resourceGroups/${resourceGroupName}/providers/Microsoft.Network/routeTables/table`;
  const routed = subnetId.replace(/(providers\/Microsoft\.Network)\/.*/, "$1/routeTables/table");
  stack.azure.resources.set(routed.toLowerCase(), {
    id,
    name: "table",
    properties: {
      disableBgpRoutePropagation,
      routes: routes.map(([name, addressPrefix, nextHopType]) => ({
        name,
        properties: {
          addressPrefix,
          nextHopType,
          ...(nextHopType === "VirtualAppliance" ? { nextHopIpAddress: "10.1.2.4" } : {}),
        },
      })),
    },
  });
  set(stack, subnetId, { routeTable: { id: routed } });
}

const option = (name: string, properties: { [key: string]: Json }, says: RegExp): Wrong => ({
  name: `a connection of Azure has ${name}`,
  breaks: (stack) => {
    set(stack, connectionId(stack), properties);
  },
  finds: only("azure-connection-options", says),
});

export const wrongAzureNetwork: readonly Wrong[] = [
  {
    name: "the Azure network was deleted",
    breaks: (stack) => {
      remove(stack, stack.outputs.azureNetwork.virtualNetworkId);
    },
    finds: only("azure-network-missing", /Azure has no such network/),
  },
  {
    name: "the GatewaySubnet was deleted",
    breaks: (stack) => {
      remove(stack, gatewaySubnetId(stack));
    },
    finds: only("gateway-subnet-missing", /Azure has no such subnet in the network/),
  },
  {
    name: "the GatewaySubnet has a security group",
    breaks: (stack) => {
      set(stack, gatewaySubnetId(stack), { networkSecurityGroup: { id: "/some/group" } });
    },
    finds: only("gateway-subnet-guarded", /it has the security group \/some\/group/),
  },
  {
    name: "the GatewaySubnet does not take the gateway's routes",
    breaks: (stack) => {
      route(stack, gatewaySubnetId(stack), [], true);
    },
    finds: only("gateway-subnet-propagation-off", /does not take the gateway's routes/),
  },
  {
    name: "the GatewaySubnet sends everything to a firewall",
    breaks: (stack) => {
      route(stack, gatewaySubnetId(stack), [["all", "0.0.0.0/0", "VirtualAppliance"]]);
    },
    finds: only("gateway-subnet-diverted", /the route all leads 0\.0\.0\.0\/0 to VirtualAppliance/),
  },
  {
    name: "the GatewaySubnet sends answers to some clients to a firewall",
    breaks: (stack) => {
      route(stack, gatewaySubnetId(stack), [["fw", "10.1.1.0/25", "VirtualAppliance"]]);
    },
    finds: only(
      "gateway-subnet-diverted",
      /the route fw leads 10\.1\.1\.0\/25 to VirtualAppliance, not to VnetLocal/,
    ),
  },
  {
    name: "the client subnet sends a part of AWS's network elsewhere",
    breaks: (stack) => {
      route(stack, clientSubnetId(stack), [
        ["fw", "10.2.1.0/24", "VirtualAppliance"],
        ["other", "192.168.0.0/16", "None"],
      ]);
    },
    finds: only(
      "client-subnet-diverted",
      /the route fw leads 10\.2\.1\.0\/24 to VirtualAppliance, not to the gateway/,
    ),
  },
  {
    name: "the client subnet drops AWS's network",
    breaks: (stack) => {
      route(stack, clientSubnetId(stack), [["drop", "10.2.0.0/22", "None"]]);
    },
    finds: only("client-subnet-diverted", /the route drop leads 10\.2\.0\.0\/22 to None/),
  },
  {
    name: "the client subnet does not take the gateway's routes",
    breaks: (stack) => {
      route(stack, clientSubnetId(stack), [["half", "10.2.0.0/23", "VirtualNetworkGateway"]], true);
    },
    finds: only(
      "client-propagation-off",
      /does not take the gateway's routes, so nothing leads to 10\.2\.2\.0\/23/,
    ),
  },
  {
    name: "the network is peered with another that has AWS's addresses",
    breaks: (stack) => {
      set(stack, stack.outputs.azureNetwork.virtualNetworkId, {
        virtualNetworkPeerings: [
          { name: "p", properties: { remoteAddressSpace: { addressPrefixes: ["10.2.2.0/24"] } } },
        ],
      });
    },
    finds: only("client-subnet-diverted", /leads 10\.2\.2\.0\/24 to VNetPeering/),
  },
  {
    name: "a connection of Azure starts at another gateway",
    breaks: (stack) => {
      set(stack, connectionId(stack), { virtualNetworkGateway1: { id: "/some/gateway" } });
    },
    finds: only("azure-connection-elsewhere", /it starts at \/some\/gateway, not at vpn-gateway/),
  },
  option(
    "another mode",
    { connectionMode: "InitiatorOnly" },
    /mode .* is InitiatorOnly; it must be ResponderOnly/,
  ),
  option(
    "another DPD timeout",
    { dpdTimeoutSeconds: 3600 },
    /DPD timeout in seconds .* is 3600; it must be 45/,
  ),
  option("no BGP", { enableBgp: false }, /BGP of the Azure connection is off; it must be on/),
  option("another type", { connectionType: "Vnet2Vnet" }, /type of the Azure connection is Vnet2Vnet/),
  option(
    "certificates",
    { authenticationType: "Certificate" },
    /authentication .* is Certificate; it must be PSK/,
  ),
  {
    name: "a connection of Azure takes a part of the traffic only",
    breaks: (stack) => {
      set(stack, connectionId(stack), {
        trafficSelectorPolicies: [
          { localAddressRanges: ["10.1.0.0/24"], remoteAddressRanges: ["10.2.0.0/22"] },
        ],
      });
    },
    finds: only("azure-traffic-selectors", /Azure has 1 traffic selectors .* off/),
  },
  {
    name: "a connection of Azure has policy-based selectors",
    breaks: (stack) => {
      set(stack, connectionId(stack), { usePolicyBasedTrafficSelectors: true });
    },
    finds: only("azure-traffic-selectors", /policy-based ones on/),
  },
  {
    name: "a connection of Azure rewrites addresses",
    breaks: (stack) => {
      set(stack, connectionId(stack), { egressNatRules: [{ id: "/some/natRules/snat" }] });
    },
    finds: only("azure-nat-rules", /Azure rewrites addresses by snat/),
  },
  {
    name: "a connection of Azure speaks BGP from another address",
    breaks: (stack) => {
      set(stack, connectionId(stack), { gatewayCustomBgpIpAddresses: [] });
    },
    finds: only("azure-bgp-addresses", /BGP from the gateway's first address, not from 169\.254\.21\.2/),
  },
  {
    name: "a site of Azure expects another ASN",
    breaks: (stack) => {
      set(stack, siteId(stack), { bgpSettings: { asn: 64513, bgpPeeringAddress: "169.254.21.1" } });
    },
    finds: only("bgp-asn-differs", /Azure expects ASN 64513, and vgw-\w+ has 64512/),
  },
];
