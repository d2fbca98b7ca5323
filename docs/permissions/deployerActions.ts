import { cloudTypes } from "../../rehearsal/clouds/clouds";
import type { Permissions } from "../../rehearsal/clouds/permissions";

const ec2 =
  "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html; calls: terraform-provider-aws, internal/service/ec2";
const azureNetwork = "https://learn.microsoft.com/azure/role-based-access-control/permissions/networking";
const azureVpn = `https://learn.microsoft.com/azure/vpn-gateway/roles-permissions; ${azureNetwork}`;

const azureMonitor = "https://learn.microsoft.com/azure/role-based-access-control/permissions/monitor";
const azureCompute = "https://learn.microsoft.com/azure/role-based-access-control/permissions/compute";

const ec2Tags = ["ec2:CreateTags", "ec2:DeleteTags"];

/**
 * AWS keeps a delivery behind each flow log to S3, with the rights of whoever makes it:
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3.html
 */
const flowLogDelivery = ["logs:CreateLogDelivery", "s3:GetBucketPolicy"];

/**
 * Logs of a tunnel are delivered by AWS itself, which looks after the group's resource policy with the rights of whoever
 * switches them on: https://docs.aws.amazon.com/vpn/latest/s2svpn/monitoring-logs.html
 */
const tunnelLogs = [
  "logs:CreateLogDelivery",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "logs:GetLogDelivery",
  "logs:ListLogDeliveries",
  "logs:PutResourcePolicy",
  "logs:UpdateLogDelivery",
];

/** Azure names a resource's rights alike: updating is writing. */
function azure(resource: string, source: string, joins: readonly string[] = []): Permissions {
  return {
    create: [`${resource}/write`, ...joins],
    read: [`${resource}/read`],
    update: [`${resource}/write`, ...joins],
    delete: [`${resource}/delete`],
    source,
  };
}

/** Every resource type of the program. A type without a row fails the tests. */
const rows: Readonly<Record<string, Permissions>> = {
  "aws:ec2/customerGateway:CustomerGateway": {
    create: ["ec2:CreateCustomerGateway", "ec2:CreateTags"],
    read: ["ec2:DescribeCustomerGateways"],
    update: ec2Tags,
    delete: ["ec2:DeleteCustomerGateway"],
    source: ec2,
  },
  "aws:ec2/flowLog:FlowLog": {
    create: ["ec2:CreateFlowLogs", "ec2:CreateTags", ...flowLogDelivery],
    read: ["ec2:DescribeFlowLogs"],
    update: ec2Tags,
    delete: ["ec2:DeleteFlowLogs", "logs:DeleteLogDelivery"],
    source: `${ec2}; https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3.html`,
  },
  "aws:ec2/routeTable:RouteTable": {
    create: ["ec2:CreateRouteTable", "ec2:CreateTags"],
    read: ["ec2:DescribeRouteTables"],
    update: ec2Tags,
    delete: ["ec2:DeleteRouteTable", "ec2:DisassociateRouteTable"],
    source: ec2,
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    create: ["ec2:AssociateRouteTable"],
    read: ["ec2:DescribeRouteTables"],
    update: ["ec2:ReplaceRouteTableAssociation"],
    delete: ["ec2:DisassociateRouteTable"],
    source: ec2,
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    // AWS gives a new group an open way out, which the provider takes away.
    create: ["ec2:CreateSecurityGroup", "ec2:CreateTags", "ec2:RevokeSecurityGroupEgress"],
    read: ["ec2:DescribeSecurityGroups"],
    update: ec2Tags,
    delete: ["ec2:DeleteSecurityGroup", "ec2:DescribeNetworkInterfaces"],
    source: ec2,
  },
  "aws:ec2/subnet:Subnet": {
    create: ["ec2:CreateSubnet", "ec2:CreateTags", "ec2:ModifySubnetAttribute"],
    read: ["ec2:DescribeSubnets"],
    update: ["ec2:ModifySubnetAttribute", ...ec2Tags],
    delete: ["ec2:DeleteSubnet", "ec2:DescribeNetworkInterfaces"],
    source: ec2,
  },
  "aws:ec2/vpc:Vpc": {
    create: ["ec2:CreateTags", "ec2:CreateVpc", "ec2:ModifyVpcAttribute"],
    // It also looks up what a VPC is born with: its network ACL, route table and security group.
    read: [
      "ec2:DescribeNetworkAcls",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeVpcAttribute",
      "ec2:DescribeVpcs",
    ],
    update: ["ec2:ModifyVpcAttribute", ...ec2Tags],
    delete: ["ec2:DeleteVpc"],
    source: ec2,
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    create: ["ec2:CreateTags", "ec2:CreateVpcEndpoint"],
    read: ["ec2:DescribeNetworkInterfaces", "ec2:DescribePrefixLists", "ec2:DescribeVpcEndpoints"],
    update: ["ec2:ModifyVpcEndpoint", ...ec2Tags],
    delete: ["ec2:DeleteVpcEndpoints"],
    source: ec2,
  },
  "aws:ec2/vpnConnection:VpnConnection": {
    create: ["ec2:CreateTags", "ec2:CreateVpnConnection", ...tunnelLogs],
    read: ["ec2:DescribeVpnConnections"],
    update: ["ec2:ModifyVpnConnection", "ec2:ModifyVpnTunnelOptions", ...ec2Tags, ...tunnelLogs],
    delete: ["ec2:DeleteVpnConnection", "logs:DeleteLogDelivery"],
    source: `${ec2}; https://docs.aws.amazon.com/vpn/latest/s2svpn/monitoring-logs.html`,
  },
  "aws:ec2/vpnConnectionRoute:VpnConnectionRoute": {
    create: ["ec2:CreateVpnConnectionRoute"],
    read: ["ec2:DescribeVpnConnections"],
    update: [],
    delete: ["ec2:DeleteVpnConnectionRoute"],
    source: ec2,
  },
  "aws:ec2/vpnGateway:VpnGateway": {
    create: ["ec2:CreateTags", "ec2:CreateVpnGateway"],
    read: ["ec2:DescribeVpnGateways"],
    update: ec2Tags,
    delete: ["ec2:DeleteVpnGateway"],
    source: ec2,
  },
  "aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment": {
    create: ["ec2:AttachVpnGateway"],
    read: ["ec2:DescribeVpnGateways"],
    update: [],
    delete: ["ec2:DetachVpnGateway"],
    source: ec2,
  },
  "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation": {
    create: ["ec2:EnableVgwRoutePropagation"],
    read: ["ec2:DescribeRouteTables"],
    update: [],
    delete: ["ec2:DisableVgwRoutePropagation"],
    source: ec2,
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    create: ["ec2:AuthorizeSecurityGroupIngress", "ec2:CreateTags"],
    read: ["ec2:DescribeSecurityGroupRules"],
    update: ["ec2:ModifySecurityGroupRules", ...ec2Tags],
    delete: ["ec2:RevokeSecurityGroupIngress"],
    source: ec2,
  },
  "azure-native:monitor:ActionGroup": azure("Microsoft.Insights/actionGroups", azureMonitor),
  // Whoever sends logs to a workspace must be able to use its keys.
  "azure-native:monitor:DiagnosticSetting": azure("Microsoft.Insights/diagnosticSettings", azureMonitor, [
    "Microsoft.OperationalInsights/workspaces/sharedKeys/action",
  ]),
  "azure-native:monitor:MetricAlert": azure("Microsoft.Insights/metricAlerts", azureMonitor),
  "azure-native:compute:VirtualMachine": {
    create: [
      "Microsoft.Compute/virtualMachines/write",
      "Microsoft.Compute/disks/write",
      "Microsoft.Network/networkInterfaces/join/action",
    ],
    read: ["Microsoft.Compute/virtualMachines/read"],
    update: ["Microsoft.Compute/virtualMachines/write", "Microsoft.Network/networkInterfaces/join/action"],
    delete: ["Microsoft.Compute/virtualMachines/delete", "Microsoft.Compute/disks/delete"],
    source: `guess: whether the disk that comes and goes with it needs rights of its own; the rights: ${azureCompute}`,
  },
  "azure-native:network:LocalNetworkGateway": azure("Microsoft.Network/localNetworkGateways", azureVpn),
  "azure-native:network:NetworkInterface": azure("Microsoft.Network/networkInterfaces", azureNetwork, [
    "Microsoft.Network/virtualNetworks/subnets/join/action",
  ]),
  "azure-native:network:NetworkSecurityGroup": azure("Microsoft.Network/networkSecurityGroups", azureNetwork),
  "azure-native:network:PublicIPAddress": azure("Microsoft.Network/publicIPAddresses", azureNetwork),
  "azure-native:network:Subnet": azure("Microsoft.Network/virtualNetworks/subnets", azureNetwork, [
    "Microsoft.Network/networkSecurityGroups/join/action",
  ]),
  "azure-native:network:VirtualNetwork": azure("Microsoft.Network/virtualNetworks", azureNetwork),
  "azure-native:network:VirtualNetworkGateway": azure("Microsoft.Network/virtualNetworkGateways", azureVpn, [
    "Microsoft.Network/publicIPAddresses/join/action",
    "Microsoft.Network/virtualNetworks/subnets/join/action",
  ]),
  "azure-native:network:VirtualNetworkGatewayConnection": azure("Microsoft.Network/connections", azureVpn),
  "azure-native:operationalinsights:Workspace": azure(
    "Microsoft.OperationalInsights/workspaces",
    azureMonitor,
  ),
  "azure-native:resources:ResourceGroup": azure(
    "Microsoft.Resources/subscriptions/resourceGroups",
    "https://learn.microsoft.com/azure/role-based-access-control/permissions/management-and-governance",
  ),
};

/** By type: from its record, or from the rows above that have not moved there yet. */
export const actionsByType: Readonly<Record<string, Permissions>> = {
  ...rows,
  ...Object.fromEntries(
    Object.entries(cloudTypes).flatMap(([type, { permissions }]) =>
      permissions === undefined ? [] : [[type, permissions]],
    ),
  ),
};

/** What the program and its providers ask beside resources. */
export const otherActions: readonly { readonly action: string; readonly because: string }[] = [
  {
    action: "sts:GetCallerIdentity",
    because: "the provider learns its account; AWS allows it to everybody",
  },
  {
    action: "iam:GetRole",
    because:
      "with perimeter: enforced the program learns its own role, to let it through (getSessionContext)",
  },
];
