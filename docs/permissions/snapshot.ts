/** What the snapshot asks AWS; a test compares it with its calls. `verify` asks the same in a stack that joins something. */
export const snapshotAws: readonly string[] = [
  "ec2:DescribeCustomerGateways",
  "ec2:DescribeNetworkAcls",
  "ec2:DescribeRouteTables",
  "ec2:DescribeSubnets",
  "ec2:DescribeVpcAttribute",
  "ec2:DescribeVpcEndpoints",
  "ec2:DescribeVpcs",
  "ec2:DescribeVpnConnections",
  "ec2:DescribeVpnGateways",
];

/** What it asks Azure. */
export const snapshotAzure: readonly string[] = [
  "Microsoft.Network/connections/read",
  "Microsoft.Network/localNetworkGateways/read",
  "Microsoft.Network/networkSecurityGroups/read",
  "Microsoft.Network/publicIPAddresses/read",
  "Microsoft.Network/routeTables/read",
  "Microsoft.Network/virtualNetworkGateways/connections/read",
  "Microsoft.Network/virtualNetworkGateways/getlearnedroutes/action",
  "Microsoft.Network/virtualNetworkGateways/read",
  "Microsoft.Network/virtualNetworks/read",
];
