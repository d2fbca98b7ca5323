import { expect } from "chai";
import { logBucketPolicy, type LogKind, type LogPolicyArgs } from "../../monitoring/logPolicies";

const given: LogPolicyArgs = {
  bucketArn: "arn:aws:s3:::logs",
  accountId: "123456789012",
  region: "ap-northeast-1",
  trailName: "link-prod",
  kinds: ["flow", "access"],
};
const fromDeliveries = { ArnLike: { "aws:SourceArn": "arn:aws:logs:ap-northeast-1:123456789012:*" } };

describe("the log bucket's policy", () => {
  it("lets each of the two services write below its own prefix, for this account, and nobody in without TLS", () => {
    expect(logBucketPolicy(given)).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AWSLogDeliveryWrite",
          Effect: "Allow",
          Principal: { Service: "delivery.logs.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: "arn:aws:s3:::logs/flow/AWSLogs/123456789012/*",
          Condition: {
            StringEquals: {
              "aws:SourceAccount": "123456789012",
              "s3:x-amz-acl": "bucket-owner-full-control",
            },
            ...fromDeliveries,
          },
        },
        {
          Sid: "AWSLogDeliveryAclCheck",
          Effect: "Allow",
          Principal: { Service: "delivery.logs.amazonaws.com" },
          Action: "s3:GetBucketAcl",
          Resource: "arn:aws:s3:::logs",
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" }, ...fromDeliveries },
        },
        {
          Sid: "AllowAccessLogDelivery",
          Effect: "Allow",
          Principal: { Service: "logging.s3.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: "arn:aws:s3:::logs/access/*",
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        },
        {
          Sid: "DenyInsecureTransport",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });

  const cases: readonly { kinds: readonly LogKind[]; sids: readonly string[] }[] = [
    { kinds: ["flow"], sids: ["AWSLogDeliveryWrite", "AWSLogDeliveryAclCheck", "DenyInsecureTransport"] },
    { kinds: ["access"], sids: ["AllowAccessLogDelivery", "DenyInsecureTransport"] },
    { kinds: ["audit"], sids: ["AWSCloudTrailWrite", "AWSCloudTrailAclCheck", "DenyInsecureTransport"] },
  ];
  for (const { kinds, sids } of cases)
    it(`has no statement for another kind than ${kinds.join(" and ")} logs`, () => {
      expect(logBucketPolicy({ ...given, kinds }).Statement.map(({ Sid }) => Sid)).to.deep.equal(sids);
    });

  it("lets CloudTrail write for the one trail alone", () => {
    const [write, check] = logBucketPolicy({ ...given, kinds: ["audit"] }).Statement;
    const trail = "arn:aws:cloudtrail:ap-northeast-1:123456789012:trail/link-prod";
    expect(write?.Resource).to.equal("arn:aws:s3:::logs/audit/AWSLogs/123456789012/*");
    expect(write?.Condition).to.deep.equal({
      StringEquals: { "aws:SourceArn": trail, "s3:x-amz-acl": "bucket-owner-full-control" },
    });
    expect(check?.Condition).to.deep.equal({ StringEquals: { "aws:SourceArn": trail } });
  });

  it("keeps to the bucket's own partition", () => {
    const policy = logBucketPolicy({
      ...given,
      bucketArn: "arn:aws-us-gov:s3:::logs",
      region: "us-gov-west-1",
    });
    expect(JSON.stringify(policy))
      .to.include("arn:aws-us-gov:logs:us-gov-west-1:")
      .and.not.include("arn:aws:");
  });
});
