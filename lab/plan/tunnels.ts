import type { AwsTunnel, AwsVpnConnection } from "../../rehearsal/estate/aws";
import { type AzureConnection, type AzureGateway, sameAzureId } from "../../rehearsal/estate/azure";
import type { Estate } from "../../rehearsal/estate/estate";
import { LabError } from "../machine/processes";
import { awsProposals, azureDefaultProposals, azureProposals, type Proposals } from "./proposals";
import { required } from "./required";

/** One tunnel with its two ends; each end knows only what its own cloud was told. */
export interface TunnelPlan {
  readonly name: string;
  /** From 1; tunnel 3 is the first of AWS's second connection. */
  readonly number: number;
  readonly azureInstance: number;
  readonly azure: GatewayEnd;
  readonly aws: GatewayEnd;
}

export interface GatewayEnd extends Proposals {
  readonly outsideAddress: string;
  readonly peerAddress: string;
  readonly key: string;
  readonly ikeVersion: 1 | 2;
  readonly ikeSeconds: number;
  readonly childSeconds: number;
  /** How long before the end of a lifetime this end renews, at least and at most. */
  readonly renewal: { readonly leastSeconds: number; readonly mostSeconds: number };
  /** Dials at the start. */
  readonly dials: boolean;
  readonly deadPeer: {
    readonly idleSeconds: number;
    readonly timeoutSeconds: number;
    readonly redials: boolean;
  };
  /** Traffic selectors. */
  readonly localNetworks: readonly string[];
  readonly remoteNetworks: readonly string[];
  readonly routing: StaticRouting | BgpRouting;
}

export interface StaticRouting {
  readonly kind: "static";
  /** Networks that this end sends into the tunnel. */
  readonly networks: readonly string[];
}

export interface BgpRouting {
  readonly kind: "bgp";
  readonly address: string;
  readonly peerAddress: string;
  readonly asn: number;
  readonly peerAsn: number;
  readonly keepaliveSeconds: number;
  readonly holdSeconds: number;
}

/**
 * Azure's are fixed. AWS documents none for a virtual private gateway, and the lower hold time of both ends counts
 * (RFC 4271): with Azure's on both ends the lab measures the worst case.
 * @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-bgp-overview
 */
const bgpTimers = { keepaliveSeconds: 60, holdSeconds: 180 };

/** guess: Azure documents the timeout only; AWS asks after 10 s of silence. */
const idleSecondsBeforeDpd = 10;

/** guess: Azure documents no margin; it only has to be shorter than AWS's. */
const azureRenewal = { leastSeconds: 60, mostSeconds: 120 };

/** A route-based Azure gateway's own lifetimes. @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-devices */
const azureIkeSeconds = 28_800;
const azureDefaultChildSeconds = 27_000;
/** Azure's default. */
const azureDpdSeconds = 45;

export function planTunnels(estate: Estate): TunnelPlan[] {
  return estate.azure.connections.map((connection) => {
    const { awsConnection, tunnel, number } = findAwsTunnel(estate.aws.vpnConnections, connection);
    return planTunnel(connection, awsConnection, tunnel, number);
  });
}

function findAwsTunnel(awsConnections: readonly AwsVpnConnection[], connection: AzureConnection) {
  const address = connection.localNetworkGateway?.address;
  for (const [index, awsConnection] of awsConnections.entries()) {
    const tunnel = awsConnection.tunnels.find(
      (one) => one.outsideAddress !== undefined && one.outsideAddress === address,
    );
    if (tunnel !== undefined) return { awsConnection, tunnel, number: 2 * index + tunnel.slot };
  }
  throw new LabError(
    `${connection.resource.name} points at ${address ?? "nothing"}, which is no AWS tunnel's address`,
  );
}

function planTunnel(
  connection: AzureConnection,
  awsConnection: AwsVpnConnection,
  tunnel: AwsTunnel,
  number: number,
): TunnelPlan {
  const gateway = connection.gateway;
  if (gateway === undefined) throw new LabError(`${connection.resource.name} belongs to no gateway`);
  const dialled = gateway.instances.findIndex(
    (instance) => instance.publicIp?.address === awsConnection.customerGateway?.address,
  );
  // Where AWS dials nobody's address the lab still builds both ends, and finds that they never meet.
  const azureInstance = Math.max(dialled, 0);
  const awsDials = tunnel.startupAction === "start";
  return {
    name: `tunnel${number}`,
    number,
    azureInstance,
    azure: azureEnd(connection, gateway, azureInstance, awsDials),
    aws: awsEnd(awsConnection, tunnel),
  };
}

function azureEnd(
  connection: AzureConnection,
  gateway: AzureGateway,
  instanceIndex: number,
  awsDials: boolean,
): GatewayEnd {
  const instance = gateway.instances[instanceIndex];
  const { localNetworkGateway: site, policy } = connection;
  // In mode Default Azure accepts and dials; where both would, the lab lets AWS begin, so that they do not collide.
  const dials = connection.mode === "InitiatorOnly" || (connection.mode === "Default" && !awsDials);
  const everything = ["0.0.0.0/0"];
  const proposals =
    policy === undefined ? azureDefaultProposals(dials ? "initiator" : "responder") : azureProposals(policy);
  return {
    ...proposals,
    outsideAddress: required(instance?.publicIp?.address, "a public address of the Azure gateway"),
    peerAddress: required(site?.address, "the address of a local network gateway"),
    key: required(connection.key, "an Azure connection's pre-shared key"),
    ikeVersion: connection.protocol === "IKEv1" ? 1 : 2,
    ikeSeconds: azureIkeSeconds,
    childSeconds: policy?.lifetimeSeconds ?? azureDefaultChildSeconds,
    renewal: azureRenewal,
    dials,
    deadPeer: {
      idleSeconds: idleSecondsBeforeDpd,
      timeoutSeconds: connection.dpdTimeoutSeconds ?? azureDpdSeconds,
      redials: dials,
    },
    localNetworks: connection.usePolicyBasedSelectors ? azureNetworks(gateway) : everything,
    remoteNetworks: connection.usePolicyBasedSelectors ? (site?.prefixes ?? []) : everything,
    routing:
      connection.enableBgp && gateway.enableBgp
        ? azureBgp()
        : { kind: "static", networks: site?.prefixes ?? [] },
  };

  function azureBgp(): BgpRouting {
    // A connection that names no address of its own gets the instance's first.
    const named = connection.bgpAddresses.find((entry) =>
      sameAzureId(entry.configurationId, instance?.configurationId),
    );
    return {
      kind: "bgp",
      address: required(named?.address ?? instance?.bgpAddresses[0], "the Azure end's BGP address"),
      peerAddress: required(site?.bgpAddress, "the BGP address of a local network gateway"),
      asn: required(gateway.asn, "the Azure gateway's ASN"),
      peerAsn: required(site?.asn, "the ASN of a local network gateway"),
      ...bgpTimers,
    };
  }
}

function azureNetworks(gateway: AzureGateway): readonly string[] {
  return gateway.instances.flatMap((instance) => instance.subnet?.network?.prefixes ?? []).slice(0, 1);
}

function awsEnd(connection: AwsVpnConnection, tunnel: AwsTunnel): GatewayEnd {
  const margin = tunnel.rekeyMarginSeconds ?? 270;
  return {
    ...awsProposals(tunnel.phase1, tunnel.phase2),
    outsideAddress: required(tunnel.outsideAddress, "an AWS tunnel's outside address"),
    peerAddress: required(connection.customerGateway?.address, "a customer gateway's address"),
    key: required(tunnel.key, "an AWS tunnel's pre-shared key"),
    ikeVersion: tunnel.ikeVersions.includes("ikev2") ? 2 : 1,
    ikeSeconds: tunnel.phase1.lifetimeSeconds ?? 28_800,
    childSeconds: tunnel.phase2.lifetimeSeconds ?? 3600,
    // AWS adds up to `rekeyFuzzPercentage` of the margin at random; 100 is what the program sets and AWS's default.
    renewal: { leastSeconds: margin, mostSeconds: 2 * margin },
    dials: tunnel.startupAction === "start",
    deadPeer: {
      idleSeconds: idleSecondsBeforeDpd,
      timeoutSeconds: tunnel.dpdTimeoutSeconds ?? 30,
      redials: tunnel.dpdTimeoutAction === "restart",
    },
    // AWS names the selectors from the customer's point of view.
    localNetworks: [connection.remoteCidr],
    remoteNetworks: [connection.localCidr],
    routing: connection.staticRoutesOnly
      ? { kind: "static", networks: connection.routes.map((route) => route.destination) }
      : {
          kind: "bgp",
          address: required(tunnel.awsInside, "the AWS end's inside address"),
          peerAddress: required(tunnel.azureInside, "the inside address that AWS expects of Azure"),
          asn: required(connection.vpnGateway?.asn, "the VPN gateway's ASN"),
          peerAsn: required(connection.customerGateway?.asn, "the customer gateway's ASN"),
          ...bgpTimers,
        },
  };
}
