import { createHash } from "node:crypto";
import type { AzureConnection, AzureGateway } from "../../rehearsal/estate/azure";
import { clientRanges } from "../../rehearsal/estate/clientNetworks";
import type { Estate } from "../../rehearsal/estate/estate";
import { azureSites } from "../../rehearsal/estate/sites";
import { covers } from "../../rehearsal/model/addresses";
import { required } from "./required";
import { azureEnd, type TunnelEnd } from "./tunnels";

/** Another site, connected to the Azure gateway by a connection of others. */
export interface SitePlan {
  /** The connection's name in Azure. */
  readonly name: string;
  /** What the site announces. */
  readonly networks: readonly string[];
  /** Whether `azureClients` names its first network: its client may use the endpoint. */
  readonly named: boolean;
  /** From each instance of the gateway to the site's one VPN device. */
  readonly tunnels: readonly SiteTunnelPlan[];
}

export interface SiteTunnelPlan {
  readonly name: string;
  /** Above those of the stack's tunnels. */
  readonly number: number;
  readonly azureInstance: number;
  readonly azure: TunnelEnd;
  readonly site: TunnelEnd;
}

/** The stack has at most four tunnels. */
const firstNumber = 11;

/** The first connection of others on the stack's gateway; undefined where there is none. */
export function planSite(estate: Estate): SitePlan | undefined {
  const { azure, link } = estate;
  const { azureGateway: gateway } = link;
  const connection = azure.connections.find(
    (one) =>
      one.resource.foreign === true && one.gateway === gateway && one.localNetworkGateway !== undefined,
  );
  if (gateway === undefined || connection === undefined) return undefined;
  const site = azureSites(estate, link.azureNetwork).find(({ resource }) => resource === connection.resource);
  const networks = site?.prefixes ?? [];
  const client = required(networks[0], `network behind ${connection.resource.id}`);
  return {
    name: required(site?.name, "name of the other site"),
    networks,
    named: clientRanges(estate).some((range) => covers(range, client)),
    // Every active instance has a tunnel to each far end.
    // @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-highlyavailable
    tunnels: gateway.instances
      .slice(0, gateway.activeActive ? undefined : 1)
      .map((_instance, index) => planSiteTunnel(connection, gateway, index)),
  };
}

function planSiteTunnel(
  connection: AzureConnection,
  gateway: AzureGateway,
  azureInstance: number,
): SiteTunnelPlan {
  // No snapshot has a key: the lab's own, which the site's device needs too, is made from the connection's id.
  const key = createHash("sha256").update(connection.resource.id).digest("hex");
  // guess: nobody but its owner knows the device at the site. It initiates, and accepts what Azure offers.
  const initiates = connection.mode !== "InitiatorOnly";
  const azure = azureEnd({ ...connection, key }, gateway, azureInstance, { initiates });
  const { routing } = azure;
  return {
    name: `site${azureInstance + 1}`,
    number: firstNumber + azureInstance,
    azureInstance,
    azure,
    site: {
      ...azure,
      outsideAddress: azure.peerAddress,
      peerAddress: azure.outsideAddress,
      initiates,
      dpd: { ...azure.dpd, restarts: initiates },
      localSelectors: azure.remoteSelectors,
      remoteSelectors: azure.localSelectors,
      routing:
        routing.kind === "static"
          ? { kind: "static", networks: gateway.instances[0]?.subnet?.network?.prefixes ?? [] }
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
