/** A finding that was looked at and stays. */
export interface Exception {
  readonly check: string;
  /** As checkov names it. */
  readonly resource: string;
  readonly reason: string;
}

const client = "Microsoft.Compute/virtualMachines.client-machine";

export const exceptions: readonly Exception[] = [
  {
    check: "CKV_AWS_18",
    resource: "AWS::S3::Bucket.S3Data",
    reason: "accessLogs is a setting, off by default (docs/compliance.md, S3.9)",
  },
  {
    check: "CKV_AWS_18",
    resource: "AWS::S3::Bucket.LogsBucket",
    reason: "the bucket that takes the logs would fill itself with logs of their delivery",
  },
  {
    check: "CKV_AWS_26",
    resource: "AWS::SNS::Topic.AlarmsAwsTopic",
    reason:
      "CloudWatch publishes to an encrypted topic only with a key of the account's own; the messages hold names of tunnels and times, and no secret",
  },
  {
    check: "CKV_AWS_26",
    resource: "AWS::SNS::Topic.AuditIamTopic",
    reason:
      "EventBridge publishes to an encrypted topic only with a key of the account's own; the messages hold who changed the reader and how, and no secret",
  },
  {
    check: "CKV_AWS_35",
    resource: "AWS::CloudTrail::Trail.AuditTrail",
    reason:
      "S3 encrypts the files by its own key; one of the account's own costs and can be lost with the files (docs/compliance.md, CloudTrail.2)",
  },
  {
    check: "CKV_AWS_158",
    resource: "AWS::Logs::LogGroup.VpnAwsLogs",
    reason:
      "CloudWatch Logs encrypts by its own key; one of the account's own costs and can be lost with the logs, which hold addresses and times, and no secret",
  },
  {
    check: "CKV_AZURE_97",
    resource: client,
    reason:
      "encryption at host must be registered for the subscription first, or Azure refuses the machine; its disk is encrypted at rest all the same",
  },
  {
    check: "CKV_AZURE_151",
    resource: client,
    reason: "the check is about Windows and takes every machine for one; this one is Linux",
  },
];
