import type { AwsTunnel, AwsVpnConnection } from "../../rehearsal/estate/aws";
import type { AzureConnection, AzureGateway, AzureInstance } from "../../rehearsal/estate/azure";
import { listAt } from "../../rehearsal/estate/azureNames";
import { sameAzureId } from "../../rehearsal/model/azureIds";
import type { Estate } from "../../rehearsal/estate/estate";
import { ownOf } from "../../rehearsal/estate/estateIndex";
import { covers } from "../../rehearsal/model/addresses";
import { knownStrings, text } from "../../rehearsal/model/values";
import { LabError } from "../machine/processes";
import { awsProposals, azureDefaultProposals, azureProposals, type Proposals } from "./proposals";
import { required } from "./required";

export type Cloud = "azure" | "aws";

/** One tunnel with its two ends; each end has only what its own cloud was given. */
export interface TunnelPlan extends Readonly<Record<Cloud, TunnelEnd>> {
  readonly name: string;
  /** From 1; tunnel 3 is the first of AWS's second connection. */
  readonly number: number;
  readonly azureInstance: number;
}

export interface TunnelEnd extends Proposals {
  readonly outsideAddress: string;
  readonly peerAddress: string;
  readonly key: string;
  readonly ikeVersion: 1 | 2;
  readonly ikeLifetimeSeconds: number;
  readonly childLifetimeSeconds: number;
  /** How long before the end of a lifetime this end rekeys, at least and at most. */
  readonly rekeyMargin: { readonly leastSeconds: number; readonly mostSeconds: number };
  /** Starts the negotiation. */
  readonly initiates: boolean;
  /** Dead peer detection; an end that restarts initiates again when it finds its peer dead. */
  readonly dpd: {
    readonly delaySeconds: number;
    readonly timeoutSeconds: number;
    readonly restarts: boolean;
  };
  /** Traffic selectors. */
  readonly localSelectors: readonly string[];
  readonly remoteSelectors: readonly string[];
  readonly routing: StaticRouting | BgpRouting;
}

export interface StaticRouting {
  readonly kind: "static";
  /** Networks that this end routes into the tunnel. */
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

/** guess: Azure documents the timeout only; AWS starts detection after 10 s of silence. */
const dpdDelaySeconds = 10;

/** guess: Azure documents no margin; it only has to be shorter than AWS's. */
const azureRekeyMargin = { leastSeconds: 60, mostSeconds: 120 };

/** A route-based Azure gateway's own lifetimes. @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-devices */
const azureIkeLifetimeSeconds = 28_800;
const azureDefaultChildLifetimeSeconds = 27_000;
/** Azure's default. */
const azureDpdTimeoutSeconds = 45;

/** The selector of a route-based gateway. */
export const everything = "0.0.0.0/0";

export function planTunnels(estate: Estate): TunnelPlan[] {
  return ownOf(estate.azure.connections).map((connection) => {
    const { awsConnection, tunnel, number } = findAwsTunnel(estate, connection);
    const { gateway } = connection;
    if (gateway === undefined) throw new LabError(`${connection.resource.name} has no Azure VPN gateway`);
    const instance = gateway.instances.findIndex(
      (one) => one.publicIp?.address === awsConnection.customerGateway?.address,
    );
    // Where the customer gateway has no address of Azure's, the lab still builds both ends; they never connect.
    const azureInstance = Math.max(instance, 0);
    const aws = awsEnd(awsConnection, tunnel);
    const azure = azureEnd(connection, gateway, azureInstance, aws);
    return { name: `tunnel${number}`, number, azureInstance, azure, aws };
  });
}

/** The only place where the lab matches the two ends of a tunnel: by the address in Azure's local network gateway. */
function findAwsTunnel(estate: Estate, connection: AzureConnection) {
  const address = connection.localNetworkGateway?.address;
  for (const [index, awsConnection] of ownOf(estate.aws.vpnConnections).entries()) {
    const tunnel = awsConnection.tunnels.find(
      (one) => one.outsideAddress !== undefined && one.outsideAddress === address,
    );
    if (tunnel !== undefined) return { awsConnection, tunnel, number: 2 * index + tunnel.slot };
  }
  throw new LabError(
    `${connection.resource.name} has the peer address ${address ?? "(none)"}, which is no AWS tunnel's address`,
  );
}

/** Azure's end of a connection, on one instance of the gateway. */
export function azureEnd(
  connection: AzureConnection,
  gateway: AzureGateway,
  instanceIndex: number,
  farEnd: Pick<TunnelEnd, "initiates">,
): TunnelEnd {
  const instance = gateway.instances[instanceIndex];
  const { localNetworkGateway, policy } = connection;
  // In mode Default Azure accepts and initiates; where both would, the far end does, so that they do not collide.
  const initiates =
    connection.mode === "InitiatorOnly" || (connection.mode === "Default" && !farEnd.initiates);
  const prefixes = localNetworkGateway?.prefixes ?? [];
  const policyBased = connection.usePolicyBasedSelectors;
  return {
    ...(policy === undefined
      ? azureDefaultProposals(initiates ? "initiator" : "responder")
      : azureProposals(policy)),
    outsideAddress: required(instance?.publicIp?.address, "public address of the Azure gateway"),
    peerAddress: required(localNetworkGateway?.address, "address of a local network gateway"),
    key: required(connection.key, "pre-shared key of an Azure connection"),
    ikeVersion: connection.protocol === "IKEv1" ? 1 : 2,
    ikeLifetimeSeconds: azureIkeLifetimeSeconds,
    childLifetimeSeconds: policy?.lifetimeSeconds ?? azureDefaultChildLifetimeSeconds,
    rekeyMargin: azureRekeyMargin,
    initiates,
    dpd: {
      delaySeconds: dpdDelaySeconds,
      timeoutSeconds: connection.dpdTimeoutSeconds ?? azureDpdTimeoutSeconds,
      restarts: initiates,
    },
    localSelectors: policyBased ? azureNetworks(gateway) : [everything],
    remoteSelectors: policyBased ? prefixes : [everything],
    routing: connection.enableBgp && gateway.enableBgp ? azureBgp() : { kind: "static", networks: prefixes },
  };

  function azureBgp(): BgpRouting {
    const peerAddress = required(localNetworkGateway?.bgpAddress, "BGP address of a local network gateway");
    const named = connection.bgpAddresses.find((entry) =>
      sameAzureId(entry.configurationId, instance?.configurationId),
    );
    // Where a connection names none, the instance's first link-local address faces a link-local peer, and its address in
    // the gateway's subnet any other. @see https://learn.microsoft.com/azure/vpn-gateway/bgp-howto
    const first = covers(linkLocal, peerAddress)
      ? instance?.bgpAddresses[0]
      : subnetAddress(gateway, instance);
    return {
      kind: "bgp",
      address: required(named?.address ?? first, "BGP address of the Azure end"),
      peerAddress,
      asn: required(gateway.asn, "ASN of the Azure gateway"),
      peerAsn: required(localNetworkGateway?.asn, "ASN of a local network gateway"),
      ...bgpTimers,
    };
  }
}

const linkLocal = "169.254.0.0/16";

function subnetAddress({ resource }: AzureGateway, instance: AzureInstance | undefined): string | undefined {
  const speaker = listAt(resource.outputs, "bgpSettings.bgpPeeringAddresses").find((one) =>
    sameAzureId(text(one, "ipconfigurationId"), instance?.configurationId),
  );
  return knownStrings(speaker, "defaultBgpIpAddresses")[0];
}

function azureNetworks(gateway: AzureGateway): readonly string[] {
  return gateway.instances.flatMap((instance) => instance.subnet?.network?.prefixes ?? []).slice(0, 1);
}

/** AWS's end of one of a connection's two tunnels. */
export function awsEnd(connection: AwsVpnConnection, tunnel: AwsTunnel): TunnelEnd {
  const margin = tunnel.rekeyMarginSeconds ?? 270;
  const { customerGateway } = connection;
  return {
    ...awsProposals(tunnel.phase1, tunnel.phase2),
    outsideAddress: required(tunnel.outsideAddress, "outside address of an AWS tunnel"),
    peerAddress: required(customerGateway?.address, "address of a customer gateway"),
    key: required(tunnel.key, "pre-shared key of an AWS tunnel"),
    // AWS accepts both where none is chosen, and devices of today begin with the second.
    ikeVersion: tunnel.ikeVersions.length === 0 || tunnel.ikeVersions.includes("ikev2") ? 2 : 1,
    ikeLifetimeSeconds: tunnel.phase1.lifetimeSeconds ?? 28_800,
    childLifetimeSeconds: tunnel.phase2.lifetimeSeconds ?? 3600,
    // AWS adds up to `rekeyFuzzPercentage` of the margin at random; 100 is what the program sets and AWS's default.
    rekeyMargin: { leastSeconds: margin, mostSeconds: 2 * margin },
    initiates: tunnel.startupAction === "start",
    dpd: {
      delaySeconds: dpdDelaySeconds,
      timeoutSeconds: tunnel.dpdTimeoutSeconds ?? 30,
      restarts: tunnel.dpdTimeoutAction === "restart",
    },
    // AWS names the selectors from the customer's point of view.
    localSelectors: [connection.remoteCidr],
    remoteSelectors: [connection.localCidr],
    routing: connection.staticRoutesOnly
      ? { kind: "static", networks: connection.routes.map((route) => route.destination) }
      : {
          kind: "bgp",
          address: required(tunnel.awsInside, "inside address of the AWS end"),
          peerAddress: required(tunnel.azureInside, "inside address that AWS expects of Azure"),
          asn: required(connection.vpnGateway?.asn, "ASN of the VPN gateway"),
          peerAsn: required(customerGateway?.asn, "ASN of the customer gateway"),
          ...bgpTimers,
        },
  };
}
