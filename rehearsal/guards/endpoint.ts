import type { Estate } from "../estate/estate";
import { ownOf } from "../estate/estateIndex";
import { uncovered } from "../model/parts";
import { clientRanges } from "../estate/clientNetworks";
import { askIngress } from "../path/securityRules";
import { guard, guardAt } from "./guard";

/** The endpoint has an interface in every zone, behind its own rules and policy. */
export const endpointGuards = [
  guard({
    of: ({ aws }) => aws.endpoints,
    holds: ({ privateDns }) => !privateDns,
    problem: "private DNS names require a gateway endpoint beside it",
    fix: "set privateDnsEnabled to false",
  }),
  guard({
    of: ({ aws }) => aws.endpoints,
    holds: ({ securityGroupIds, securityGroups }) =>
      securityGroups.length > 0 && securityGroupIds.length === securityGroups.length,
    problem: "the endpoint is not guarded by this stack's security group",
    fix: "name it in securityGroupIds",
  }),
  guardAt({
    of: ({ aws }) =>
      aws.endpoints.flatMap((endpoint) => endpoint.securityGroups.map((group) => ({ endpoint, group }))),
    holds: ({ endpoint, group }) => group.vpcId === endpoint.vpcId,
    at: ({ group }) => group,
    problem: "the endpoint's security group is in another VPC",
    fix: "create it in the endpoint's",
    others: ({ endpoint }) => [endpoint],
  }),
  guardAt({
    of: ({ aws }) =>
      aws.endpoints.flatMap((endpoint) =>
        ownOf(aws.subnets)
          .filter(({ vpcId }) => vpcId === endpoint.vpcId)
          .map((subnet) => ({ endpoint, subnet })),
      ),
    holds: ({ endpoint, subnet }) => endpoint.subnetIds.includes(subnet.resource.id),
    at: ({ endpoint }) => endpoint,
    problem: ({ subnet }) =>
      `the endpoint has no interface in ${subnet.cidr ?? "a subnet"}: that zone does nothing`,
    fix: "name every subnet in subnetIds",
    others: ({ subnet }) => [subnet],
  }),
  guard({
    of: ({ aws }) => aws.endpoints,
    holds: ({ policy }) => policy !== undefined,
    problem: "the endpoint lets everybody through to every bucket",
    fix: "give it a policy for the reader and these buckets",
  }),
  // HTTPS from the clients and from the VPC, and nothing else.
  ...["ingress", "egress"].map((property) =>
    guard({
      of: ({ aws }) => aws.securityGroups,
      holds: ({ resource }) => resource.inputs[property] === undefined,
      problem: `rules are inside the group (${property}) and beside it`,
      fix: "use rule resources only",
    }),
  ),
  guardAt({
    of: rulesOf,
    holds: ({ rule }, estate) =>
      uncovered(rule.cidr ?? "", [...clientRanges(estate), ...estate.aws.vpcs.flatMap(({ cidrs }) => cidrs)])
        .length === 0,
    at: ({ rule }) => rule,
    problem: ({ rule }) => `lets in ${rule.cidr ?? "nobody known"}, which is neither the clients nor the VPC`,
    fix: "narrow it",
    others: ({ group }) => [group],
  }),
  guardAt({
    of: rulesOf,
    holds: ({ rule }) => rule.protocol === "tcp" && rule.fromPort === 443 && rule.toPort === 443,
    at: ({ rule }) => rule,
    problem: "lets in more than HTTPS, or none of it",
    fix: "set tcp, fromPort 443, toPort 443",
    others: ({ group }) => [group],
  }),
  guardAt({
    of: ({ aws }) =>
      aws.securityGroups.flatMap((group) =>
        // Machines in a VPC of others are not let in.
        ownOf(aws.vpcs).flatMap(({ cidrs }) => cidrs.map((network) => ({ group, network }))),
      ),
    holds: ({ group, network }) => askIngress([group], network).passes === "all",
    at: ({ group }) => group,
    problem: ({ network }) => `machines in the VPC (${network}) cannot use the endpoint`,
    fix: "add an ingress rule for HTTPS from the VPC's network",
  }),
];

function rulesOf({ aws }: Estate) {
  return aws.securityGroups.flatMap((group) => group.rules.map((rule) => ({ group, rule })));
}
