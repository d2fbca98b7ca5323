import type { Client } from "./clients";
import { everyPort } from "../model/ports";
import { type Flow, rulesInWords } from "./flows";
import { type Ends, type Hop, hop, unjudgedHop } from "./hops";
import { askNetworkAcl } from "./networkAcls";

/** Ports that a client may pick for itself: https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html */
const clientPorts = { fromPort: 1024, toPort: everyPort.to };

/** At the border of the endpoint's subnet; nothing to say where the VPC's own ACL lets everything through. */
export function aclHops(
  { client, subnet }: { readonly client: Pick<Client, "prefix"> } & Pick<Ends, "subnet">,
  towards: "to AWS" | "to Azure",
): readonly Hop[] {
  const { networkAcl } = subnet;
  if (networkAcl === undefined) return [];
  const [ours, theirs] = [subnet.cidr ?? "", client.prefix ?? ""];
  const flow: Flow =
    towards === "to AWS"
      ? {
          direction: "Inbound",
          protocol: "Tcp",
          source: theirs,
          destination: ours,
          fromPort: 443,
          toPort: 443,
        }
      : { direction: "Outbound", protocol: "Tcp", source: ours, destination: theirs, ...clientPorts };
  const what =
    towards === "to AWS"
      ? "the subnet's network ACL lets HTTPS in"
      : "the subnet's network ACL lets the answer out";
  if (networkAcl.rules === undefined)
    return [unjudgedHop(networkAcl, { what, rule: "the network ACL is none of the stack's" })];
  const verdict = askNetworkAcl(networkAcl.rules, flow);
  return [hop(networkAcl, { what, ok: verdict.passes === "all", rule: rulesInWords(verdict) })];
}
