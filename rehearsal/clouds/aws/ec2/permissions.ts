/** Where EC2's actions are listed, and which calls the provider makes. */
export const ec2Actions =
  "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html; calls: terraform-provider-aws, internal/service/ec2";

export const ec2Tags = ["ec2:CreateTags", "ec2:DeleteTags"];

/**
 * AWS keeps a delivery behind each flow log to S3, with the permissions of whoever creates it:
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3.html
 */
export const flowLogDelivery = ["logs:CreateLogDelivery", "s3:GetBucketPolicy"];

/**
 * AWS delivers the logs of a tunnel itself, and keeps the group's resource policy with the permissions of whoever
 * switches them on: https://docs.aws.amazon.com/vpn/latest/s2svpn/monitoring-logs.html
 */
export const tunnelLogs = [
  "logs:CreateLogDelivery",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "logs:GetLogDelivery",
  "logs:ListLogDeliveries",
  "logs:PutResourcePolicy",
  "logs:UpdateLogDelivery",
];
