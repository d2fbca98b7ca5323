import type { AzureSubnet } from "../estate/azure";
import {
  endpointHop,
  endpointRulesHop,
  azureRouteHop,
  attachmentHop,
  clientRulesHop,
  gatewayHop,
} from "./forward";
import { awsRouteHop, deliveryHop, routeTableHop } from "./back";
import { aclHops } from "./aclHops";
import type { Tunnel } from "../tunnels/tunnels";
import { nameHops } from "./endpointName";
import type { Estate } from "../estate/estate";
import { type Ends, type Hop, leadsTo, tunnelHop } from "./hops";

/** From one client subnet to the endpoint's interface in one subnet, and back. */
export interface Journey {
  readonly clientSubnet: string;
  readonly client: string;
  readonly endpointSubnet: string;
  readonly endpoint: string;
  readonly zone: string | undefined;
  readonly forward: readonly Hop[];
  readonly back: readonly Hop[];
  /** The tunnels that carry it. */
  readonly tunnels: readonly string[];
  readonly ok: boolean;
}

/** Between every client subnet and every interface of every endpoint. */
export function tracePaths(estate: Estate, tunnels: readonly Tunnel[]): readonly Journey[] {
  return clientSubnets(estate).flatMap((client) =>
    estate.aws.endpoints.flatMap((endpoint) =>
      endpoint.subnets.map((subnet) => traceJourney(estate, tunnels, { client, endpoint, subnet })),
    ),
  );
}

/** Every subnet but the gateway's own. */
export function clientSubnets(estate: Estate): readonly AzureSubnet[] {
  return estate.azure.subnets.filter((subnet) => subnet.name !== "GatewaySubnet");
}

function traceJourney(estate: Estate, tunnels: readonly Tunnel[], ends: Ends): Journey {
  const carriers = tunnels.filter((tunnel) => tunnel.up && leadsTo(tunnel, ends));
  const there = [
    clientRulesHop(ends),
    azureRouteHop(ends, tunnels, carriers),
    gatewayHop(ends, tunnels),
    tunnelHop(ends, tunnels, carriers, "to AWS"),
    attachmentHop(ends, tunnels),
    endpointHop(estate, ends),
    ...aclHops(ends, "to AWS"),
    endpointRulesHop(ends),
    ...nameHops(estate, ends.endpoint),
  ];
  const back = [
    ...aclHops(ends, "to Azure"),
    routeTableHop(estate, ends, tunnels),
    awsRouteHop(ends, tunnels, carriers),
    tunnelHop(ends, tunnels, carriers, "to Azure"),
    deliveryHop(ends, tunnels),
  ];
  return {
    clientSubnet: ends.client.resource.urn,
    client: ends.client.prefix ?? "",
    endpointSubnet: ends.subnet.resource.urn,
    endpoint: ends.subnet.cidr ?? "",
    zone: ends.subnet.zone,
    forward: there,
    back,
    tunnels: carriers.map((tunnel) => tunnel.name),
    ok: [...there, ...back].every(({ outcome }) => outcome === "holds"),
  };
}

export type { Hop } from "./hops";
