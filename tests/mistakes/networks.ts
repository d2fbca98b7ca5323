import type { SettingMistake } from "./mistake";

export const networkMistakes: readonly SettingMistake[] = [
  {
    what: "a network that is missing",
    given: { azureCidr: undefined },
    says: "azureCidr is not set, but every stack without azureVirtualNetworkId needs it; for example: pulumi config set azureCidr 10.0.1.0/24, or azureVirtualNetworkId",
  },
  {
    what: "a region that is missing",
    given: { "aws:region": undefined },
    says: "aws:region is not set, but every stack needs it; for example: pulumi config set aws:region ap-northeast-1",
  },
  {
    what: "a resource group's id",
    given: { azureResourceGroup: "/subscriptions/0/resourceGroups/rg" },
    says: "azureResourceGroup is /subscriptions/0/resourceGroups/rg, but it is not the name of a resource group: 1 to 90 letters, digits, hyphens, underscores, periods and parentheses, not ending in a period; use the group's name, not its id, as rg-s3-link-prod",
  },
  {
    what: "a resource group's name with a period at its end",
    given: { azureResourceGroup: "rg." },
    says: "azureResourceGroup is rg., but it is not the name of a resource group: 1 to 90 letters, digits, hyphens, underscores, periods and parentheses, not ending in a period; use the group's name, not its id, as rg-s3-link-prod",
  },
  {
    what: "an empty location",
    given: { "azure-native:location": "" },
    says: "azure-native:location is not set, but every stack needs it; for example: pulumi config set azure-native:location japaneast",
  },
  {
    what: "a zone in place of a region",
    given: { "aws:region": "ap-northeast-1a" },
    says: "aws:region is ap-northeast-1a, but it is not the name of an AWS region; write it as ap-northeast-1, without a zone's letter",
  },
  {
    what: "an Azure region in place of AWS's",
    given: { "aws:region": "japaneast" },
    says: "aws:region is japaneast, but it is not the name of an AWS region; write the AWS region, as ap-northeast-1; Azure's goes into azure-native:location",
  },
  {
    what: "the region cn-north-1 of another partition",
    given: { "aws:region": "cn-north-1" },
    says: "aws:region is cn-north-1, but AWS runs China as a partition of its own, whose ARNs, endpoint names and services this program does not write; use a region of the partition aws, as ap-northeast-1",
  },
  {
    what: "the region us-gov-west-1 of another partition",
    given: { "aws:region": "us-gov-west-1" },
    says: "aws:region is us-gov-west-1, but AWS runs GovCloud as a partition of its own, whose ARNs, endpoint names and services this program does not write; use a region of the partition aws, as ap-northeast-1",
  },
  {
    what: "the region us-iso-east-1 of another partition",
    given: { "aws:region": "us-iso-east-1" },
    says: "aws:region is us-iso-east-1, but AWS runs the secret regions as a partition of its own, whose ARNs, endpoint names and services this program does not write; use a region of the partition aws, as ap-northeast-1",
  },
  {
    what: "the region us-isob-east-1 of another partition",
    given: { "aws:region": "us-isob-east-1" },
    says: "aws:region is us-isob-east-1, but AWS runs the secret regions as a partition of its own, whose ARNs, endpoint names and services this program does not write; use a region of the partition aws, as ap-northeast-1",
  },
  {
    what: "the region eu-isoe-west-1 of another partition",
    given: { "aws:region": "eu-isoe-west-1" },
    says: "aws:region is eu-isoe-west-1, but AWS runs the secret regions as a partition of its own, whose ARNs, endpoint names and services this program does not write; use a region of the partition aws, as ap-northeast-1",
  },
  {
    what: "the region eusc-de-east-1 of another partition",
    given: { "aws:region": "eusc-de-east-1" },
    says: "aws:region is eusc-de-east-1, but AWS runs the European Sovereign Cloud as a partition of its own, whose ARNs, endpoint names and services this program does not write; use a region of the partition aws, as ap-northeast-1",
  },
  {
    what: "the location usgovvirginia of another cloud",
    given: { "azure-native:location": "usgovvirginia" },
    says: "azure-native:location is usgovvirginia, but it belongs to a cloud of its own, whose endpoints and resource types this program is not tried on; use a region of the public cloud, as japaneast",
  },
  {
    what: "the location usdodeast of another cloud",
    given: { "azure-native:location": "usdodeast" },
    says: "azure-native:location is usdodeast, but it belongs to a cloud of its own, whose endpoints and resource types this program is not tried on; use a region of the public cloud, as japaneast",
  },
  {
    what: "the location chinanorth3 of another cloud",
    given: { "azure-native:location": "chinanorth3" },
    says: "azure-native:location is chinanorth3, but it belongs to a cloud of its own, whose endpoints and resource types this program is not tried on; use a region of the public cloud, as japaneast",
  },
  {
    what: "the location usseceast of another cloud",
    given: { "azure-native:location": "usseceast" },
    says: "azure-native:location is usseceast, but it belongs to a cloud of its own, whose endpoints and resource types this program is not tried on; use a region of the public cloud, as japaneast",
  },
  {
    what: "the location usnatwest of another cloud",
    given: { "azure-native:location": "usnatwest" },
    says: "azure-native:location is usnatwest, but it belongs to a cloud of its own, whose endpoints and resource types this program is not tried on; use a region of the public cloud, as japaneast",
  },
  {
    what: "the name that Azure shows for a region",
    given: { "azure-native:location": "Japan East" },
    says: 'azure-native:location is "Japan East", but it is not the short form of an Azure region\'s name; use japaneast',
  },
  {
    what: "an AWS region in place of Azure's",
    given: { "azure-native:location": "ap-northeast-1" },
    says: "azure-native:location is ap-northeast-1, but it is not the short form of an Azure region's name; write it as japaneast (az account list-locations shows all)",
  },
  {
    what: "an address without a prefix length",
    given: { azureCidr: "10.0.1.0" },
    says: "azureCidr is 10.0.1.0, but it is not an IPv4 network; write address and prefix length, as 10.0.1.0/24",
  },
  {
    what: "a prefix length over 32",
    given: { azureCidr: "10.0.1.0/33" },
    says: "azureCidr is 10.0.1.0/33, but it is not an IPv4 network; write address and prefix length, as 10.0.1.0/24",
  },
  {
    what: "an octet over 255",
    given: { awsCidr: "10.0.256.0/24" },
    says: "awsCidr is 10.0.256.0/24, but it is not an IPv4 network; write address and prefix length, as 10.0.1.0/24",
  },
  {
    what: "an octet with a leading zero",
    given: { awsCidr: "10.0.01.0/24" },
    says: "awsCidr is 10.0.01.0/24, but it is not an IPv4 network; write address and prefix length, as 10.0.1.0/24",
  },
  {
    what: "a network with a blank before it",
    given: { awsCidr: " 10.0.0.0/24" },
    says: 'awsCidr is " 10.0.0.0/24", but it is not an IPv4 network; write address and prefix length, as 10.0.1.0/24',
  },
  {
    what: "an IPv6 network",
    given: { azureCidr: "fd00::/64" },
    says: "azureCidr is fd00::/64, but it is not an IPv4 network; write address and prefix length, as 10.0.1.0/24",
  },
  {
    what: "a network with host bits",
    given: { azureCidr: "10.0.1.7/24" },
    says: "azureCidr is 10.0.1.7/24, but its host bits are set; use 10.0.1.0/24",
  },
  {
    what: "a virtual network too large",
    given: { azureCidr: "10.0.0.0/7", awsCidr: "172.16.0.0/16" },
    says: "azureCidr is 10.0.0.0/7, but a virtual network of Azure is between /8 and /29; use 10.0.0.0/8",
  },
  {
    what: "a virtual network too small",
    given: { azureCidr: "10.0.1.0/30" },
    says: "azureCidr is 10.0.1.0/30, but a virtual network of Azure is between /8 and /29; use 10.0.1.0/29",
  },
  {
    what: "a VPC too large",
    given: { awsCidr: "172.16.0.0/15" },
    says: "awsCidr is 172.16.0.0/15, but a VPC of AWS is between /16 and /28; use 172.16.0.0/16",
  },
  {
    what: "a VPC too small",
    given: { awsCidr: "10.0.0.0/29" },
    says: "awsCidr is 10.0.0.0/29, but a VPC of AWS is between /16 and /28; use 10.0.0.0/28",
  },
  {
    what: "a link-local network",
    given: { azureCidr: "169.254.20.0/24" },
    says: "azureCidr is 169.254.20.0/24, but 169.254.0.0/16 is reserved for link-local addresses, the tunnels' insides among them; use private addresses: a part of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
  },
  {
    what: "a loopback network",
    given: { awsCidr: "127.0.0.0/24" },
    says: "awsCidr is 127.0.0.0/24, but 127.0.0.0/8 is reserved for loopback; use private addresses: a part of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
  },
  {
    what: "a multicast network",
    given: { awsCidr: "230.0.0.0/24" },
    says: "awsCidr is 230.0.0.0/24, but 224.0.0.0/4 is reserved for multicast; use private addresses: a part of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
  },
  {
    what: "a network around Azure's own address",
    given: { azureCidr: "168.63.129.0/24" },
    says: "azureCidr is 168.63.129.0/24, but 168.63.129.16/32 is reserved for Azure's own DNS and health probes; use private addresses: a part of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
  },
  {
    what: "a network reserved for the future",
    given: { azureCidr: "250.0.0.0/24" },
    says: "azureCidr is 250.0.0.0/24, but 240.0.0.0/4 is reserved for future use; use private addresses: a part of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
  },
  {
    what: "a network that begins with 0",
    given: { azureCidr: "0.0.0.0/24" },
    says: "azureCidr is 0.0.0.0/24, but 0.0.0.0/8 is reserved for this network itself; use private addresses: a part of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
  },
  {
    what: "two networks that overlap",
    given: { azureCidr: "10.0.0.0/16" },
    says: "awsCidr is 10.0.0.0/24, but it overlaps azureCidr 10.0.0.0/16, and no route could separate the two networks; use a network outside 10.0.0.0/16",
  },
  {
    what: "two networks that are the same",
    given: { azureCidr: "10.0.0.0/24" },
    says: "awsCidr is 10.0.0.0/24, but it overlaps azureCidr 10.0.0.0/24, and no route could separate the two networks; use a network outside 10.0.0.0/24",
  },
  {
    what: "a client subnet outside its network",
    given: { clientSubnetCidr: "10.0.2.0/28" },
    says: "clientSubnetCidr is 10.0.2.0/28, but it is outside azureCidr 10.0.1.0/24; use a part of it, as 10.0.1.0/25",
  },
  {
    what: "a client subnet that is too small",
    given: { clientSubnetCidr: "10.0.1.0/30" },
    says: "clientSubnetCidr is 10.0.1.0/30, but Azure's subnets are /29 or larger; use 10.0.1.0/29",
  },
  {
    what: "a client subnet with host bits",
    given: { clientSubnetCidr: "10.0.1.1/28" },
    says: "clientSubnetCidr is 10.0.1.1/28, but its host bits are set; use 10.0.1.0/28",
  },
  {
    what: "a client subnet over the GatewaySubnet",
    given: { clientSubnetCidr: "10.0.1.128/25" },
    says: "clientSubnetCidr is 10.0.1.128/25, but it overlaps the GatewaySubnet 10.0.1.240/28; make it smaller or move it",
  },
  {
    what: "a client subnet that fills its network",
    given: { clientSubnetCidr: "10.0.1.0/24" },
    says: "clientSubnetCidr is 10.0.1.0/24, but it overlaps the GatewaySubnet 10.0.1.240/28; make it smaller or move it",
  },
  {
    what: "a GatewaySubnet over the client subnet",
    given: { gatewaySubnetCidr: "10.0.1.0/27" },
    says: "gatewaySubnetCidr is 10.0.1.0/27, but it overlaps the client subnet 10.0.1.0/25; set clientSubnetCidr too",
  },
  {
    what: "a GatewaySubnet outside its network",
    given: { gatewaySubnetCidr: "10.0.3.0/27" },
    says: "gatewaySubnetCidr is 10.0.3.0/27, but it is outside azureCidr 10.0.1.0/24; use a part of it, as 10.0.1.240/28",
  },
  {
    what: "a GatewaySubnet that is too small for its SKU",
    given: { vpnTopology: "active-active", gatewaySubnetCidr: "10.0.1.240/28" },
    says: "gatewaySubnetCidr is 10.0.1.240/28, but VpnGw2AZ needs a GatewaySubnet of /27 or larger; use 10.0.1.224/27",
  },
  {
    what: "a GatewaySubnet that is too small for any SKU",
    given: { gatewaySubnetCidr: "10.0.1.252/30" },
    says: "gatewaySubnetCidr is 10.0.1.252/30, but Basic needs a GatewaySubnet of /29 or larger; use 10.0.1.248/29",
  },
  {
    what: "a virtual network without room for a zoned gateway",
    given: { vpnTopology: "dual-tunnel", azureCidr: "10.0.1.0/27" },
    says: "azureCidr is 10.0.1.0/27, but a client subnet and the GatewaySubnet of VpnGw1AZ need a /26 or larger; use 10.0.1.0/26",
  },
  {
    what: "a virtual network without room for any gateway",
    given: { azureCidr: "10.0.1.0/29" },
    says: "azureCidr is 10.0.1.0/29, but a client subnet and the GatewaySubnet of Basic need a /28 or larger; use 10.0.1.0/28",
  },
  {
    what: "a zone of another region",
    given: { awsZones: ["us-east-1a"] },
    says: "awsZones[0] is us-east-1a, but it is not a zone of aws:region ap-northeast-1; use a zone such as ap-northeast-1a",
  },
  {
    what: "a zone's id",
    given: { awsZones: ["apne1-az4"] },
    says: "awsZones[0] is apne1-az4, but it is not the name of an availability zone; use the name, as ap-northeast-1a, instead of the zone id",
  },
  {
    what: "a local zone",
    given: { awsZones: ["us-west-2-lax-1a"] },
    says: "awsZones[0] is us-west-2-lax-1a, but it is not the name of an availability zone; write it as ap-northeast-1a",
  },
  {
    what: "a zone's letter alone",
    given: { awsZones: ["a"] },
    says: "awsZones[0] is a, but it is not the name of an availability zone; write it as ap-northeast-1a",
  },
  {
    what: "a zone twice",
    given: { awsZones: ["ap-northeast-1a", "ap-northeast-1a"] },
    says: "awsZones[1] is ap-northeast-1a, but it is in the list already; list it once",
  },
  {
    what: "zones that are no list",
    given: { awsZones: "ap-northeast-1a" },
    says: "awsZones is ap-northeast-1a, but it must be a list; for example [ap-northeast-1a, ap-northeast-1c]",
  },
  {
    what: "several zones in a VPC that is too small",
    given: { awsCidr: "10.0.0.0/27", awsZones: ["ap-northeast-1a", "ap-northeast-1c"] },
    says: "awsCidr is 10.0.0.0/27, but zones a, c take a quarter of it each, and AWS's subnets are /28 or larger; use 10.0.0.0/26, or one zone",
  },
  {
    what: "a zone past h in a VPC that is too small",
    given: { awsCidr: "10.0.0.0/25", awsZones: ["ap-northeast-1a", "ap-northeast-1i"] },
    says: "awsCidr is 10.0.0.0/25, but zones a, i take a sixteenth of it each, and AWS's subnets are /28 or larger; use 10.0.0.0/24, or one zone",
  },
  {
    what: "a zone past p in a VPC that is too small",
    given: { awsCidr: "10.0.0.0/24", awsZones: ["ap-northeast-1a", "ap-northeast-1z"] },
    says: "awsCidr is 10.0.0.0/24, but zones a, z take a thirty-second of it each, and AWS's subnets are /28 or larger; use 10.0.0.0/23, or one zone",
  },
  {
    what: "a zone past d in a VPC that is too small",
    given: { awsCidr: "10.0.0.0/26", awsZones: ["ap-northeast-1a", "ap-northeast-1e"] },
    says: "awsCidr is 10.0.0.0/26, but zones a, e take an eighth of it each, and AWS's subnets are /28 or larger; use 10.0.0.0/25, or one zone",
  },
];
