import { addressAt, covers } from "../model/addresses";
import { sameAzureId } from "../model/azureIds";
import { urns } from "../estate/estateIndex";
import type { AwsEnd, AzureEnd } from "../estate/tunnelEnds";
import type { TunnelCheck } from "./check";

/** Azure speaks BGP from these link-local addresses only. */
const azureBgpRanges = ["169.254.21.0/24", "169.254.22.0/24"];

/** With BGP each end names the other's address inside the tunnel and the other's autonomous system. */
export function bgpChecks(azure: AzureEnd, aws: AwsEnd): readonly TunnelCheck[] {
  const { connection } = azure;
  const { localNetworkGateway: site, gateway } = connection;
  const { tunnel } = aws;
  const vgw = aws.connection.vpnGateway;
  const customer = aws.connection.customerGateway;
  const awsInside = tunnel.insideCidr === undefined ? undefined : addressAt(tunnel.insideCidr, 1);
  return [
    {
      what: "routing",
      azure: gateway?.enableBgp === true ? "BGP" : "no BGP at the gateway",
      aws: aws.connection.staticRoutesOnly ? "static" : "BGP",
      ok: gateway?.enableBgp === true && !aws.connection.staticRoutesOnly,
      breaks: true,
      rule: "both ends use BGP, or both route statically",
      places: urns(aws.connection, gateway, connection),
    },
    {
      what: "Azure's ASN",
      azure: String(gateway?.asn ?? "unset"),
      aws: String(customer?.asn ?? "unset"),
      ok: gateway?.asn !== undefined && gateway.asn === customer?.asn,
      breaks: true,
      rule: "AWS's customer gateway has the Azure gateway's ASN",
      places: urns(customer, gateway),
    },
    {
      what: "AWS's ASN",
      azure: String(site?.asn ?? "unset"),
      aws: String(vgw?.asn ?? "unset"),
      ok: vgw?.asn !== undefined && vgw.asn === site?.asn && vgw.asn !== gateway?.asn,
      breaks: true,
      rule: "Azure's local network gateway has AWS's ASN, which differs from Azure's own",
      places: urns(site, vgw),
    },
    {
      what: "AWS's inside address",
      azure: site?.bgpAddress ?? "unset",
      aws: tunnel.awsInside ?? "unset",
      ok:
        site?.bgpAddress !== undefined &&
        site.bgpAddress === tunnel.awsInside &&
        tunnel.awsInside === awsInside,
      breaks: true,
      rule: "Azure's BGP peer is the first address of the tunnel's /30, which AWS takes",
      places: urns(site, aws.connection),
    },
    insideAddressCheck(azure, aws),
    otherInstancesCheck(azure, aws),
    {
      what: "address spaces",
      azure: site?.prefixes.join(", ") || "left to BGP",
      aws: aws.connection.routes.map((route) => route.destination).join(", ") || "left to BGP",
      ok: site?.prefixes.length === 0 && aws.connection.routes.length === 0,
      breaks: false,
      rule: "with BGP neither end lists the other's networks as well",
      places: [...urns(site), ...aws.connection.routes.map((r) => r.resource.urn)],
    },
  ];
}

/** The instance that AWS talks to speaks from the tunnel's second address, and the connection says so. */
function insideAddressCheck(azure: AzureEnd, aws: AwsEnd): TunnelCheck {
  const { connection, instance } = azure;
  const chosen = connection.bgpAddresses.filter((entry) =>
    sameAzureId(entry.configurationId, instance?.configurationId),
  );
  const [own] = chosen;
  const expected = aws.tunnel.insideCidr === undefined ? undefined : addressAt(aws.tunnel.insideCidr, 2);
  return {
    what: "Azure's inside address",
    azure: own?.address ?? "unset",
    aws: aws.tunnel.azureInside ?? "unset",
    ok:
      own !== undefined &&
      chosen.length === 1 &&
      own.address === expected &&
      aws.tunnel.azureInside === expected &&
      instance?.bgpAddresses.includes(own.address) === true &&
      azureBgpRanges.some((range) => covers(range, own.address)),
    breaks: true,
    rule: "the connection chooses the second address of the tunnel's /30, which the gateway instance has (169.254.21.0–169.254.22.255)",
    places: urns(connection, connection.gateway, aws.connection),
  };
}

/**
 * A connection names one address per instance, also of the one that it does not reach. That uses none of it; of a gateway
 * that others use as well, its first is theirs.
 * @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-howto-aws-bgp
 */
function otherInstancesCheck(azure: AzureEnd, aws: AwsEnd): TunnelCheck {
  const { connection, instance } = azure;
  const others = (connection.gateway?.instances ?? []).filter((other) => other !== instance);
  const says = (other: (typeof others)[number]) =>
    connection.bgpAddresses
      .filter((e) => sameAzureId(e.configurationId, other.configurationId))
      .map((e) => e.address);
  return {
    what: "other instances",
    azure: others.flatMap(says).join(", ") || "none",
    aws: "",
    ok:
      connection.bgpAddresses.length === others.length + 1 &&
      others.every((other) => other.bgpAddresses.includes(says(other)[0] ?? "")),
    breaks: true,
    rule: "on an instance that it does not reach, the connection names one of that instance's BGP addresses",
    places: urns(connection, connection.gateway, aws.connection),
  };
}
