import { createHash } from "node:crypto";
import { clientRanges } from "../../rehearsal/estate/clientNetworks";
import type { Estate } from "../../rehearsal/estate/estate";
import { awsSites, azureSites, type Site } from "../../rehearsal/estate/sites";
import { addressAt, covers } from "../../rehearsal/model/addresses";
import type { RecordedResource } from "../../rehearsal/model/recording";
import { text } from "../../rehearsal/model/values";
import { required } from "./required";
import { awsEnd, azureEnd, type Cloud, type TunnelEnd } from "./tunnels";

/** Another site, connected to a gateway that the stack shares by a connection of others. */
export interface SitePlan {
  /** The connection's name in Azure, or its id in AWS. */
  readonly name: string;
  /** Whose gateway it is. */
  readonly cloud: Cloud;
  /** What the site announces. */
  readonly networks: readonly string[];
  /** Whether `azureClients` names its first network: its client may use the endpoint. */
  readonly named: boolean;
  /** From each instance of Azure's gateway, or each endpoint of AWS's connection, to the site's one VPN device. */
  readonly tunnels: readonly SiteTunnelPlan[];
}

export interface SiteTunnelPlan {
  readonly name: string;
  /** Above those of the stack's tunnels. */
  readonly number: number;
  /** Undefined at AWS's gateway. */
  readonly azureInstance?: number;
  /** The end at the shared gateway. */
  readonly gateway: TunnelEnd;
  readonly site: TunnelEnd;
}

/** The stack has at most four tunnels. */
const firstNumber = 11;

/** The first connection of others on the stack's gateway, of Azure's where both are shared; undefined where there is none. */
export function planSite(estate: Estate): SitePlan | undefined {
  return besideAzure(estate) ?? besideAws(estate);
}

function besideAzure(estate: Estate): SitePlan | undefined {
  const { azure, link } = estate;
  const { azureGateway: gateway } = link;
  const connection = azure.connections.find(
    (one) =>
      one.resource.foreign === true && one.gateway === gateway && one.localNetworkGateway !== undefined,
  );
  if (gateway === undefined || connection === undefined) return undefined;
  // Every active instance has a tunnel to each far end.
  // @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-highlyavailable
  const instances = gateway.instances.slice(0, gateway.activeActive ? undefined : 1);
  const key = keyOf(connection.resource);
  const farEnd = { initiates: connection.mode !== "InitiatorOnly" };
  return {
    ...planNetworks(estate, connection.resource, azureSites(estate, link.azureNetwork)),
    cloud: "azure",
    tunnels: instances.map((instance, azureInstance) => ({
      ...planTunnel(azureInstance, azureEnd({ ...connection, key }, gateway, azureInstance, farEnd), {
        networks: instance.subnet?.network?.prefixes ?? [],
      }),
      azureInstance,
    })),
  };
}

function besideAws(estate: Estate): SitePlan | undefined {
  const { aws, link } = estate;
  const connection = aws.vpnConnections.find(
    ({ resource, vpnGateway }) => resource.foreign === true && vpnGateway === link.vpnGateway,
  );
  if (connection === undefined) return undefined;
  const { resource } = connection;
  const tunnels = connection.tunnels.map((tunnel, index) => {
    const inside = text(resource.inputs, `tunnel${tunnel.slot}InsideCidr`) ?? "";
    const gateway = awsEnd(connection, {
      ...tunnel,
      key: keyOf(resource),
      // No snapshot has AWS's addresses: outside the lab's own of RFC 2544's range, inside AWS's and the customer's.
      outsideAddress: `198.19.1.${tunnel.slot}`,
      awsInside: addressAt(inside, 1),
      azureInside: addressAt(inside, 2),
    });
    return planTunnel(index, gateway, { networks: link.vpc?.cidrs ?? [] });
  });
  return {
    ...planNetworks(estate, resource, awsSites(estate, link.vpnGateway)),
    ...{ cloud: "aws", tunnels },
  };
}

/** No snapshot has a key: the lab's own, which the site's device needs too, is made from the connection's id. */
function keyOf(connection: RecordedResource): string {
  return createHash("sha256").update(connection.id).digest("hex");
}

function planNetworks(estate: Estate, connection: RecordedResource, sites: readonly Site[]) {
  const site = sites.find(({ resource }) => resource === connection);
  const networks = site?.prefixes ?? [];
  const client = required(networks[0], `network behind ${connection.id}`);
  return {
    name: required(site?.name, "name of the other site"),
    networks,
    named: clientRanges(estate).some((range) => covers(range, client)),
  };
}

/** `networks` are those that the site reaches by a static tunnel. */
function planTunnel(
  index: number,
  gateway: TunnelEnd,
  { networks }: { readonly networks: readonly string[] },
): SiteTunnelPlan {
  // guess: nobody but its owner knows the device at the site. It initiates, and accepts what the gateway offers.
  const initiates = !gateway.initiates;
  const { routing } = gateway;
  return {
    name: `site${index + 1}`,
    number: firstNumber + index,
    gateway,
    site: {
      ...gateway,
      outsideAddress: gateway.peerAddress,
      peerAddress: gateway.outsideAddress,
      initiates,
      dpd: { ...gateway.dpd, restarts: initiates },
      localSelectors: gateway.remoteSelectors,
      remoteSelectors: gateway.localSelectors,
      routing:
        routing.kind === "static"
          ? { kind: "static", networks }
          : {
              ...routing,
              address: routing.peerAddress,
              peerAddress: routing.address,
              asn: routing.peerAsn,
              peerAsn: routing.asn,
            },
    },
  };
}
