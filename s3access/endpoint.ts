import { SecurityGroup, VpcEndpoint } from "@pulumi/aws/ec2";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import { endpointPolicy, type EndpointPolicyArgs } from "./policies";

export interface EndpointArgs {
  readonly region: string;
  readonly vpcId: pulumi.Input<string>;
  /** The endpoint has a network interface in each: one per zone. */
  readonly subnetIds: pulumi.Input<string>[];
  /** Who may open HTTPS to the endpoint, by name of the network. */
  readonly clients: Readonly<Record<string, string>>;
  readonly policy: pulumi.Output<EndpointPolicyArgs>;
  readonly tags: Readonly<Record<string, string>>;
}

/** The group is never replaced while the endpoint exists: AWS waits for its interfaces (terraform-provider-aws #43124). */
export function createEndpointSecurityGroup(
  name: string,
  args: EndpointArgs,
  child: pulumi.CustomResourceOptions,
): SecurityGroup {
  const group = new SecurityGroup(
    `${name}-endpoint-security-group`,
    {
      vpcId: args.vpcId,
      description: "HTTPS to the S3 interface endpoint",
      tags: { ...args.tags, Name: `${name}-endpoint-security-group` },
    },
    child,
  );
  for (const [client, cidr] of Object.entries(args.clients)) {
    new SecurityGroupIngressRule(
      `${name}-https-from-${client}`,
      {
        securityGroupId: group.id,
        description: `HTTPS from the ${client} network`,
        cidrIpv4: cidr,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        tags: args.tags,
      },
      child,
    );
  }
  return group;
}

export function createEndpoint(
  name: string,
  args: EndpointArgs,
  securityGroup: SecurityGroup,
  child: pulumi.CustomResourceOptions,
): VpcEndpoint {
  return new VpcEndpoint(
    `${name}-endpoint`,
    {
      vpcId: args.vpcId,
      vpcEndpointType: "Interface",
      serviceName: `com.amazonaws.${args.region}.s3`,
      subnetIds: args.subnetIds,
      securityGroupIds: [securityGroup.id],
      // Private names would need a gateway endpoint as well (terraform-provider-aws #32407, #33689), and clients
      // in Azure do not use the VPC's resolver.
      privateDnsEnabled: false,
      policy: pulumi.jsonStringify(args.policy.apply(endpointPolicy)),
      tags: { ...args.tags, Name: `${name}-endpoint` },
    },
    { ...child, customTimeouts: { create: "20m", update: "20m", delete: "20m" } },
  );
}

/** The address of S3 behind the endpoint, as `https://bucket.vpce-….s3.REGION.vpce.amazonaws.com`. */
export function endpointUrl(endpoint: VpcEndpoint): pulumi.Output<string> {
  return pulumi.interpolate`https://bucket.${endpoint.dnsEntries.apply(regionalDnsName)}`;
}

/**
 * The endpoint's regional name, without the wildcard that AWS shows before it. The zonal names carry the zone after
 * the suffix, so the regional one is the shortest. The certificate covers names below `bucket.`, never the bare one.
 */
export function regionalDnsName(entries: readonly { readonly dnsName: string }[]): string {
  const names = entries
    .map((entry) => /vpce-[^.]+\.s3\.[^.]+\.vpce\.amazonaws\.com$/.exec(entry.dnsName)?.[0])
    .filter((name) => name !== undefined);
  const [shortest] = names.sort((a, b) => a.length - b.length);
  if (shortest === undefined) {
    throw new Error(
      `the S3 endpoint has no vpce name among ${entries.map((entry) => entry.dnsName).join(", ")}`,
    );
  }
  return shortest;
}
