import type { StackOutputs } from "../../../outputs";
import type { AclEntryFacts, AwsFacts, NetworkAclFacts } from "../facts/aws";
import { covers } from "../../../rehearsal/model/addresses";
import { dividePorts, everyPort, holdsPorts, type Ports } from "../../../rehearsal/model/ports";
import { joined, partsOf } from "./addresses";
import { finding } from "./findings";
import { type Judgement, read } from "./judgement";
import { portsText } from "./ports";

/**
 * Network ACLs keep no state: the client's packets must get in, and the answers out to the port that it chose.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
 */
const ways = [
  { direction: "in", what: "HTTPS from", ports: { from: 443, to: 443 } },
  { direction: "out", what: "answers to", ports: { from: 1024, to: 65_535 } },
] as const;

/** The network ACLs of the endpoint's subnets. */
export function* judgeNetworkAcls(
  { awsNetwork }: StackOutputs,
  { networkAcls }: Pick<AwsFacts, "networkAcls">,
  clients: readonly string[],
): Judgement {
  const acls = yield* read(networkAcls);
  if (acls === undefined) return;
  const subnets = Object.values(awsNetwork.subnetIds);
  for (const subnet of subnets)
    if (!acls.some(({ subnetIds }) => subnetIds.includes(subnet)))
      yield { about: `the network ACL of ${subnet}`, reason: "AWS shows none" };
  for (const acl of acls) {
    const guarded = acl.subnetIds.filter((subnet) => subnets.includes(subnet));
    if (guarded.length > 0) yield* judgeAcl(acl, guarded, clients);
  }
}

function* judgeAcl(acl: NetworkAclFacts, guarded: readonly string[], clients: readonly string[]): Judgement {
  for (const { direction, what, ports } of ways) {
    const entries = acl.entries
      .filter((entry) => entry.direction === direction && ["-1", "6"].includes(entry.protocol))
      .sort((a, b) => a.number - b.number);
    const shut = new Map<number, { readonly part: string; readonly range: Ports }[]>();
    for (const part of partsOf(
      clients,
      entries.flatMap(({ cidr }) => cidr ?? []),
    ))
      for (const range of dividePorts(ports, entries.map(portsOf))) {
        const entry = entries.find(
          (one) => one.cidr !== undefined && covers(one.cidr, part) && holdsPorts(portsOf(one), range),
        );
        if (entry?.action === "allow") continue;
        const number = entry?.number ?? lastRule;
        shut.set(number, [...(shut.get(number) ?? []), { part, range }]);
      }
    for (const [number, cells] of shut) {
      const networks = joined(
        clients,
        cells.map(({ part }) => part),
      ).join(", ");
      const at = portsText(cells.map(({ range }) => range));
      const by = number === lastRule ? "no rule allows" : `rule ${number} denies`;
      const says = `in ${guarded.join(", ")} ${by} ${what} ${networks} (port ${at})`;
      yield finding("endpoint-acl-blocks", acl.id, says);
    }
  }
}

/** The number of the rule that every ACL ends with, shown as `*`: it denies. */
const lastRule = 32_767;

/** With every protocol, an entry has every port. */
function portsOf({ protocol, ports }: AclEntryFacts): Ports {
  return protocol === "-1" ? everyPort : (ports ?? everyPort);
}
