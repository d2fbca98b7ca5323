import { covers } from "../model/addresses";
import type { Estate } from "../estate/estate";
import { guardFinding, type Finding } from "../model/findings";
import { clientSubnets } from "../path/path";
import { httpsRule } from "../path/securityRules";

/** The endpoint stands in every zone, behind its own rules and policy. */
export function endpointGuards(estate: Estate): readonly Finding[] {
  return [...interfaceGuards(estate), ...ingressGuards(estate)];
}

function interfaceGuards(estate: Estate): readonly Finding[] {
  return estate.aws.endpoints.flatMap((endpoint) => {
    const elsewhere = endpoint.securityGroups.filter((group) => group.vpcId !== endpoint.vpcId);
    const without = estate.aws.subnets.filter(
      (subnet) => subnet.vpcId === endpoint.vpcId && !endpoint.subnetIds.includes(subnet.resource.id),
    );
    return [
      ...(endpoint.privateDns
        ? [
            guardFinding(
              endpoint,
              "private DNS names demand a gateway endpoint beside it",
              "set privateDnsEnabled to false",
            ),
          ]
        : []),
      ...(endpoint.securityGroupIds.length === endpoint.securityGroups.length &&
      endpoint.securityGroups.length > 0
        ? []
        : [
            guardFinding(
              endpoint,
              "the endpoint is not guarded by this stack's security group",
              "name it in securityGroupIds",
            ),
          ]),
      ...elsewhere.map((group) =>
        guardFinding(group, "the endpoint's security group is in another VPC", "make it in the endpoint's", [
          endpoint.resource.urn,
        ]),
      ),
      ...without.map((subnet) =>
        guardFinding(
          endpoint,
          `the endpoint has no interface in ${subnet.cidr ?? "a subnet"}: that zone does nothing`,
          "name every subnet in subnetIds",
          [subnet.resource.urn],
        ),
      ),
      ...(endpoint.policy === undefined
        ? [
            guardFinding(
              endpoint,
              "the endpoint lets everybody through to every bucket",
              "give it a policy for the reader and these buckets",
            ),
          ]
        : []),
    ];
  });
}

/** HTTPS from the clients and from the VPC, and nothing else. */
function ingressGuards(estate: Estate): readonly Finding[] {
  const clients = clientSubnets(estate).flatMap((subnet) => subnet.prefix ?? []);
  const own = estate.aws.vpcs.flatMap((vpc) => vpc.cidr ?? []);
  return estate.aws.securityGroups.flatMap((group) => [
    ...["ingress", "egress"]
      .filter((property) => group.resource.inputs[property] !== undefined)
      .map((property) =>
        guardFinding(
          group,
          `rules stand inside the group (${property}) and beside it`,
          "use rule resources only",
        ),
      ),
    ...group.rules
      .filter(
        (rule) =>
          ![...clients, ...own].some((network) => rule.cidr !== undefined && covers(network, rule.cidr)),
      )
      .map((rule) =>
        guardFinding(
          rule,
          `lets in ${rule.cidr ?? "nobody known"}, which is neither the clients nor the VPC`,
          "narrow it",
          [group.resource.urn],
        ),
      ),
    ...group.rules
      .filter((rule) => rule.protocol !== "tcp" || rule.fromPort !== 443 || rule.toPort !== 443)
      .map((rule) =>
        guardFinding(rule, "lets in more than HTTPS, or none of it", "set tcp, fromPort 443, toPort 443", [
          group.resource.urn,
        ]),
      ),
    ...own
      .filter((network) => httpsRule([group], network) === undefined)
      .map((network) =>
        guardFinding(
          group,
          `machines in the VPC (${network}) cannot use the endpoint`,
          "add an ingress rule for HTTPS from the VPC's network",
        ),
      ),
  ]);
}
