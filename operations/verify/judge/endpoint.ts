import type { StackOutputs } from "../../../outputs";
import { isGone, known } from "../facts/answer";
import type { AwsFacts, EndpointFacts, IngressFacts } from "../facts/aws";
import type { AzureFacts } from "../facts/azure";
import { finding, type Finding } from "./findings";
import { covers } from "./addresses";

/** The S3 endpoint, its security group, and whether the client may reach it. Its policy is judged with the buckets'. */
export function judgeEndpoint(
  outputs: StackOutputs,
  aws: AwsFacts,
  azure: AzureFacts | undefined,
): readonly Finding[] {
  const id = outputs.endpointId;
  const group = judgeIngress(outputs, known(aws.endpointIngress), azure);
  if (isGone(aws.endpoint))
    return [finding("endpoint-missing", id, "AWS has no endpoint of this id"), ...group];
  const endpoint = known(aws.endpoint);
  return endpoint === undefined ? group : [...judgeItself(outputs, endpoint), ...group];
}

function judgeItself(outputs: StackOutputs, endpoint: EndpointFacts): readonly Finding[] {
  const { endpointId: id, endpointUrl, awsRegion, awsNetwork } = outputs;
  const findings: Finding[] = [];
  // The API's own spelling differs between calls: `available`, `Available`.
  if (endpoint.state.toLowerCase() !== "available")
    findings.push(finding("endpoint-unavailable", id, `its state is ${endpoint.state}, not available`));
  const service = `com.amazonaws.${awsRegion}.s3`;
  if (endpoint.vpcId !== awsNetwork.vpcId || endpoint.serviceName !== service)
    findings.push(
      finding(
        "endpoint-elsewhere",
        id,
        `it leads from ${endpoint.vpcId} to ${endpoint.serviceName}, and must lead from ${awsNetwork.vpcId} to ${service}`,
      ),
    );
  // `https://bucket.vpce-…` of the outputs, `*.vpce-…` or `*.bucket.vpce-…` of AWS.
  const name = new URL(endpointUrl).hostname.replace(/^bucket\./, "");
  if (!endpoint.dnsNames.some((dnsName) => dnsName.replace(/^(\*\.)?(bucket\.)?/, "") === name))
    findings.push(finding("endpoint-name-differs", id, `AWS does not name it ${name}`));
  const missing = Object.entries(awsNetwork.subnetIds).filter(
    ([, subnet]) => !endpoint.subnetIds.includes(subnet),
  );
  for (const [zone, subnet] of missing)
    findings.push(finding("endpoint-interface-missing", id, `it has no address in ${subnet} (zone ${zone})`));
  if (endpoint.privateDns)
    findings.push(finding("endpoint-private-dns", id, "private DNS is on; it must be off"));
  const must = awsNetwork.endpointSecurityGroupId;
  if (endpoint.securityGroupIds.length !== 1 || endpoint.securityGroupIds[0] !== must)
    findings.push(
      finding(
        "endpoint-group-differs",
        id,
        `its security groups are ${endpoint.securityGroupIds.join(", ") || "none"}, not ${must} alone`,
      ),
    );
  return findings;
}

function judgeIngress(
  { awsNetwork, azureNetwork }: StackOutputs,
  rules: readonly IngressFacts[] | undefined,
  azure: AzureFacts | undefined,
): readonly Finding[] {
  if (rules === undefined) return [];
  const id = awsNetwork.endpointSecurityGroupId;
  const findings: Finding[] = rules
    .filter(({ cidr }) => cidr !== undefined && /\/0$/.test(cidr))
    .map((rule) =>
      finding("endpoint-open-to-world", id, `it lets ${String(rule.cidr)} in to ${ports(rule)}`),
    );
  const clients = azure === undefined ? undefined : known(azure.clientSubnet)?.cidr;
  // Where Azure gave no answer any part of its network will do.
  const admitted = (cidr: string) =>
    clients === undefined
      ? covers(azureNetwork.cidr, cidr) || covers(cidr, azureNetwork.cidr)
      : covers(cidr, clients);
  const open = rules.some((rule) => holdsHttps(rule) && rule.cidr !== undefined && admitted(rule.cidr));
  if (!open)
    findings.push(
      finding("endpoint-closed-to-client", id, `no rule lets HTTPS in from ${clients ?? azureNetwork.cidr}`),
    );
  return findings;
}

function holdsHttps({ protocol, fromPort, toPort }: IngressFacts): boolean {
  return protocol === "-1" || (protocol === "tcp" && fromPort <= 443 && 443 <= toPort);
}

function ports({ protocol, fromPort, toPort }: IngressFacts): string {
  if (protocol === "-1") return "every port";
  return fromPort === toPort ? `port ${fromPort}` : `ports ${fromPort} to ${toPort}`;
}
