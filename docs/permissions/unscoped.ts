/**
 * Actions for which AWS knows no resource, or none that a request names: whoever may call them may call them on everything
 * in the region. Each with what that shows or changes of others.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const unscoped: Readonly<Record<string, string>> = {
  "cloudtrail:DescribeTrails": "shows what other trails record, and where to",
  "cloudwatch:GetMetricData": "shows the metrics of others",
  "ec2:DescribeAvailabilityZones": "shows nothing of others",
  "ec2:DescribeCustomerGateways": "shows other networks",
  "ec2:DescribeFlowLogs": "shows where other flow logs go, and none of their lines",
  "ec2:DescribeNetworkAcls": "shows other networks",
  "ec2:DescribeNetworkInterfaces": "shows other networks",
  "ec2:DescribePrefixLists": "shows nothing of others",
  "ec2:DescribeRouteTables": "shows other networks",
  "ec2:DescribeSecurityGroupRules": "shows other networks",
  "ec2:DescribeSecurityGroups": "shows other networks",
  "ec2:DescribeSubnets": "shows other networks",
  "ec2:DescribeVpcEndpointServices": "shows the services that endpoints may lead to",
  "ec2:DescribeVpcEndpoints": "shows other endpoints with their policies",
  "ec2:DescribeVpcs": "shows other networks",
  "ec2:DescribeVpnConnections":
    "shows other VPN connections with their pre-shared keys: the one secret of others that a role can read",
  "ec2:DescribeVpnGateways": "shows other gateways",
  // Its resource is a connection, whose tags AWS does not ask about here, and whose id is not known before it exists.
  "ec2:GetActiveVpnTunnelStatus": "shows the state of other tunnels",
  "events:ListRuleNamesByTarget": "shows the names of rules that lead to a known target",
  "logs:CreateLogDelivery": "creates deliveries of log sources that the caller may configure",
  "logs:DeleteLogDelivery": "deletes a delivery of others, by an id that cannot be guessed",
  "logs:DescribeLogGroups": "shows the names of other log groups",
  "logs:DescribeResourcePolicies": "shows who may write to log groups",
  "logs:GetLogDelivery": "shows other deliveries",
  "logs:ListLogDeliveries": "shows other deliveries",
  "logs:PutResourcePolicy": "changes who may write to log groups of the region",
  "logs:UpdateLogDelivery": "changes a delivery of others, by an id that cannot be guessed",
};
