/** What a context key holds, and whom it tells apart: who calls, the way a call comes, what is asked, or whose bucket. */
export interface ContextKey {
  readonly name: string;
  readonly holds: "text" | "ARN" | "true or false" | "address" | "number" | "date";
  readonly tells: "caller" | "way" | "call" | "transport" | "owner";
  /** A request can carry several values: AWS then wants ForAnyValue or ForAllValues. */
  readonly several?: true;
}

/**
 * The context keys that this evaluator knows; any other is refused.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html
 */
export const contextKeys: readonly ContextKey[] = [
  { name: "aws:SourceVpce", holds: "text", tells: "way" },
  { name: "aws:SourceVpc", holds: "text", tells: "way" },
  { name: "aws:SourceIp", holds: "address", tells: "way" },
  { name: "aws:VpcSourceIp", holds: "address", tells: "way" },
  { name: "aws:VpceAccount", holds: "text", tells: "way" },
  { name: "aws:VpceOrgID", holds: "text", tells: "way" },
  { name: "aws:VpceOrgPaths", holds: "text", tells: "way", several: true },
  { name: "aws:SecureTransport", holds: "true or false", tells: "transport" },
  { name: "aws:PrincipalArn", holds: "ARN", tells: "caller" },
  { name: "aws:PrincipalAccount", holds: "text", tells: "caller" },
  { name: "aws:PrincipalOrgID", holds: "text", tells: "caller" },
  { name: "aws:PrincipalOrgPaths", holds: "text", tells: "caller", several: true },
  { name: "aws:PrincipalIsAWSService", holds: "true or false", tells: "caller" },
  { name: "aws:PrincipalServiceName", holds: "text", tells: "caller" },
  { name: "aws:ViaAWSService", holds: "true or false", tells: "caller" },
  { name: "aws:TokenIssueTime", holds: "date", tells: "caller" },
  { name: "s3:signatureAge", holds: "number", tells: "caller" },
  { name: "s3:signatureversion", holds: "text", tells: "caller" },
  { name: "aws:SourceAccount", holds: "text", tells: "caller" },
  { name: "aws:SourceArn", holds: "ARN", tells: "caller" },
  { name: "aws:SourceOrgID", holds: "text", tells: "caller" },
  { name: "aws:SourceOrgPaths", holds: "text", tells: "caller", several: true },
  { name: "aws:ResourceAccount", holds: "text", tells: "owner" },
  { name: "s3:ResourceAccount", holds: "text", tells: "owner" },
  { name: "s3:x-amz-acl", holds: "text", tells: "call" },
];

const byName = new Map(contextKeys.map((key) => [key.name.toLowerCase(), key]));

/** AWS compares keys without regard to case. */
export function contextKeyOf(name: string): ContextKey | undefined {
  return byName.get(name.toLowerCase());
}
