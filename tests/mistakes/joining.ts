import type { SettingMistake } from "./mistake";

const network = "/subscriptions/1/resourceGroups/hub/providers/Microsoft.Network";
const hub = `${network}/virtualNetworks/hub`;
const gateway = `${network}/virtualNetworkGateways/vpn`;
const ownNetwork =
  "write it as /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/NAME (az network vnet show --query id shows it)";
const ownGateway =
  "write it as /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworkGateways/NAME (az network vnet-gateway show --query id shows it)";
const vpc = {
  awsCidr: undefined,
  awsVpcId: "vpc-0123456789abcdef0",
  awsSubnetIds: ["subnet-0123456789abcdef0"],
};
const joined = { azureCidr: undefined, azureVirtualNetworkId: hub, azureClients: { web: "10.101.0.0/24" } };

export const joiningMistakes: readonly SettingMistake[] = [
  ...(["azureVirtualNetworkId", "azureGatewayId"] as const).flatMap((key) =>
    ["hub", "/subscriptions/1"].map((value): SettingMistake => ({
      what: `${key}: ${value}`,
      given: { ...joined, [key]: value },
      says: `${key} is ${value}, but it is not the resource id of a ${key === "azureGatewayId" ? "virtual network gateway" : "virtual network"}; ${key === "azureGatewayId" ? ownGateway : ownNetwork}`,
    })),
  ),
  {
    what: "a DNS security policy for a network of others",
    given: { ...joined, dnsSecurityPolicy: true },
    says: "dnsSecurityPolicy is true, but azureVirtualNetworkId is set, and a network takes one DNS security policy, which is its owner's; remove it, or azureVirtualNetworkId",
  },
  {
    what: "a client of a name that the program uses",
    given: { azureClients: { aws: "10.0.1.192/27" } },
    says: "azureClients.aws is 10.0.1.192/27, but the program uses this name itself; use another",
  },
  {
    what: "a client with host bits",
    given: { azureClients: { web: "10.0.1.193/27" } },
    says: "azureClients.web is 10.0.1.193/27, but its host bits are set; use 10.0.1.192/27",
  },
  {
    what: "a gateway among the spokes",
    given: { azureSpokes: [gateway] },
    says: `azureSpokes[0] is ${gateway.length > 80 ? `${gateway.slice(0, 79)}…` : gateway}, but it is not the resource id of a virtual network; ${ownNetwork}`,
  },
  {
    what: "a spoke by its name",
    given: { azureSpokes: ["apps"] },
    says: `azureSpokes[0] is apps, but it is not the resource id of a virtual network; ${ownNetwork}`,
  },
  ...["vpc-1", "hub"].map((value): SettingMistake => ({
    what: `awsVpcId: ${value}`,
    given: { ...vpc, awsVpcId: value },
    says: `awsVpcId is ${value}, but it is not the id of a VPC; write it as vpc-0123456789abcdef0`,
  })),
  ...["subnet-1", "vpc-0123456789abcdef0"].map((value): SettingMistake => ({
    what: `awsSubnetIds: ${value}`,
    given: { ...vpc, awsSubnetIds: [value] },
    says: `awsSubnetIds[0] is ${value}, but it is not the id of a subnet; write it as subnet-0123456789abcdef0`,
  })),
  ...["vgw-1", "tgw-0123456789abcdef0"].map((value): SettingMistake => ({
    what: `awsGatewayId: ${value}`,
    given: { ...vpc, awsGatewayId: value },
    says: `awsGatewayId is ${value}, but it is not the id of a virtual private gateway; write it as vgw-0123456789abcdef0`,
  })),
];
