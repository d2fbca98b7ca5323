/** What the stack asks for that neither its resources nor its outputs show. */
export interface Intent {
  /** ARN of the principal that deploys. */
  readonly deployer: string;
  /** ARNs that keep their own access from anywhere under an enforced perimeter. */
  readonly trustedPrincipals: readonly string[];
  readonly sampleObject: boolean;
  /** Whether alarms watch the link, and which addresses they notify. */
  readonly alarms: boolean;
  readonly alarmEmails: readonly string[];
  /** Whether the VPC's traffic and the requests to the data buckets are logged. */
  readonly flowLogs: boolean;
  readonly accessLogs: boolean;
}
