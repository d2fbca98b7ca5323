import type { AwsSubnet } from "../estate/awsNetworks";
import type { Estate } from "../estate/estate";
import { type Item, ownOf } from "../estate/estateIndex";
import { awsSites, azureSites } from "../estate/sites";
import { uncovered } from "../model/parts";
import { awsRouting } from "../model/routes/awsRoutes";
import type { Tunnel } from "../tunnels/tunnels";
import { aclHops } from "./aclHops";
import { spokesOf, transitStop } from "./announced";
import { routesOf } from "./back";
import { clientsOf, hubOf, networkName, shared } from "./clients";
import { askIngress } from "./securityRules";

/** Somebody beside the clients whom the link concerns. */
export interface Neighbour {
  /** What people call it: a connection, a virtual network, a VPC. */
  readonly name: string;
  /** URN of what stands for it. */
  readonly place: string;
  readonly networks: readonly string[];
  /** `endpoint`: it reaches S3 through it. `link`: it and the other cloud learn each other's routes. */
  readonly reaches: "endpoint" | "link";
  /** One sentence: how, and through what. */
  readonly says: string;
}

interface Candidate extends Item {
  readonly name: string;
  readonly networks: readonly string[];
  /** How its packets come to the VPC. */
  readonly by: string;
  /** What the route back to it leads to; absent for the virtual private gateway. */
  readonly target?: string;
}

/** Who else reaches the endpoint, and whom else the link connects. Nobody where the stack joins nothing. */
export function findNeighbours(estate: Estate, tunnels: readonly Tunnel[]): readonly Neighbour[] {
  if (estate.surroundings.length === 0) return [];
  return [...reachingEndpoint(estate, tunnels), ...connectedByLink(estate, tunnels)];
}

function reachingEndpoint(estate: Estate, tunnels: readonly Tunnel[]): readonly Neighbour[] {
  const clients = clientsOf(estate).flatMap(({ prefix }) => prefix ?? []);
  return candidatesOf(estate, tunnels).flatMap((candidate) => {
    const networks = ownOf(estate.aws.endpoints).flatMap((endpoint) => {
      const rules = endpoint.securityGroups.flatMap((group) => group.rules);
      const open = shared(
        candidate.networks,
        rules.flatMap(({ cidr }) => cidr ?? []),
      )
        .filter((part) => askIngress(endpoint.securityGroups, part).passes === "all")
        .flatMap((part) => uncovered(part, clients));
      return open.filter((part) =>
        endpoint.subnets.some((subnet) => isAnswered(estate, tunnels, subnet, candidate, part)),
      );
    });
    if (networks.length === 0) return [];
    const says = `${inWords(candidate.name, networks)} reaches the endpoint by ${candidate.by}: security group, network ACL and routes let it in, and azureClients does not name it`;
    return [
      {
        ...{ name: candidate.name, place: candidate.resource.urn, networks: [...new Set(networks)] },
        ...{ reaches: "endpoint" as const, says },
      },
    ];
  });
}

/** The ACL lets both ways pass, and the subnet's table leads the answer back where it came from. */
function isAnswered(
  estate: Estate,
  tunnels: readonly Tunnel[],
  subnet: AwsSubnet,
  candidate: Candidate,
  prefix: string,
): boolean {
  const stopped = (["to AWS", "to Azure"] as const).some((towards) =>
    aclHops({ client: { prefix }, subnet }, towards).some(({ outcome }) => outcome === "broken"),
  );
  if (stopped || subnet.routeTable === undefined) return false;
  const gateways = tunnels.flatMap((tunnel) => tunnel.aws?.connection.vpnGateway?.resource.id ?? []);
  const targets = candidate.target === undefined ? gateways : [candidate.target];
  const { taken } = awsRouting(prefix, routesOf(estate, subnet.routeTable, tunnels));
  return taken.some(({ route }) => targets.includes(route.target));
}

function candidatesOf(estate: Estate, tunnels: readonly Tunnel[]): readonly Candidate[] {
  const hub = hubOf(estate);
  const [first] = tunnels;
  const endpoints = ownOf(estate.aws.endpoints);
  return [
    ...(hub === undefined ? [] : [{ network: hub, prefixes: hub.prefixes }, ...spokesOf(estate, hub)]).map(
      ({ network, prefixes }): Candidate => ({
        ...{ resource: network.resource, name: networkName(network), networks: prefixes, by: "the tunnels" },
      }),
    ),
    ...azureSites(estate, hub)
      .filter((site) => transitStop(site, first) === undefined)
      .map(({ resource, name, prefixes }): Candidate => ({
        ...{ resource, name, networks: prefixes, by: "the tunnels" },
      })),
    ...estate.aws.vpcs
      .filter(({ resource }) => endpoints.some(({ vpcId }) => vpcId === resource.id))
      .map(({ resource, cidrs }): Candidate => ({
        ...{ resource, name: `VPC ${resource.id}`, networks: cidrs, by: "the VPC itself", target: "local" },
      })),
    ...awsSites(estate, first?.aws?.connection.vpnGateway).map(({ resource, name, prefixes }): Candidate => ({
      ...{ resource, name, networks: prefixes },
      by: "another connection of the virtual private gateway",
    })),
    ...joinedInAws(estate),
  ];
}

/** Other networks of AWS that the endpoint's route tables lead to: by a peering or a transit gateway. */
function joinedInAws({ aws }: Estate): readonly Candidate[] {
  const tables = ownOf(aws.endpoints).flatMap(({ subnets }) =>
    subnets.flatMap((subnet) => subnet.routeTable ?? []),
  );
  return [...new Set(tables)].flatMap(({ routes }) =>
    routes
      .filter(({ target }) => /^(pcx|tgw)-/.test(target))
      .map(({ resource, destination, target }) => ({
        ...{ resource, target, name: target, networks: [destination] },
        by: `a route of the VPC to ${target}`,
      })),
  );
}

/** BGP has no filter at either gateway: what one side learns, the other side's neighbours may learn too. */
function connectedByLink(estate: Estate, tunnels: readonly Tunnel[]): readonly Neighbour[] {
  const [first] = tunnels.filter((tunnel) => tunnel.up);
  if (first?.routing !== "bgp") return [];
  const hub = hubOf(estate);
  const link = (name: string, { resource }: Item, networks: readonly string[], says: string): Neighbour => ({
    ...{ name, place: resource.urn, networks, reaches: "link", says },
  });
  return [
    ...spokesOf(estate, hub).map(({ network, prefixes }) =>
      link(
        networkName(network),
        network,
        prefixes,
        `AWS learns ${inWords(networkName(network), prefixes)}, and its subnets have a route to AWS: it uses the gateway of ${networkName(hub)}`,
      ),
    ),
    ...azureSites(estate, hub)
      .filter((site) => transitStop(site, first) === undefined)
      .map((site) =>
        link(
          site.name,
          site,
          site.prefixes,
          site.routing === "bgp"
            ? `AWS and ${inWords(site.name, site.prefixes)} learn each other's routes: the Azure gateway passes on what BGP brings`
            : `AWS learns the way to ${inWords(site.name, site.prefixes)}; that site has no BGP, and reaches AWS where its own router has a route to it`,
        ),
      ),
    ...awsSites(estate, first.aws?.connection.vpnGateway).map((site) =>
      link(
        site.name,
        site,
        site.prefixes,
        site.routing === "bgp"
          ? `Azure and ${inWords(site.name, site.prefixes)} learn each other's routes: the virtual private gateway passes on what BGP brings (CloudHub)`
          : `Azure learns the way to ${inWords(site.name, site.prefixes)}; that site has no BGP, and reaches Azure where its own router has a route to it`,
      ),
    ),
  ];
}

function inWords(name: string, networks: readonly string[]): string {
  return networks.length === 0 ? name : `${name} (${[...new Set(networks)].join(", ")})`;
}
