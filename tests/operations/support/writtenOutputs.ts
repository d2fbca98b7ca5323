import { contractVersion, type StackOutputs } from "../../../outputs";

/** Outputs as a stack writes them, with the real shape of every name and no cloud behind. */
export function writtenOutputs(topology: StackOutputs["vpn"]["topology"]): StackOutputs {
  const network =
    "/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/azure-group-dev-1234567/providers/Microsoft.Network";
  const connections = topology === "active-active" ? 2 : 1;
  const tunnels = ["tunnel1", "tunnel2", "tunnel3", "tunnel4"].slice(
    0,
    topology === "single-tunnel" ? 1 : 2 * connections,
  );
  return {
    contractVersion,
    listCommand: "aws s3 ls",
    endpointUrl: "https://bucket.vpce-0a1b2c3d4e5f60718-abcd1234.s3.ap-northeast-1.vpce.amazonaws.com",
    endpointId: "vpce-0a1b2c3d4e5f60718",
    buckets: { data: { bucketName: "s3-data-dev-1234567", access: "read" } },
    firstBucket: "data",
    readerArn: "arn:aws:iam::123456789012:user/s3-reader-dev-1234567",
    readerAccessKeyId: "AKIAEXAMPLE",
    readerSecretAccessKey: "[secret]",
    perimeter: "allow",
    presignedUrlMinutes: 60,
    awsRegion: "ap-northeast-1",
    awsNetwork: {
      vpcId: "vpc-1",
      cidr: "10.2.0.0/22",
      routeTableId: "rtb-1",
      subnetIds: { any: "subnet-1" },
      endpointSecurityGroupId: "sg-1",
    },
    azureLocation: "japaneast",
    azureNetwork: {
      resourceGroupName: "azure-group-dev-1234567",
      virtualNetworkId: `${network}/virtualNetworks/azure-network-dev-1234567`,
      cidr: "10.1.0.0/22",
      clientSubnetId: `${network}/virtualNetworks/azure-network-dev-1234567/subnets/azure-client-subnet-dev-1234567`,
      clientSecurityGroupId: `${network}/networkSecurityGroups/azure-client-security-group-dev-1234567`,
    },
    vpn: {
      topology,
      azureGatewayId: `${network}/virtualNetworkGateways/vpn-gateway`,
      azureGatewayName: "vpn-gateway",
      awsGatewayId: "vgw-1",
      awsConnectionIds: Array.from({ length: connections }, (_, index) => `vpn-${index + 1}`),
      tunnels: tunnels.map((name, index) => ({
        name,
        azureConnectionId: `${network}/connections/vpn-${name}-azure-connection-dev-1234567`,
        azureConnectionName: `vpn-${name}-azure-connection-dev-1234567`,
        azurePublicAddress: "20.0.0.1",
        awsConnectionId: `vpn-${Math.floor(index / 2) + 1}`,
        awsSlot: (index % 2) + 1,
        awsOutsideAddress: `203.0.113.${index + 1}`,
        insideCidr: `169.254.21.${4 * index}/30`,
      })),
      ipsec: {
        ike: { encryption: "AES256", integrity: "SHA384", dhGroup: 20, lifetimeSeconds: 28800 },
        esp: { encryption: "AES256-GCM", integrity: "GCM", pfsGroup: 20, lifetimeSeconds: 3600 },
        pinnedOnAzure: true,
      },
    },
  };
}
