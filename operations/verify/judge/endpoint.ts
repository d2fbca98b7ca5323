import type { StackOutputs } from "../../../outputs";
import type { AwsFacts, EndpointFacts, IngressFacts } from "../facts/aws";
import type { Facts } from "../facts/facts";
import { overlap } from "../../../rehearsal/model/addresses";
import { uncovered } from "../../../rehearsal/model/parts";
import { s3ServiceOf } from "../facts/ids";
import { awsCidrs, azureCidrs } from "../facts/networks";
import { finding, findingsOn } from "./findings";
import { type Judgement, type Judging, judgeUnknown, read } from "./judgement";
import { judgeNetworkAcls } from "./networkAcls";

/** The S3 endpoint, its security group, and whether the client may reach it. Its policy is judged with the buckets'. */
export function* judgeEndpoint(
  outputs: StackOutputs,
  aws: Pick<AwsFacts, "endpoint" | "endpointIngress" | "networkAcls">,
  { azure }: Pick<Facts, "azure">,
): Judgement {
  const missing = finding("endpoint-missing", outputs.endpointId, "AWS has no endpoint of this id");
  const endpoint = yield* read(aws.endpoint, missing);
  if (endpoint !== undefined) yield* judgeItself(outputs, endpoint);
  const rules = yield* read(aws.endpointIngress);
  const subnet = yield* clientCidrs(outputs, azure);
  const named = Object.values(outputs.azureClients ?? {});
  // In a network of others they may be all the clients that there are.
  const clients = subnet ?? (outputs.azureNetwork.clientSubnetId === undefined ? [] : undefined);
  if (rules !== undefined) yield* judgeIngress(outputs, rules, clients);
  yield* judgeNetworkAcls(outputs, aws, [...(clients ?? azureCidrs(outputs)), ...named]);
}

function* judgeItself(outputs: StackOutputs, endpoint: EndpointFacts): Judgement {
  const { endpointId: id, endpointUrl, awsRegion, awsNetwork } = outputs;
  const found = findingsOn(id);
  const { state, vpcId, serviceName } = endpoint;
  // The API's own spelling differs between calls: `available`, `Available`.
  if (state.toLowerCase() !== "available")
    yield found("endpoint-unavailable", `its state is ${state}, not available`);
  const service = s3ServiceOf(awsRegion);
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
  const { type, addressType = "ipv4", serviceRegion = awsRegion } = endpoint;
  if (type !== "Interface" || addressType !== "ipv4" || serviceRegion !== awsRegion)
    yield found(
      "endpoint-elsewhere",
      `it is of type ${type} and ${addressType} for ${serviceRegion}, and must be of type Interface and ipv4 for ${awsRegion}`,
    );
  yield* judgeUnknown(`the S3 endpoint ${id}`, endpoint);
  if (endpoint.privateDns) yield found("endpoint-private-dns", "private DNS is on; it must be off");
  const [groups, must] = [endpoint.securityGroupIds.join(", "), awsNetwork.endpointSecurityGroupId];
  if (groups !== must)
    yield found("endpoint-group-differs", `its security groups are ${groups || "none"}, not ${must} alone`);
}

/** The clients' networks; undefined where Azure gave no answer. */
function* clientCidrs(
  { azureNetwork }: StackOutputs,
  azure: Facts["azure"],
): Judging<readonly string[] | undefined> {
  if (azureNetwork.clientSubnetId === undefined) return undefined;
  const facts = yield* read(azure);
  return facts === undefined ? undefined : (yield* read(facts.network))?.clientSubnet?.cidrs;
}

function* judgeIngress(
  outputs: StackOutputs,
  rules: readonly IngressFacts[],
  clients: readonly string[] | undefined,
): Judgement {
  const id = outputs.awsNetwork.endpointSecurityGroupId;
  const found = findingsOn(id);
  const azure = azureCidrs(outputs);
  const others = Object.values(outputs.azureClients ?? {});
  const named = rules.filter(({ cidr }) => cidr === undefined);
  for (const rule of named)
    yield {
      about: `the rule of ${id} for ${rule.names ?? "an unknown source"}`,
      reason: "verify does not look up whom it lets in",
    };
  const expected = [...(clients ?? azure), ...others, ...awsCidrs(outputs)];
  for (const rule of rules) yield* judgeWidth(id, rule, expected);
  const https = rules.filter(holdsHttps).flatMap(({ cidr }) => cidr ?? []);
  // Without the clients' own network, any part of Azure's is enough.
  const isPartOpen = clients === undefined && https.some((cidr) => azure.some((one) => overlap(cidr, one)));
  const must = [...(clients ?? (isPartOpen ? [] : azure)), ...others];
  const shut = must.flatMap((network) => uncovered(network, https));
  if (shut.length > 0)
    yield found("endpoint-closed-to-client", `no rule lets HTTPS in from ${shut.join(", ")}`);
}

/** The largest private network is a /8: what is wider has public addresses, and so have halves of the internet. */
const widestPrivate = 8;

function* judgeWidth(id: string, rule: IngressFacts, expected: readonly string[]): Judgement {
  if (rule.cidr === undefined) return;
  const found = findingsOn(id);
  const isPublic = rule.cidr.includes(":")
    ? rule.cidr.endsWith("/0") || rule.cidr.endsWith("/1")
    : Number(rule.cidr.split("/")[1]) < widestPrivate;
  if (isPublic) yield found("endpoint-open-to-world", `it lets ${rule.cidr} in to ${ports(rule)}`);
  else if (!isHttpsAlone(rule) || uncovered(rule.cidr, expected).length > 0)
    yield found(
      "endpoint-ingress-wider",
      `it lets ${rule.cidr} in to ${ports(rule)}; the networks of the stack are ${expected.join(", ")}`,
    );
}

function isHttpsAlone({ protocol, fromPort, toPort }: IngressFacts): boolean {
  return protocol === "tcp" && fromPort === 443 && toPort === 443;
}

function holdsHttps({ protocol, fromPort, toPort }: IngressFacts): boolean {
  return protocol === "-1" || (protocol === "tcp" && fromPort <= 443 && 443 <= toPort);
}

function ports({ protocol, fromPort, toPort }: IngressFacts): string {
  if (protocol === "-1") return "every port";
  return fromPort === toPort ? `port ${fromPort}` : `ports ${fromPort} to ${toPort}`;
}
