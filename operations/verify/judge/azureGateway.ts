import type { StackOutputs } from "../../../outputs";
import { isGone, known } from "../facts/answer";
import type { AzureConnectionFacts, AzureFacts, ConnectionEnd } from "../facts/azure";
import { finding, type Finding } from "./findings";
import { covers, tunnelAddresses } from "./addresses";
import { policyDifferences } from "./suite";

type Tunnel = StackOutputs["vpn"]["tunnels"][number];

/** Azure's gateway and its ends of the tunnels. */
export function judgeAzure(outputs: StackOutputs, azure: AzureFacts): readonly Finding[] {
  return [
    ...judgeGateway(outputs, azure),
    ...outputs.vpn.tunnels.flatMap((tunnel) => {
      const end = azure.connections[tunnel.name];
      return end === undefined
        ? []
        : [...judgeConnection(outputs, tunnel, end), ...judgeSite(outputs, tunnel, end)];
    }),
    ...judgePeers(outputs, azure),
    ...judgeLearnedRoutes(outputs, azure),
  ];
}

function judgeGateway({ vpn }: StackOutputs, azure: AzureFacts): readonly Finding[] {
  const name = vpn.azureGatewayName;
  if (isGone(azure.gateway)) return [finding("azure-gateway-missing", name, "Azure has no such gateway")];
  const gateway = known(azure.gateway);
  if (gateway === undefined) return [];
  const findings: Finding[] = [];
  if (gateway.provisioningState !== "Succeeded")
    findings.push(
      finding("azure-gateway-unready", name, `its state is ${gateway.provisioningState}, not Succeeded`),
    );
  const must = vpn.topology === "active-active";
  if (gateway.activeActive !== must || gateway.bgp !== must)
    findings.push(
      finding(
        "azure-gateway-mode",
        name,
        `active-active is ${onOff(gateway.activeActive)} and BGP ${onOff(gateway.bgp)}; ${vpn.topology} needs both ${onOff(must)}`,
      ),
    );
  return findings;
}

function onOff(value: boolean): string {
  return value ? "on" : "off";
}

function judgeConnection({ vpn }: StackOutputs, tunnel: Tunnel, end: ConnectionEnd): readonly Finding[] {
  if (isGone(end.connection))
    return [
      finding(
        "azure-connection-missing",
        tunnel.name,
        `Azure has no connection ${tunnel.azureConnectionName}`,
      ),
    ];
  const connection = known(end.connection);
  if (connection === undefined) return [];
  const findings: Finding[] = [];
  if (connection.provisioningState !== "Succeeded")
    findings.push(
      finding(
        "azure-connection-unready",
        tunnel.name,
        `its Azure connection's state is ${connection.provisioningState}, not Succeeded`,
      ),
    );
  if (connection.status !== "Connected")
    findings.push(
      finding("azure-not-connected", tunnel.name, `Azure says ${connection.status}, not Connected`),
    );
  return [...findings, ...judgePolicy(vpn, tunnel, connection)];
}

function judgePolicy(
  { ipsec }: StackOutputs["vpn"],
  tunnel: Tunnel,
  { policies, protocol }: AzureConnectionFacts,
): readonly Finding[] {
  const differs = (says: string) => finding("azure-policy-differs", tunnel.name, says);
  const version = protocol === "IKEv2" ? [] : [differs(`Azure speaks ${protocol}; it must speak IKEv2`)];
  const [policy] = policies;
  if (!ipsec.pinnedOnAzure)
    return policy === undefined
      ? version
      : [...version, differs("Azure has a policy of its own where none must be")];
  if (policy === undefined)
    return [...version, differs("Azure has no policy of its own, so it accepts weaker suites")];
  return [...version, ...policyDifferences(ipsec, policy).map(differs)];
}

function judgeSite(
  { vpn, awsNetwork }: StackOutputs,
  tunnel: Tunnel,
  end: ConnectionEnd,
): readonly Finding[] {
  if (known(end.connection) === undefined) return [];
  if (isGone(end.site))
    return [finding("azure-site-missing", tunnel.name, "its local network gateway is gone")];
  const site = known(end.site);
  if (site === undefined) return [];
  const findings: Finding[] = [];
  if (site.address !== tunnel.awsOutsideAddress)
    findings.push(
      finding(
        "azure-site-address",
        tunnel.name,
        `Azure expects AWS at ${site.address}, and it is at ${tunnel.awsOutsideAddress}`,
      ),
    );
  if (vpn.topology === "active-active") {
    const { aws } = tunnelAddresses(tunnel.insideCidr);
    if (site.bgpAddress !== aws)
      findings.push(
        finding(
          "azure-site-address",
          tunnel.name,
          `Azure expects AWS's BGP at ${site.bgpAddress ?? "no address"}, and it is at ${aws}`,
        ),
      );
  } else if (!site.prefixes.some((prefix) => covers(prefix, awsNetwork.cidr))) {
    findings.push(
      finding(
        "azure-site-prefixes",
        tunnel.name,
        `Azure sends ${site.prefixes.join(", ") || "nothing"} into it, and must send ${awsNetwork.cidr}`,
      ),
    );
  }
  return findings;
}

function judgePeers({ vpn }: StackOutputs, azure: AzureFacts): readonly Finding[] {
  const peers = azure.bgpPeers === undefined ? undefined : known(azure.bgpPeers);
  if (peers === undefined) return [];
  return vpn.tunnels.flatMap((tunnel) => {
    const { aws } = tunnelAddresses(tunnel.insideCidr);
    const states = peers.filter((peer) => peer.neighbor === aws).map((peer) => peer.state);
    if (states.includes("Connected")) return [];
    const says =
      states.length === 0 ? "Azure has no such BGP peer" : `Azure says ${states.join(", ")}, not Connected`;
    return [finding("bgp-peer-down", tunnel.name, `its BGP peer ${aws}: ${says}`)];
  });
}

function judgeLearnedRoutes({ vpn, awsNetwork }: StackOutputs, azure: AzureFacts): readonly Finding[] {
  const routes = azure.learnedRoutes === undefined ? undefined : known(azure.learnedRoutes);
  if (routes === undefined) return [];
  const learned = routes.some(({ network, origin }) => origin === "EBgp" && covers(network, awsNetwork.cidr));
  if (learned) return [];
  return [
    finding(
      "azure-route-not-learned",
      vpn.azureGatewayName,
      `it has not learned ${awsNetwork.cidr} over BGP`,
    ),
  ];
}
