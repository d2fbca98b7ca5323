// The pack judges the program, so it spells types out instead of importing the program's table.
export const awsConnection = "aws:ec2/vpnConnection:VpnConnection";
export const azureConnection = "azure-native:network:VirtualNetworkGatewayConnection";
export const azureGateway = "azure-native:network:VirtualNetworkGateway";

/** Both names of an S3 type: the newer class is an alias of the older `…V2` (@pulumi/aws 7). */
export function bothNames(type: string): readonly [string, string] {
  const [provider = "", module = "", kind = ""] = type.split(":");
  return [type, `${provider}:${module}V2:${kind}V2`];
}

export const buckets = bothNames("aws:s3/bucket:Bucket");
export const versionings = bothNames("aws:s3/bucketVersioning:BucketVersioning");
export const encryptions = bothNames(
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
);
