import type { Props } from "../../../rehearsal/model/recording";
import { type Estate, place } from "./estates";
import { clientEstate } from "./clientEstate";
import { dnsEstate } from "./dnsRows";
import { spokeEstate } from "./peeringRows";
import { s3Estate } from "./s3Estate";
import { bgpEstate, staticEstate } from "./vpnEstates";
import { watchEstate } from "./watchEstate";

export interface ChangeRow {
  readonly title: string;
  readonly estate: Estate;
  readonly of: string;
  readonly change: Props;
  /** Undefined where the cloud takes the change. */
  readonly code: string | undefined;
}

const zoned = { name: "VpnGw2AZ", tier: "VpnGw2AZ" };

export const changeRows: readonly ChangeRow[] = [
  {
    title: "other tags",
    estate: staticEstate,
    of: "network",
    change: { tags: { owner: "us" } },
    code: undefined,
  },
  {
    title: "a bigger SKU",
    estate: bgpEstate,
    of: "gateway",
    change: { sku: { name: "VpnGw3AZ", tier: "VpnGw3AZ" } },
    code: undefined,
  },
  {
    title: "another key in AWS",
    estate: staticEstate,
    of: "connection1",
    change: { tunnel1PresharedKey: "AnotherKey1" },
    code: undefined,
  },
  {
    title: "free addresses inside a tunnel",
    estate: staticEstate,
    of: "connection1",
    change: { tunnel1InsideCidr: "169.254.30.0/30" },
    code: undefined,
  },
  {
    title: "the addresses inside both tunnels swapped",
    estate: staticEstate,
    of: "connection1",
    change: { tunnel1InsideCidr: "169.254.22.0/30", tunnel2InsideCidr: "169.254.21.0/30" },
    code: "InvalidParameterValue",
  },
  {
    title: "the addresses of tunnel 1 for tunnel 2, which change over first",
    estate: staticEstate,
    of: "connection1",
    change: { tunnel1InsideCidr: "169.254.30.0/30", tunnel2InsideCidr: "169.254.21.0/30" },
    code: undefined,
  },
  {
    title: "another location",
    estate: staticEstate,
    of: "ip1",
    change: { location: "japanwest" },
    code: "InvalidResourceLocation",
  },
  {
    title: "an address space without its subnets",
    estate: staticEstate,
    of: "network",
    change: { addressSpace: { addressPrefixes: ["10.0.2.0/24"] } },
    code: "InUsePrefixCannotBeDeleted",
  },
  {
    title: "other addresses of a subnet under its gateway",
    estate: staticEstate,
    of: "gatewaySubnet",
    change: { addressPrefix: "10.0.1.192/27" },
    code: "InUsePrefixCannotBeDeleted",
  },
  {
    title: "other addresses of a subnet that is empty",
    estate: staticEstate,
    of: "clientSubnet",
    change: { addressPrefix: "10.0.1.16/28" },
    code: undefined,
  },
  {
    title: "other zones",
    estate: staticEstate,
    of: "ip1",
    change: { zones: ["1"] },
    code: "ResourceAvailabilityZonesCannotBeModified",
  },
  {
    title: "Basic to a zonal SKU",
    estate: staticEstate,
    of: "gateway",
    change: { sku: zoned },
    code: "GatewaySkuChangeNotAllowed",
  },
  {
    title: "another generation",
    estate: bgpEstate,
    of: "gateway",
    change: { vpnGatewayGeneration: "Generation1" },
    code: "PropertyChangeNotAllowed",
  },
  {
    title: "another protocol",
    estate: bgpEstate,
    of: "azureConnection1",
    change: { connectionProtocol: "IKEv1" },
    code: "PropertyChangeNotAllowed",
  },
  {
    title: "a lower threshold",
    estate: watchEstate,
    of: "alarm",
    change: { threshold: 0 },
    code: undefined,
  },
  {
    title: "another address",
    estate: watchEstate,
    of: "actionGroup",
    change: { emailReceivers: [{ name: "them", emailAddress: "them@example.com" }] },
    code: undefined,
  },
  {
    title: "a workspace in another location",
    estate: watchEstate,
    of: "workspace",
    change: { location: "japanwest" },
    code: "InvalidResourceLocation",
  },
  {
    title: "versioning disabled again",
    estate: s3Estate,
    of: "versioning",
    change: { versioningConfiguration: { status: "Disabled" } },
    code: "InvalidVersioningStatus",
  },
  {
    title: "other custom data",
    estate: clientEstate,
    of: "machine",
    change: {
      osProfile: {
        computerName: "client",
        adminUsername: "client",
        adminPassword: "aB3.xyz",
        customData: Buffer.from("#cloud-config\n").toString("base64"),
      },
    },
    code: "PropertyChangeNotAllowed",
  },
  {
    title: "another small size",
    estate: clientEstate,
    of: "machine",
    change: { hardwareProfile: { vmSize: "Standard_B2als_v2" } },
    code: undefined,
  },
  {
    title: "a subnet of another network",
    estate: clientEstate,
    of: "interface",
    change: {
      ipConfigurations: [
        {
          name: "inside",
          subnet: {
            id: `/subscriptions/${place.subscriptionId}/resourceGroups/group/providers/Microsoft.Network/virtualNetworks/other/subnets/other`,
          },
        },
      ],
    },
    code: "SubnetsNotInSameVnet",
  },
  {
    title: "other addresses where an interface is",
    estate: clientEstate,
    of: "clientSubnet",
    change: { addressPrefix: "10.0.1.32/28" },
    code: "InUsePrefixCannotBeDeleted",
  },
];

export interface DeletionRow {
  readonly title: string;
  readonly estate: Estate;
  readonly of: string;
  readonly code: string;
}

export const deletionRows: readonly DeletionRow[] = [
  {
    title: "a DNS policy that is linked to a network",
    estate: dnsEstate,
    of: "dnsPolicy",
    code: "CannotDeleteResource",
  },
  {
    title: "a list of domains that a rule names",
    estate: dnsEstate,
    of: "everyName",
    code: "CannotDeleteResource",
  },
  {
    title: "a gateway that a peered network uses",
    estate: spokeEstate,
    of: "gateway",
    code: "VirtualNetworkGatewayInUseByPeering",
  },
  {
    title: "a network whose subnet holds a gateway",
    estate: staticEstate,
    of: "network",
    code: "InUseSubnetCannotBeDeleted",
  },
  {
    title: "a subnet that holds a gateway",
    estate: staticEstate,
    of: "gatewaySubnet",
    code: "InUseSubnetCannotBeDeleted",
  },
  {
    title: "a network with an interface in it",
    estate: clientEstate,
    of: "network",
    code: "InUseSubnetCannotBeDeleted",
  },
  {
    title: "a subnet with an interface in it",
    estate: clientEstate,
    of: "clientSubnet",
    code: "InUseSubnetCannotBeDeleted",
  },
  { title: "an interface that a machine uses", estate: clientEstate, of: "interface", code: "NicInUse" },
  {
    title: "a security group on a subnet",
    estate: staticEstate,
    of: "securityGroup",
    code: "InUseNetworkSecurityGroupCannotBeDeleted",
  },
  {
    title: "the address of a gateway",
    estate: staticEstate,
    of: "ip1",
    code: "PublicIPAddressCannotBeDeleted",
  },
  {
    title: "a gateway with a connection",
    estate: staticEstate,
    of: "gateway",
    code: "VirtualNetworkGatewayInUse",
  },
  {
    title: "a local gateway with a connection",
    estate: staticEstate,
    of: "site1",
    code: "LocalNetworkGatewayInUse",
  },
  { title: "a VPC with anything in it", estate: s3Estate, of: "vpc", code: "DependencyViolation" },
  { title: "a subnet with an endpoint", estate: s3Estate, of: "subnetC", code: "DependencyViolation" },
  { title: "a route table in use", estate: s3Estate, of: "routes", code: "DependencyViolation" },
  {
    title: "the security group of an endpoint",
    estate: s3Estate,
    of: "endpointGroup",
    code: "DependencyViolation",
  },
  { title: "an attached VPN gateway", estate: s3Estate, of: "awsGateway", code: "IncorrectState" },
  {
    title: "a customer gateway with a connection",
    estate: staticEstate,
    of: "customer1",
    code: "IncorrectState",
  },
  { title: "a bucket with an object", estate: s3Estate, of: "bucket", code: "BucketNotEmpty" },
  { title: "a user with an access key", estate: s3Estate, of: "reader", code: "DeleteConflict" },
];
