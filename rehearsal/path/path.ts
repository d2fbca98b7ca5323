import { attachmentHop, departureHops, endpointHop, endpointRulesHop, gatewayHop } from "./forward";
import { awsRouteHop, deliveryHop, routeTableHop } from "./back";
import { aclHops } from "./aclHops";
import { clientsOf } from "./clients";
import type { Tunnel } from "../tunnels/tunnels";
import { nameHops } from "./endpointName";
import type { Estate } from "../estate/estate";
import { ownOf } from "../estate/estateIndex";
import { type Ends, type Hop, leadsTo, outcomeOf, tunnelHop } from "./hops";

/** From one network of clients to the endpoint's interface in one subnet, and back. */
export interface Journey {
  /** Its name in `azureClients`; undefined for a subnet of the stack's. */
  readonly clientName?: string;
  /** The subnet, or the connection behind which the clients are. */
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

/** Between every network of clients and every interface of every endpoint of the stack's. */
export function tracePaths(estate: Estate, tunnels: readonly Tunnel[]): readonly Journey[] {
  const endpoints = ownOf(estate.aws.endpoints);
  return clientsOf(estate).flatMap((client) =>
    endpoints.flatMap((endpoint) =>
      endpoint.subnets.map((subnet) => traceJourney(estate, tunnels, { client, endpoint, subnet })),
    ),
  );
}

function traceJourney(estate: Estate, tunnels: readonly Tunnel[], ends: Ends): Journey {
  const carriers = tunnels.filter((tunnel) => tunnel.up && leadsTo(tunnel, ends));
  const there = [
    ...departureHops(estate, ends, tunnels, carriers),
    gatewayHop(estate, ends, tunnels),
    tunnelHop(ends, tunnels, carriers, "to AWS"),
    attachmentHop(ends, tunnels),
    endpointHop(estate, ends),
    ...aclHops(ends, "to AWS"),
    endpointRulesHop(ends),
    ...nameHops(estate, ends),
  ];
  const back = [
    ...aclHops(ends, "to Azure"),
    routeTableHop(estate, ends, tunnels),
    awsRouteHop(estate, ends, tunnels, carriers),
    tunnelHop(ends, tunnels, carriers, "to Azure"),
    deliveryHop(estate, ends, tunnels),
  ];
  return {
    ...(ends.client.name === undefined ? {} : { clientName: ends.client.name }),
    clientSubnet: ends.client.resource.urn,
    client: ends.client.prefix ?? "",
    endpointSubnet: ends.subnet.resource.urn,
    endpoint: ends.subnet.cidr ?? "",
    zone: ends.subnet.zone,
    forward: there,
    back,
    tunnels: carriers.map((tunnel) => tunnel.name),
    ok: outcomeOf({ forward: there, back }) === "holds",
  };
}

export type { Hop } from "./hops";
