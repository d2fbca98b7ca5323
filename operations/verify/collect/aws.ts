import {
  DescribeSecurityGroupRulesCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { StackOutputs } from "../../../outputs";
import { type Answer, known } from "../facts/answer";
import type { AwsAccess } from "./access";
import { ask } from "./ask";
import { collectAudit } from "./audit";
import { collectServiceZones, collectZones } from "./awsZones";
import { collectBucket } from "./bucket";
import { collectLogs } from "./logs";
import { collectNetworkAcls, collectRouteTables } from "./awsNetwork";
import { endpointCares, unknownOf } from "./properties";
import { collectReader } from "./reader";
import { collectVpn } from "./vpn";
import type { AwsFacts } from "../facts/aws";
import { s3ServiceOf } from "../facts/ids";

/** Collects everything of AWS at once; without valid credentials, that is the one problem. */
export async function collectAws(access: AwsAccess, outputs: StackOutputs): Promise<Answer<AwsFacts>> {
  const about = "AWS";
  const caller = await ask(about, "sts:GetCallerIdentity", async () => {
    const { Account = "", Arn = "" } = await new STSClient(access).send(new GetCallerIdentityCommand({}));
    return { account: Account, arn: Arn };
  });
  const who = known(caller);
  if (who === undefined)
    return "problem" in caller
      ? caller
      : { about, problem: { kind: "gone", says: "AWS has no such caller" } };
  const ec2 = new EC2Client(access);
  const [
    vpn,
    routeTables,
    networkAcls,
    zones,
    serviceZones,
    endpoint,
    endpointIngress,
    reader,
    buckets,
    logs,
    audit,
  ] = await Promise.all([
    collectVpn(access, outputs.vpn),
    collectRouteTables(ec2, outputs.awsNetwork.vpcId),
    collectNetworkAcls(ec2, outputs.awsNetwork.vpcId),
    collectZones(ec2),
    collectServiceZones(ec2, s3ServiceOf(outputs.awsRegion)),
    collectEndpoint(ec2, outputs.endpointId),
    collectIngress(ec2, outputs.awsNetwork.endpointSecurityGroupId),
    collectReader(access, outputs.readerArn),
    Promise.all(
      Object.entries(outputs.buckets).map(
        async ([key, { bucketName }]) => [key, await collectBucket(access, who.account, bucketName)] as const,
      ),
    ),
    collectLogs(access, who.account, outputs),
    collectAudit(access, outputs),
  ]);
  const network = { routeTables, networkAcls, zones, serviceZones, endpoint, endpointIngress };
  const value = { caller: who, ...vpn, ...network, reader, logs, audit };
  return { about, value: { ...value, buckets: Object.fromEntries(buckets) } };
}

function collectEndpoint(ec2: EC2Client, id: string): Promise<AwsFacts["endpoint"]> {
  return ask(`the S3 endpoint ${id}`, "ec2:DescribeVpcEndpoints", async () => {
    const { VpcEndpoints = [] } = await ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }));
    const [endpoint] = VpcEndpoints;
    if (endpoint === undefined || endpoint.State?.toLowerCase() === "deleted") return undefined;
    return {
      state: endpoint.State ?? "",
      vpcId: endpoint.VpcId ?? "",
      serviceName: endpoint.ServiceName ?? "",
      privateDns: endpoint.PrivateDnsEnabled ?? false,
      subnetIds: endpoint.SubnetIds ?? [],
      securityGroupIds: (endpoint.Groups ?? []).map(({ GroupId }) => GroupId ?? ""),
      dnsNames: (endpoint.DnsEntries ?? []).map(({ DnsName }) => DnsName ?? ""),
      policy: endpoint.PolicyDocument,
      type: endpoint.VpcEndpointType ?? "",
      addressType: endpoint.IpAddressType,
      serviceRegion: endpoint.ServiceRegion,
      unknown: unknownOf(endpoint, endpointCares),
    };
  });
}

function collectIngress(ec2: EC2Client, groupId: string): Promise<AwsFacts["endpointIngress"]> {
  return ask(`the rules of ${groupId}`, "ec2:DescribeSecurityGroupRules", async () => {
    const Filters = [{ Name: "group-id", Values: [groupId] }];
    const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }));
    return SecurityGroupRules.filter(({ IsEgress }) => IsEgress !== true).map((rule) => ({
      protocol: rule.IpProtocol ?? "",
      fromPort: rule.FromPort ?? 0,
      toPort: rule.ToPort ?? 65535,
      cidr: rule.CidrIpv4 ?? rule.CidrIpv6,
      names: rule.ReferencedGroupInfo?.GroupId ?? rule.PrefixListId,
    }));
  });
}
