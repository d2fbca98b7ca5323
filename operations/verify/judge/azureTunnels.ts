import type { StackOutputs } from "../../../outputs";
import type {
  AzureConnectionFacts,
  AzureFacts,
  BgpPeerFacts,
  ConnectionEnd,
  SiteFacts,
} from "../facts/azure";
import { awsCidrs } from "../facts/networks";
import { speaksBgp } from "../facts/routing";
import { uncovered } from "../../../rehearsal/model/parts";
import { tunnelAddresses } from "./addresses";
import { finding, findingsOn } from "./findings";
import { judgeConnectionOptions } from "./connectionOptions";
import { entry, type Judgement, judgeUnknown, read } from "./judgement";
import { azureParts, differences } from "./suite";

type Tunnel = StackOutputs["vpn"]["tunnels"][number];

/** Azure's ends of the tunnels. */
export function* judgeAzureTunnels(outputs: StackOutputs, azure: AzureFacts): Judgement {
  const peers = azure.bgpPeers === undefined ? undefined : yield* read(azure.bgpPeers);
  for (const tunnel of outputs.vpn.tunnels) {
    const end = yield* entry(azure.connections, tunnel.name);
    if (end !== undefined) yield* judgeEnd(outputs, tunnel, end, azure);
    if (peers !== undefined) yield* judgePeer(tunnel, peers);
  }
}

function* judgeEnd(
  outputs: StackOutputs,
  tunnel: Tunnel,
  end: ConnectionEnd,
  { gateway }: Pick<AzureFacts, "gateway">,
): Judgement {
  const { name, azureConnectionName } = tunnel;
  const found = findingsOn(name);
  const missing = found("azure-connection-missing", `Azure has no connection ${azureConnectionName}`);
  const connection = yield* read(end.connection, missing);
  // Without the connection it is not known which site is its own.
  if (connection === undefined) return;
  const { provisioningState, status } = connection;
  if (provisioningState !== "Succeeded")
    yield found(
      "azure-connection-unready",
      `its Azure connection's state is ${provisioningState}, not Succeeded`,
    );
  if (status !== "Connected") yield found("azure-not-connected", `Azure reports ${status}, not Connected`);
  for (const says of policyFaults(outputs.vpn.ipsec, connection)) yield found("azure-policy-differs", says);
  yield* judgeConnectionOptions(outputs, tunnel, connection, gateway);
  const site = yield* read(
    end.site,
    found("azure-site-missing", "Azure has no local network gateway for it"),
  );
  if (site !== undefined) yield* judgeSite(outputs, tunnel, site);
}

function policyFaults(
  ipsec: StackOutputs["vpn"]["ipsec"],
  { policies, protocol }: AzureConnectionFacts,
): readonly string[] {
  const [policy, ...more] = policies;
  const version = protocol === "IKEv2" ? [] : [`Azure uses ${protocol}; it must use IKEv2`];
  if (policy === undefined)
    return ipsec.pinnedOnAzure
      ? [...version, "Azure has no policy of its own, so it accepts weaker suites"]
      : version;
  return ipsec.pinnedOnAzure
    ? [
        ...version,
        ...differences("set in Azure", azureParts(ipsec, policy)),
        ...more.map(() => "Azure has another policy beside it"),
      ]
    : [...version, "Azure has a policy of its own where there must be none"];
}

function* judgeSite(outputs: StackOutputs, tunnel: Tunnel, site: SiteFacts): Judgement {
  const { name, awsOutsideAddress, insideCidr } = tunnel;
  const expects = (what: string, there: string, must: string) =>
    finding("azure-site-address", name, `Azure expects ${what} at ${there}, and it is at ${must}`);
  yield* judgeUnknown(`the local network gateway of ${name}`, site);
  if (site.address !== awsOutsideAddress) yield expects("AWS", site.address, awsOutsideAddress);
  const cidrs = awsCidrs(outputs);
  if (speaksBgp(outputs)) {
    const { aws } = tunnelAddresses(insideCidr);
    if (site.bgpAddress !== aws) yield expects("AWS's BGP", site.bgpAddress ?? "no address", aws);
  } else if (cidrs.some((cidr) => uncovered(cidr, site.prefixes).length > 0))
    yield finding(
      "azure-site-prefixes",
      name,
      `Azure sends ${site.prefixes.join(", ") || "nothing"} into it, and must send ${cidrs.join(", ")}`,
    );
}

function* judgePeer({ name, insideCidr }: Tunnel, peers: readonly BgpPeerFacts[]): Judgement {
  const { aws } = tunnelAddresses(insideCidr);
  const states = peers.filter((peer) => peer.neighbor === aws).map((peer) => peer.state);
  if (states.includes("Connected")) return;
  const says =
    states.length === 0 ? "Azure has no such BGP peer" : `Azure reports ${states.join(", ")}, not Connected`;
  yield finding("bgp-peer-down", name, `its BGP peer ${aws}: ${says}`);
}
