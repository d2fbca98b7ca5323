import type { StackOutputs } from "../../../outputs";
import type { AwsFacts, EndpointFacts, IngressFacts } from "../facts/aws";
import type { Facts } from "../facts/facts";
import { covers } from "./addresses";
import { finding, findingsOn } from "./findings";
import { type Judgement, type Judging, read } from "./judgement";

/** The S3 endpoint, its security group, and whether the client may reach it. Its policy is judged with the buckets'. */
export function* judgeEndpoint(
  outputs: StackOutputs,
  aws: Pick<AwsFacts, "endpoint" | "endpointIngress">,
  { azure }: Pick<Facts, "azure">,
): Judgement {
  const missing = finding("endpoint-missing", outputs.endpointId, "AWS has no endpoint of this id");
  const endpoint = yield* read(aws.endpoint, missing);
  if (endpoint !== undefined) yield* judgeItself(outputs, endpoint);
  const rules = yield* read(aws.endpointIngress);
  if (rules !== undefined) yield* judgeIngress(outputs, rules, yield* clientCidr(azure));
}

function* judgeItself(outputs: StackOutputs, endpoint: EndpointFacts): Judgement {
  const { endpointId: id, endpointUrl, awsRegion, awsNetwork } = outputs;
  const found = findingsOn(id);
  const { state, vpcId, serviceName } = endpoint;
  // The API's own spelling differs between calls: `available`, `Available`.
  if (state.toLowerCase() !== "available")
    yield found("endpoint-unavailable", `its state is ${state}, not available`);
  const service = `com.amazonaws.${awsRegion}.s3`;
  if (vpcId !== awsNetwork.vpcId || serviceName !== service)
    yield found(
      "endpoint-elsewhere",
      `it leads from ${vpcId} to ${serviceName}, and must lead from ${awsNetwork.vpcId} to ${service}`,
    );
  // `https://bucket.vpce-…` of the outputs, `*.vpce-…` or `*.bucket.vpce-…` of AWS.
  const name = new URL(endpointUrl).hostname.replace(/^bucket\./, "");
  if (!endpoint.dnsNames.some((dnsName) => dnsName.replace(/^(\*\.)?(bucket\.)?/, "") === name))
    yield found("endpoint-name-differs", `its DNS names in AWS do not include ${name}`);
  for (const [zone, subnet] of Object.entries(awsNetwork.subnetIds))
    if (!endpoint.subnetIds.includes(subnet))
      yield found("endpoint-interface-missing", `it has no address in ${subnet} (zone ${zone})`);
  if (endpoint.privateDns) yield found("endpoint-private-dns", "private DNS is on; it must be off");
  const [groups, must] = [endpoint.securityGroupIds.join(", "), awsNetwork.endpointSecurityGroupId];
  if (groups !== must)
    yield found("endpoint-group-differs", `its security groups are ${groups || "none"}, not ${must} alone`);
}

/** The clients' network; undefined where Azure gave no answer. */
function* clientCidr(azure: Facts["azure"]): Judging<string | undefined> {
  const facts = yield* read(azure);
  return facts === undefined ? undefined : (yield* read(facts.clientSubnet))?.cidr;
}

function* judgeIngress(
  { awsNetwork, azureNetwork }: StackOutputs,
  rules: readonly IngressFacts[],
  clients: string | undefined,
): Judgement {
  const id = awsNetwork.endpointSecurityGroupId;
  const found = findingsOn(id);
  for (const rule of rules)
    if (rule.cidr?.endsWith("/0") === true)
      yield found("endpoint-open-to-world", `it lets ${rule.cidr} in to ${ports(rule)}`);
  // Without the clients' own network, any part of Azure's is enough.
  const admitted = (cidr: string) =>
    clients === undefined
      ? covers(azureNetwork.cidr, cidr) || covers(cidr, azureNetwork.cidr)
      : covers(cidr, clients);
  if (!rules.some((rule) => holdsHttps(rule) && rule.cidr !== undefined && admitted(rule.cidr)))
    yield found("endpoint-closed-to-client", `no rule lets HTTPS in from ${clients ?? azureNetwork.cidr}`);
}

function holdsHttps({ protocol, fromPort, toPort }: IngressFacts): boolean {
  return protocol === "-1" || (protocol === "tcp" && fromPort <= 443 && 443 <= toPort);
}

function ports({ protocol, fromPort, toPort }: IngressFacts): string {
  if (protocol === "-1") return "every port";
  return fromPort === toPort ? `port ${fromPort}` : `ports ${fromPort} to ${toPort}`;
}
