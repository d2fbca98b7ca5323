import * as aws from "@pulumi/aws/vpc";
import * as azure from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import { readLink } from "./link";

const config = new pulumi.Config();
const subnetCidr = config.require("subnetCidr");
const link = readLink(config.require("linkStack"));

/** This team's machines live in a subnet of their own, behind the rules of the link's clients. */
const subnet = new azure.Subnet("team-subnet", {
  resourceGroupName: link.azureNetwork.resourceGroupName,
  virtualNetworkName: link.azureNetwork.virtualNetworkId.apply(lastSegment),
  addressPrefix: subnetCidr,
  networkSecurityGroup: { id: link.azureNetwork.clientSecurityGroupId },
  defaultOutboundAccess: false,
});

/** The endpoint lets in whom it knows. */
const ingress = new aws.SecurityGroupIngressRule("team-https", {
  securityGroupId: link.awsNetwork.endpointSecurityGroupId,
  description: "HTTPS from the team's subnet in Azure",
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
