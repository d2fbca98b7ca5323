import * as ec2 from "@aws-sdk/client-ec2";
import * as iam from "@aws-sdk/client-iam";
import * as s3 from "@aws-sdk/client-s3";
import { bucketPolicy, endpointPolicy, type Perimeter } from "../../../s3access/policies";
import type { Clients } from "./deployedStack";
import type { Network } from "./deployedVpn";
import { deployLogBucket, loggingOf } from "./deployedLogs";
import { account, idOf, region } from "./place";

export interface S3Access {
  readonly endpointId: string;
  readonly readerArn: string;
  readonly key: { readonly id: string; readonly secret: string };
  readonly perimeter: "enforced";
  readonly presignedUrlMinutes: number;
  readonly exemptPrincipals: readonly string[];
}

export const buckets = {
  reports: { bucketName: "reports-of-the-tests", access: "read" },
  uploads: { bucketName: "uploads-of-the-tests", access: "readWrite" },
} as const;

export async function deployS3(clients: Clients, network: Network): Promise<S3Access> {
  const UserName = "s3-reader-1";
  const { User } = await clients.iam.send(new iam.CreateUserCommand({ UserName }));
  const { AccessKey } = await clients.iam.send(new iam.CreateAccessKeyCommand({ UserName }));
  const readerArn = idOf(User?.Arn);
  const { VpcEndpoint } = await clients.ec2.send(
    new ec2.CreateVpcEndpointCommand({
      VpcId: network.vpcId,
      VpcEndpointType: "Interface",
      ServiceName: `com.amazonaws.${region}.s3`,
      SubnetIds: Object.values(network.subnetIds),
      SecurityGroupIds: [network.groupId],
      PrivateDnsEnabled: false,
      PolicyDocument: JSON.stringify(rightEndpointPolicy(readerArn)),
    }),
  );
  const endpointId = idOf(VpcEndpoint?.VpcEndpointId);
  await deployLogBucket(clients, network.vpcId);
  await Promise.all(
    Object.values(buckets).map((bucket) => deployBucket(clients.s3, bucket, readerArn, endpointId)),
  );
  const key = { id: idOf(AccessKey?.AccessKeyId), secret: idOf(AccessKey?.SecretAccessKey) };
  return { endpointId, readerArn, key, perimeter: "enforced", exemptPrincipals, presignedUrlMinutes };
}

export function rightEndpointPolicy(readerArn: string) {
  const all = Object.values(buckets).map(({ bucketName, access }) => ({
    arn: `arn:aws:s3:::${bucketName}`,
    access,
  }));
  return endpointPolicy({ readerArn, buckets: all });
}

const exemptPrincipals = [`arn:aws:iam::${account}:role/deployer`];
const presignedUrlMinutes = 60;
export const oldVersionDays = 30;
const perimeter: Perimeter = { kind: "enforced", exemptArns: exemptPrincipals };

export function rightBucketPolicy(bucket: keyof typeof buckets, readerArn: string, endpointId: string) {
  const { bucketName, access } = buckets[bucket];
  return bucketPolicy({
    bucketArn: `arn:aws:s3:::${bucketName}`,
    readerArn,
    endpointId,
    access,
    perimeter,
    presignedUrlMinutes,
  });
}

async function deployBucket(
  client: s3.S3Client,
  bucket: { readonly bucketName: string },
  readerArn: string,
  endpointId: string,
): Promise<void> {
  const Bucket = bucket.bucketName;
  const key = bucket.bucketName.startsWith("reports") ? "reports" : "uploads";
  await deployGuards(client, Bucket);
  await Promise.all([
    client.send(new s3.PutObjectCommand({ Bucket, Key: "hello.txt", Body: "Hello" })),
    client.send(new s3.PutBucketLoggingCommand(loggingOf(Bucket))),
    client.send(
      new s3.PutBucketLifecycleConfigurationCommand({
        Bucket,
        LifecycleConfiguration: {
          Rules: [
            {
              ID: "expire-old-versions",
              Status: "Enabled",
              Filter: { Prefix: "" },
              Expiration: { ExpiredObjectDeleteMarker: true },
              NoncurrentVersionExpiration: { NoncurrentDays: oldVersionDays },
              AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
            },
          ],
        },
      }),
    ),
  ]);
  // Last: moto evaluates a part of it, and would refuse what comes after.
  await client.send(
    new s3.PutBucketPolicyCommand({
      Bucket,
      Policy: JSON.stringify(rightBucketPolicy(key, readerArn, endpointId)),
    }),
  );
}

/** The bucket and what guards it, but its policy. */
export async function deployGuards(client: s3.S3Client, Bucket: string): Promise<void> {
  await client.send(
    new s3.CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }),
  );
  await Promise.all([
    client.send(
      new s3.PutPublicAccessBlockCommand({
        Bucket,
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      }),
    ),
    client.send(
      new s3.PutBucketOwnershipControlsCommand({
        Bucket,
        OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
      }),
    ),
    client.send(
      new s3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }),
    ),
    client.send(
      new s3.PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
        },
      }),
    ),
  ]);
}

/** The bucket with everything in it. */
export async function deleteBucket(client: s3.S3Client, Bucket: string): Promise<void> {
  await client.send(new s3.DeleteBucketPolicyCommand({ Bucket }));
  const { Versions = [] } = await client.send(new s3.ListObjectVersionsCommand({ Bucket }));
  for (const { Key = "", VersionId = "" } of Versions)
    await client.send(new s3.DeleteObjectCommand({ Bucket, Key, VersionId }));
  await client.send(new s3.DeleteBucketCommand({ Bucket }));
}
