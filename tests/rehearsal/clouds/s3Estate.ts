import { output, type Estate } from "./estates";
import { awsNetwork, named, planned } from "./networkEstates";

export const readerPolicy = (bucket: string, readerArn: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AllowReader",
        Effect: "Allow",
        Principal: { AWS: readerArn },
        Action: ["s3:GetObject", "s3:ListBucket"],
        Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
        Condition: { StringEquals: { "aws:SourceVpce": "vpce-0123" } },
      },
    ],
  });
/** The bucket with all of its settings, its reader and the endpoint. */
export const s3Estate: Estate = {
  ...awsNetwork,
  endpointGroup: planned("aws:ec2/securityGroup:SecurityGroup", (made) => ({
    vpcId: made("vpc").id,
    description: "HTTPS to S3",
  })),
  ingress: planned("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", (made) => ({
    securityGroupId: made("endpointGroup").id,
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrIpv4: "10.0.1.0/28",
    description: "HTTPS from Azure",
  })),
  egress: planned("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", (made) => ({
    securityGroupId: made("endpointGroup").id,
    ipProtocol: "-1",
    cidrIpv4: "10.0.1.0/28",
  })),
  endpoint: planned("aws:ec2/vpcEndpoint:VpcEndpoint", (made) => ({
    vpcId: made("vpc").id,
    serviceName: "com.amazonaws.ap-northeast-1.s3",
    vpcEndpointType: "Interface",
    subnetIds: [made("subnetA").id, made("subnetC").id],
    securityGroupIds: [made("endpointGroup").id],
    privateDnsEnabled: false,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" }],
    }),
  })),
  reader: planned("aws:iam/user:User", () => ({ path: "/readers/" })),
  readerKey: planned("aws:iam/accessKey:AccessKey", (made) => ({ user: named(made, "reader") })),
  bucket: planned("aws:s3/bucket:Bucket", () => ({ bucket: "data-of-the-test" })),
  block: planned("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", (made) => ({
    bucket: made("bucket").id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  })),
  ownership: planned("aws:s3/bucketOwnershipControls:BucketOwnershipControls", (made) => ({
    bucket: made("bucket").id,
    rule: { objectOwnership: "BucketOwnerEnforced" },
  })),
  versioning: planned("aws:s3/bucketVersioning:BucketVersioning", (made) => ({
    bucket: made("bucket").id,
    versioningConfiguration: { status: "Enabled" },
  })),
  encryption: planned(
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    (made) => ({
      bucket: made("bucket").id,
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    }),
  ),
  bucketPolicy: planned("aws:s3/bucketPolicy:BucketPolicy", (made) => ({
    bucket: made("bucket").id,
    policy: readerPolicy(made("bucket").id, output(made, "reader", "arn")),
  })),
  object: planned("aws:s3/bucketObjectv2:BucketObjectv2", (made) => ({
    bucket: made("bucket").id,
    key: "hello.txt",
    content: "hello",
  })),
  password: planned("random:index/randomPassword:RandomPassword", () => ({
    length: 64,
    special: false,
    numeric: false,
  })),
};
