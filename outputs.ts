import { z } from "zod";

/**
 * What a stack exports: the contract that other teams, `verify` and the examples read. A field's meaning never changes
 * under its name; a field that goes or changes raises `contractVersion`, a new one does not: readers drop every field
 * that they do not know, at every depth. The program's own test accepts none.
 */
export const contractVersion = 1;

const bucketSchema = z.object({
  bucketName: z.string().describe("The bucket's own name, worldwide unique."),
  access: z.enum(["read", "readWrite"]).describe("What the reader may do with its objects."),
  lockDays: z
    .number()
    .optional()
    .describe(
      "Days that object lock keeps what is written from being deleted. Absent where it locks nothing, and in stacks deployed before this output existed.",
    ),
});

const tunnelSchema = z.object({
  name: z.string().describe("`tunnel1` to `tunnel4`, the same in both clouds, logs, alarms and docs."),
  azureConnectionId: z.string().describe("Resource id of the Azure VPN connection."),
  azureConnectionName: z.string().describe("Its name within the resource group."),
  azurePublicAddress: z
    .string()
    .describe("Public IPv4 address of the Azure gateway instance that carries it."),
  awsConnectionId: z.string().describe("Id of the AWS VPN connection, as `vpn-0abc…`."),
  awsSlot: z.number().describe("Which of that connection's two tunnels it is: 1 or 2."),
  awsOutsideAddress: z.string().describe("Public IPv4 address of AWS's tunnel endpoint."),
  insideCidr: z.string().describe("The /30 inside: AWS has its first host, Azure the second."),
});

const ipsecSchema = z.object({
  ike: z
    .object({
      encryption: z.string().describe("Cipher of the key exchange, as `AES256`."),
      integrity: z.string().describe("Its hash, as `SHA384`."),
      dhGroup: z.number().describe("Its Diffie-Hellman group by IANA's number: 2 or 20."),
      lifetimeSeconds: z.number().describe("Its lifetime, in seconds."),
    })
    .describe("Phase 1."),
  esp: z
    .object({
      encryption: z.string().describe("Cipher of the data, as `AES256-GCM`."),
      integrity: z.string().describe("Its hash; `GCM` where the cipher authenticates by itself."),
      pfsGroup: z.number().describe("Group of perfect forward secrecy by IANA's number: 14 or 20."),
      lifetimeSeconds: z.number().describe("Lifetime of its keys, in seconds."),
    })
    .describe("Phase 2."),
  pinnedOnAzure: z.boolean().describe("False on Basic, where no suite can be set."),
});

export const outputsSchema = z.object({
  contractVersion: z
    .literal(contractVersion)
    .describe("Version of this contract. Readers refuse a version that they do not know."),

  listCommand: z
    .string()
    .describe("Lists the first bucket through the endpoint; paste it on a machine in the client subnet."),
  endpointUrl: z.string().describe("`--endpoint-url` of every S3 call: S3 at its private address."),
  endpointId: z.string().describe("Id of the S3 interface endpoint, as `vpce-0abc…`."),
  buckets: z.record(z.string(), bucketSchema).describe("The buckets, by their names in the settings."),
  firstBucket: z
    .string()
    .optional()
    .describe(
      "Name in the settings of the first bucket, which `listCommand` and the client list: `buckets` has no order. Absent in stacks deployed before this output existed.",
    ),
  readerArn: z.string().describe("ARN of the IAM user that the buckets let in."),
  readerAccessKeyId: z.string().describe("Access key id of that user."),
  readerSecretAccessKey: z.string().describe("Secret access key of that user. Secret."),
  perimeter: z
    .enum(["allow", "enforced"])
    .describe("Whether administrators are kept away from the data outside the endpoint as well."),
  exemptPrincipals: z
    .array(z.string())
    .optional()
    .describe(
      "ARNs that an enforced perimeter lets in from anywhere. Absent with `allow`, and in stacks deployed before this output existed.",
    ),
  presignedUrlMinutes: z
    .number()
    .optional()
    .describe(
      "How long a presigned URL works at most, in minutes, and one of the reader through the endpoint only. Absent in stacks deployed before this output existed: there it is up to seven days.",
    ),
  oldVersionDays: z
    .number()
    .optional()
    .describe(
      "Days that the buckets keep old versions. Absent where they keep them for ever, and in stacks deployed before this output existed.",
    ),
  logBucketName: z
    .string()
    .optional()
    .describe(
      "The bucket that takes flow logs below `flow/`, access logs below `access/` and the trail's below `audit/`; absent without any.",
    ),
  logKinds: z
    .array(z.enum(["flow", "access", "audit"]))
    .optional()
    .describe("Which of them it takes; absent without any."),

  trailArn: z
    .string()
    .optional()
    .describe("ARN of the CloudTrail trail that records requests and changes; absent without `auditTrail`."),
  iamTopicArn: z
    .string()
    .optional()
    .describe(
      "ARN of the SNS topic, in IAM's own region, that changes of the reader go to: subscribe your own pager there too. Absent without `auditTrail` or `alarms`, and in that region, where `alarms.topicArn` gets them.",
    ),

  awsRegion: z.string().describe("Region of everything in AWS."),
  awsNetwork: z
    .object({
      vpcId: z.string().describe("Id of the VPC."),
      cidr: z.string().describe("Its address space."),
      cidrs: z
        .array(z.string())
        .optional()
        .describe("All its address ranges, `cidr` among them. Only where the stack joins a VPC that exists."),
      routeTableId: z
        .string()
        .optional()
        .describe(
          "Carries the routes to Azure: associate further subnets with it. Absent where the stack joins a VPC that exists.",
        ),
      routeTableIds: z
        .array(z.string())
        .optional()
        .describe(
          "Those of the endpoint's subnets, in place of `routeTableId`, where the stack joins a VPC.",
        ),
      subnetIds: z
        .record(z.string(), z.string())
        .describe("Subnets by zone; `any` where AWS chose the zone."),
      endpointSecurityGroupId: z
        .string()
        .describe("Protects the endpoint: add an ingress rule for another network that must reach it."),
    })
    .describe("What another team needs to attach to the AWS side."),

  azureLocation: z.string().describe("Region of everything in Azure."),
  azureNetwork: z
    .object({
      resourceGroupName: z.string().describe("Resource group of everything in Azure."),
      virtualNetworkId: z.string().describe("Resource id of the virtual network."),
      cidr: z.string().describe("Its address space."),
      cidrs: z
        .array(z.string())
        .optional()
        .describe(
          "All its address ranges, `cidr` among them. Only where the stack joins a network that exists.",
        ),
      clientSubnetId: z
        .string()
        .optional()
        .describe(
          "Where clients live: its rules let HTTPS pass to AWS. Absent where the stack joins a network that exists without `clientSubnetCidr`.",
        ),
      clientSecurityGroupId: z
        .string()
        .optional()
        .describe("Resource id of the client subnet's security group; absent with it."),
    })
    .describe("What another team needs to attach to the Azure side."),

  azureClients: z
    .record(z.string(), z.string())
    .optional()
    .describe(
      "Networks that may use the endpoint beside the client subnet, by name. Absent where there are none.",
    ),
  joined: z
    .object({
      azureVirtualNetworkId: z.string().optional().describe("Resource id of the virtual network."),
      azureGatewayId: z.string().optional().describe("Resource id of the VPN gateway that others use."),
      awsVpcId: z.string().optional().describe("Id of the VPC."),
      awsGatewayId: z.string().optional().describe("Id of the virtual private gateway that others use."),
    })
    .optional()
    .describe("What existed before the stack and is not its own. Absent where the stack joins nothing."),

  clientVm: z
    .object({
      id: z.string().describe("Resource id of the machine."),
      name: z.string().describe("Its name within the resource group."),
    })
    .optional()
    .describe("The machine that lists the first bucket; absent without `clientVm`."),

  vpn: z
    .object({
      topology: z.enum(["single-tunnel", "dual-tunnel", "active-active"]).describe("As in the settings."),
      routing: z
        .enum(["static", "bgp"])
        .optional()
        .describe(
          "How each end learns the routes to the other: `static` or `bgp`. Absent in stacks deployed before this output existed.",
        ),
      azureGatewayId: z.string().describe("Resource id of the Azure VPN gateway."),
      azureGatewayName: z.string().describe("Its name within the resource group."),
      awsGatewayId: z.string().describe("Id of the virtual private gateway, as `vgw-0abc…`."),
      awsConnectionIds: z.array(z.string()).describe("Ids of the AWS VPN connections, in order."),
      tunnels: z.array(tunnelSchema).describe("The tunnels in use; AWS's others are expected to be down."),
      ipsec: ipsecSchema.describe("The suite that every tunnel must have negotiated."),
    })
    .describe("What an operator needs to check the VPN."),

  alarms: z
    .object({
      topicArn: z.string().describe("ARN of the SNS topic that AWS's alarms go to."),
      actionGroupId: z.string().describe("Resource id of the action group that Azure's alerts go to."),
      workspaceId: z
        .string()
        .optional()
        .describe(
          "Resource id of the workspace that keeps the Azure gateway's logs; absent with a gateway that others use.",
        ),
    })
    .optional()
    .describe("Where the alarms go: subscribe your own pager. Absent where `alarms` is false."),
});

export type StackOutputs = z.infer<typeof outputsSchema>;

/** The outputs that Pulumi keeps encrypted: each is an output of its own, so that all others stay readable. */
export const secretOutputs = ["readerSecretAccessKey"] as const satisfies readonly (keyof StackOutputs)[];
