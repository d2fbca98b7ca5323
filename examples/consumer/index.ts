import * as aws from "@pulumi/aws/vpc";
import * as azure from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import { readLink } from "./link";

const config = new pulumi.Config();
const subnetCidr = config.require("subnetCidr");
const link = readLink(config.require("linkStack"));

/** Nothing but HTTPS leaves this team's subnet for AWS, and nothing comes in from there. */
const everyPort = { sourcePortRange: "*", destinationPortRange: "*" };
const rules = new azure.NetworkSecurityGroup("team-rules", {
  resourceGroupName: link.azureNetwork.resourceGroupName,
  location: link.azureLocation,
  securityRules: [
    {
      ...everyPort,
      name: "AllowHttpsToAws",
      priority: 100,
      direction: "Outbound",
      access: "Allow",
      protocol: "Tcp",
      sourceAddressPrefix: subnetCidr,
      destinationAddressPrefix: link.awsNetwork.cidr,
      destinationPortRange: "443",
    },
    {
      ...everyPort,
      name: "DenyOtherOut",
      priority: 4096,
      direction: "Outbound",
      access: "Deny",
      protocol: "*",
      sourceAddressPrefix: "*",
      destinationAddressPrefix: "*",
    },
    {
      ...everyPort,
      name: "DenyIn",
      priority: 4096,
      direction: "Inbound",
      access: "Deny",
      protocol: "*",
      sourceAddressPrefix: "*",
      destinationAddressPrefix: "*",
    },
  ],
});

const subnet = new azure.Subnet("team-subnet", {
  resourceGroupName: link.azureNetwork.resourceGroupName,
  virtualNetworkName: link.azureNetwork.virtualNetworkId.apply(lastSegment),
  addressPrefix: subnetCidr,
  networkSecurityGroup: { id: rules.id },
  defaultOutboundAccess: false,
});

/** The endpoint lets in whom it knows. */
const ingress = new aws.SecurityGroupIngressRule("team-https", {
  securityGroupId: link.awsNetwork.endpointSecurityGroupId,
  description: "HTTPS from the subnet of the team in Azure",
  cidrIpv4: subnetCidr,
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
});

const outputs = {
  subnetId: subnet.id,
  ingressRuleId: ingress.id,
  /** What the application is started with: every AWS SDK and the AWS CLI read these names. */
  environment: {
    AWS_REGION: link.awsRegion,
    AWS_ENDPOINT_URL_S3: link.endpointUrl,
    AWS_ACCESS_KEY_ID: link.readerAccessKeyId,
    BUCKETS: link.buckets.apply(bucketNames),
  },
  /** Secret here as it is there. */
  secretAccessKey: link.readerSecretAccessKey,
};

function lastSegment(azureId: string): string {
  return azureId.split("/").at(-1) ?? azureId;
}

function bucketNames(buckets: Readonly<Record<string, { readonly bucketName: string }>>): string {
  return Object.values(buckets)
    .map(({ bucketName }) => bucketName)
    .join(" ");
}

export = outputs;
