import { expect } from "chai";
import { bucketPolicy, type BucketPolicyArgs, endpointPolicy } from "../../s3access/policies";

const given: BucketPolicyArgs = {
  bucketArn: "arn:aws:s3:::data",
  readerArn: "arn:aws:iam::123456789012:user/reader",
  endpointId: "vpce-1",
  access: "read",
  perimeter: { kind: "allow" },
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

    it("keeps everybody but the exempt from the data outside the endpoint", () => {
      expect(deny).to.deep.include({
        Effect: "Deny",
        Principal: "*",
        Condition: {
          StringNotEquals: { "aws:SourceVpce": "vpce-1" },
          ArnNotLike: { "aws:PrincipalArn": exempt },
          BoolIfExists: { "aws:ViaAWSService": "false", "aws:PrincipalIsAWSService": "false" },
        },
      });
    });

    it("never denies what is needed to repair the policy", () => {
      const denied = policy.Statement.filter((s) => s.Effect === "Deny" && s.Sid !== "DenyInsecureTransport");
      const actions = denied.flatMap((statement) => statement.Action);
      for (const repair of ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"])
        for (const action of actions)
          expect(matches(action, repair), `${action} covers ${repair}`).to.equal(false);
      // The control: the same match does find what is denied.
      expect(actions.some((action) => matches(action, "s3:GetObjectVersion"))).to.equal(true);
    });
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

/** Whether an action pattern such as `s3:Get*` covers an action. */
function matches(pattern: string, action: string): boolean {
  return new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(action);
}
