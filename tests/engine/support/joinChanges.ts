import type { LiveResource } from "../../../rehearsal/clouds/cloudType";
import { azureTypes } from "../../../rehearsal/model/resourceTypes";
import type { Change } from "./changes";
import { plan } from "./plan";
import { own } from "./settings";

const group = "rg-network-data";
const networkId = `/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/${group}/providers/Microsoft.Network/virtualNetworks/vnet-data`;
const names = { resourceGroupName: group, virtualNetworkName: "vnet-data" };
const clients = "10.102.0.0/24";

function others(type: string, id: string, inputs: LiveResource["inputs"], outputs = {}): LiveResource {
  const name = id.slice(id.lastIndexOf("/") + 1);
  return {
    ...{ urn: `urn:pulumi:vpc::azure-s3-privatelink::${type}::others/${name}`, type, name, id, inputs },
    outputs: { ...inputs, name, ...outputs },
  };
}

/** A network of others in Azure, without a gateway, beside the VPC of others. */
export const besidesVpc: readonly LiveResource[] = [
  others(azureTypes.virtualNetwork, networkId, {
    ...names,
    location: "japaneast",
    addressSpace: { addressPrefixes: ["10.102.0.0/22"] },
  }),
  others(azureTypes.subnet, `${networkId}/subnets/snet-warehouse`, {
    ...names,
    subnetName: "snet-warehouse",
    addressPrefix: clients,
  }),
];

/** With these settings the VPC's stack peers it. */
export const peered = own({ azureSpokes: [networkId], azureClients: { warehouse: clients } });

const tunnels = [1, 2, 3, 4].map((number) => `vpn-tunnel${String(number)}`);
const sites = tunnels.map((name) => `${name}-azure-site`).join(" ");
const connections = "vpn-aws-connection1 vpn-aws-connection2";
/** What leads to a gateway of Azure, and goes with it. */
const azureEnd = `vpn-aws-customer1 vpn-aws-customer2 ${sites}
  ${tunnels.map((name) => `${name}-azure-connection`).join(" ")}`;
/** What watches a gateway of Azure, and stands in the stack's resource group beside it. */
const alerts = `alarms-azure-group alarms-azure-bgp-peer alarms-azure-bgp-routes alarms-azure-ingress-mismatch
  alarms-azure-egress-mismatch`;

/** Changes of a stack that shares the gateway of a hub. */
export const hubChanges: readonly Change[] = [
  {
    of: "presharedKeyGenerations",
    says: "a new key of the second tunnel touches the stack's own second tunnel only",
    settings: own({ presharedKeyGenerations: { tunnel2: 2 } }),
    plan: plan({
      update: "vpn-aws-connection1 alarms-azure-ingress-mismatch alarms-azure-egress-mismatch",
      replace: "vpn-tunnel2-key vpn-tunnel2-azure-connection",
    }),
    properties: { "vpn-aws-connection1": ["tunnel2PresharedKey"] },
  },
  {
    of: "azureClients",
    says: "a client less may use the endpoint no more, and nothing else is touched",
    settings: own({ azureClients: { web: "10.101.0.0/24", osaka: "10.200.0.0/16" } }),
    plan: plan({ delete: "s3-https-from-warehouse" }),
  },
  {
    of: "azureVirtualNetworkId azureGatewayId",
    says: "a network and a gateway of its own take the place of the shared ones",
    settings: own({
      azureVirtualNetworkId: undefined,
      azureGatewayId: undefined,
      azureClients: undefined,
      azureCidr: "10.1.0.0/22",
    }),
    plan: plan({
      create: `azure-group azure-network azure-client-security-group azure-client-subnet azure-gateway-subnet
        vpn-azure-ip1 vpn-azure-ip2 vpn-azure-gateway s3-https-from-azure alarms-azure-workspace alarms-azure-logs`,
      update: connections,
      replace: `${azureEnd} ${alerts}`,
      delete: "azure-group s3-https-from-web s3-https-from-warehouse s3-https-from-osaka",
    }),
  },
];

/** Changes of a stack that uses a VPC of others and its gateway. */
export const vpcChanges: readonly Change[] = [
  {
    of: "azureSpokes",
    says: "a network that is peered uses the gateway once both ends stand, the hub's first",
    settings: peered,
    plan: plan({
      create: "spokes-hub-to-vnet-data spokes-vnet-data-to-hub s3-https-from-warehouse",
    }),
    inOrder: ["create spokes-hub-to-vnet-data", "create spokes-vnet-data-to-hub"],
  },
  {
    of: "azureVirtualNetworkId",
    says: "a network that is there takes the place of its own, with a gateway of the stack's in it",
    settings: own({
      azureCidr: undefined,
      azureVirtualNetworkId: networkId,
      gatewaySubnetCidr: "10.102.3.0/27",
      azureClients: { warehouse: clients },
    }),
    plan: plan({
      create: "azure-group azure-gateway-subnet s3-https-from-warehouse",
      update: connections,
      replace: `vpn-azure-ip1 vpn-azure-ip2 vpn-azure-gateway ${azureEnd}
        ${alerts} alarms-azure-workspace alarms-azure-logs`,
      delete: `azure-group azure-network azure-client-security-group azure-client-subnet azure-gateway-subnet
        s3-https-from-azure`,
    }),
  },
  {
    of: "awsSubnetIds",
    says: "a subnet less takes one address from the endpoint",
    settings: own({ awsSubnetIds: ["subnet-01c6e9f4a7b2d8350", "subnet-05a8d3b91f6c4e072"] }),
    plan: plan({ update: "s3-endpoint" }),
    properties: { "s3-endpoint": ["subnetIds"] },
  },
  {
    of: "awsVpcId awsSubnetIds awsGatewayId",
    says: "a VPC and a gateway of its own take the place of the shared ones",
    settings: own({
      awsVpcId: undefined,
      awsSubnetIds: undefined,
      awsGatewayId: undefined,
      awsCidr: "10.2.0.0/22",
    }),
    plan: plan({
      create: `aws-network aws-routes aws-subnet-any aws-routes-any s3-https-from-aws
        vpn-aws-gateway vpn-aws-attachment vpn-aws-propagation`,
      update: `${connections} ${sites} azure-client-security-group s3-reports-policy s3-uploads-policy
        audit-endpoint-changes`,
      replace: "s3-endpoint s3-endpoint-security-group s3-https-from-azure logs-flow",
    }),
  },
];
