import { awsTypes, randomTypes } from "../../../rehearsal/model/resourceTypes";
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
  endpointGroup: planned(awsTypes.securityGroup, (made) => ({
    vpcId: made("vpc").id,
    description: "HTTPS to S3",
  })),
  ingress: planned(awsTypes.securityGroupIngressRule, (made) => ({
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
  endpoint: planned(awsTypes.vpcEndpoint, (made) => ({
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
  reader: planned(awsTypes.user, () => ({ path: "/readers/" })),
  readerKey: planned(awsTypes.accessKey, (made) => ({ user: named(made, "reader") })),
  bucket: planned(awsTypes.bucket, () => ({ bucket: "data-of-the-test" })),
  block: planned(awsTypes.bucketPublicAccessBlock, (made) => ({
    bucket: made("bucket").id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  })),
  ownership: planned(awsTypes.bucketOwnershipControls, (made) => ({
    bucket: made("bucket").id,
    rule: { objectOwnership: "BucketOwnerEnforced" },
  })),
  versioning: planned(awsTypes.bucketVersioning, (made) => ({
    bucket: made("bucket").id,
    versioningConfiguration: { status: "Enabled" },
  })),
  encryption: planned(awsTypes.bucketServerSideEncryptionConfiguration, (made) => ({
    bucket: made("bucket").id,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
  })),
  bucketPolicy: planned(awsTypes.bucketPolicy, (made) => ({
    bucket: made("bucket").id,
    policy: readerPolicy(made("bucket").id, output(made, "reader", "arn")),
  })),
  lock: planned(awsTypes.bucketObjectLockConfiguration, (made) => ({
    bucket: made("bucket").id,
    rule: { defaultRetention: { mode: "GOVERNANCE", days: 30 } },
  })),
  object: planned(awsTypes.bucketObjectv2, (made) => ({
    bucket: made("bucket").id,
    key: "hello.txt",
    content: "hello",
  })),
  password: planned(randomTypes.randomPassword, () => ({
    length: 64,
    special: false,
    numeric: false,
  })),
};
