import { azureTypes } from "../../model/resourceTypes";
import { covers } from "../../model/addresses";
import { text } from "../../model/values";
import type { AzureNetwork, AzureSubnet } from "../../estate/azure";
import type { Estate } from "../../estate/estate";
import { urns } from "../../estate/estateIndex";
import { azureSites } from "../../estate/sites";
import { type Client, clientsOf, hubOf, networkName } from "../../path/clients";
import { grouped } from "../grouped";
import { listed } from "../words";
import { type Box, type Drawing, drawSite, ownedBy, plainLine } from "./diagram";

/** The group, its networks, the clients and the gateway's instances. */
export function drawAzure(estate: Estate): Drawing {
  const { networks, gateways } = estate.azure;
  const cloud: Box = {
    ...{ id: "azure", kind: "cloud", inside: undefined, details: [] },
    title: `Azure · ${text(estate.outputs, "azureLocation") ?? ""}`,
    places: estate.ofType(azureTypes.resourceGroup).map(({ urn }) => urn),
  };
  const clients = clientsOf(estate);
  const near = [hubOf(estate), ...clients.map(networkOf)];
  const shown = networks.filter((network) => network.resource.foreign !== true || near.includes(network));
  const networkId = (resource: { readonly urn: string } | undefined) =>
    `vnet${shown.findIndex((network) => network.resource === resource) + 1}`;
  const networkBoxes = shown.map((network): Box => ({
    ...{ id: networkId(network.resource), kind: "network", inside: cloud.id, ...ownedBy(network.resource) },
    title: network.resource.foreign === true ? `Virtual network ${networkName(network)}` : "Virtual network",
    details: network.prefixes,
    places: [
      ...urns(network),
      ...urns(...estate.azure.peerings.filter((peering) => peering.network === network)),
    ],
  }));
  const groups = clientGroups(clients);
  const clientBoxes = groups.map(({ name, subnets, details }, index): Box => {
    const inside = estate.azure.interfaces.filter((one) =>
      subnets.some((subnet) => one.subnets.includes(subnet)),
    );
    const machines = estate.azure.machines.filter((machine) =>
      machine.interfaces.some((one) => inside.includes(one)),
    );
    const [first] = subnets;
    return {
      ...{ id: `client${index + 1}`, kind: "client", ...ownedBy(first?.resource) },
      title: name === undefined ? "Clients" : `Clients ${name}`,
      inside: networkId(first?.network?.resource),
      details: [...details, ...machines.map(({ size }) => `lists the bucket: ${size ?? ""}`)],
      places: [
        ...new Set(
          urns(
            ...subnets.flatMap((subnet) => [subnet, subnet.securityGroup, subnet.routeTable]),
            ...inside,
            ...machines,
          ),
        ),
      ],
    };
  });
  const carrying = gateways.filter(
    (gateway) =>
      gateway.resource.foreign !== true ||
      estate.tunnels.some(({ azure }) => azure?.connection.gateway === gateway),
  );
  const gatewayBoxes = carrying.flatMap((gateway, at): Box[] => {
    const subnet = gateway.instances[0]?.subnet;
    const group: Box = {
      ...{ id: `gateway${at + 1}`, kind: "subnet", inside: networkId(subnet?.network?.resource) },
      ...ownedBy(gateway.resource),
      title: `VPN gateway ${gateway.sku ?? ""}`,
      details: [`GatewaySubnet ${subnet?.prefix ?? ""}`],
      places: urns(gateway, subnet, subnet?.routeTable),
    };
    const asn = gateway.enableBgp ? [`ASN ${gateway.asn ?? ""}`] : [];
    return [
      group,
      ...gateway.instances.map((instance, index): Box => ({
        ...{ id: `instance${index + 1}`, kind: "gateway", inside: group.id, ...ownedBy(gateway.resource) },
        title: gateway.activeActive ? `Instance ${index + 1}` : "Active instance",
        details: [instance.publicIp?.address ?? "no address", ...asn],
        places: urns(gateway, instance.publicIp),
      })),
    ];
  });
  const lines = clientBoxes.flatMap((client) =>
    gatewayBoxes
      .filter(({ kind }) => kind === "gateway")
      .map((instance) => plainLine(client.id, instance.id, [])),
  );
  const around = [
    drawFirewalls(estate, groups, (subnet) => networkId(subnet?.network?.resource)),
    ...azureSites(estate, hubOf(estate)).map((site, index) =>
      drawSite(site, `site${index + 1}`, site.via === "VPN" ? "instance1" : "circuits", "above"),
    ),
    drawCircuits(estate, (subnet) => networkId(subnet?.network?.resource)),
  ];
  return {
    boxes: [
      ...[cloud, ...networkBoxes, ...clientBoxes, ...gatewayBoxes],
      ...around.flatMap(({ boxes }) => boxes),
    ],
    lines: [...lines, ...around.flatMap((drawing) => drawing.lines)],
  };
}

function networkOf({ place }: Client): AzureNetwork | undefined {
  return place.kind === "subnet" ? place.subnet.network : undefined;
}

/** Clients that share a box. */
interface ClientGroup {
  readonly name: string | undefined;
  readonly subnets: readonly AzureSubnet[];
  readonly details: readonly string[];
}

/** More subnets than these of one network of clients are drawn as one. */
const mostSubnets = 3;

function clientGroups(clients: readonly Client[]): readonly ClientGroup[] {
  const inSubnets = clients.flatMap(({ name, prefix = "", place }) => {
    if (place.kind !== "subnet") return [];
    const { subnet } = place;
    const details = [prefix, ...(subnet.securityGroup === undefined ? [] : ["security group"])];
    return [{ name, subnets: [subnet], details, network: subnet.network?.resource.id }];
  });
  return grouped(inSubnets, ({ name, network }) => [name, network]).flatMap(
    (alike): readonly ClientGroup[] =>
      alike[0].name === undefined || alike.length <= mostSubnets
        ? alike
        : [
            {
              name: alike[0].name,
              subnets: alike.flatMap(({ subnets }) => subnets),
              details: [`${String(alike.length)} subnets`],
            },
          ],
  );
}

/** The firewalls that route tables of clients lead to, with the networks that they lead there. */
function drawFirewalls(
  { azure }: Estate,
  groups: readonly ClientGroup[],
  inside: (subnet: AzureSubnet | undefined) => string,
): Drawing {
  const routes = groups.flatMap(({ subnets }, index) => {
    const tables = new Set(subnets.flatMap(({ routeTable }) => routeTable ?? []));
    const led = [...tables].flatMap((table) =>
      table.routes.filter(({ nextHop }) => nextHop === "VirtualAppliance"),
    );
    return grouped(led, ({ nextHopAddress }) => nextHopAddress).map((alike) => ({
      from: `client${index + 1}`,
      address: alike[0].nextHopAddress ?? "",
      label: listed(
        alike.map(({ destination }) => destination),
        2,
      ),
    }));
  });
  const addresses = [...new Set(routes.map(({ address }) => address))].filter((address) => address !== "");
  const id = (address: string) => `firewall${addresses.indexOf(address) + 1}`;
  const boxes = addresses.flatMap((address): Box[] => {
    const subnet = azure.subnets.find(
      ({ resource, prefix }) => resource.foreign === true && covers(prefix ?? "", address),
    );
    if (subnet === undefined) return [];
    return [
      {
        ...{ id: id(address), kind: "gateway", title: "Firewall", details: [address], others: true },
        ...{ inside: inside(subnet), places: urns(subnet) },
      },
    ];
  });
  const lines = routes.map(({ from, address, label }) => ({
    ...plainLine(from, id(address), []),
    ...{ kind: "unused" as const, label: [label] },
  }));
  return { boxes, lines };
}

/** The ExpressRoute gateway beside ours. */
function drawCircuits({ azure }: Estate, inside: (subnet: AzureSubnet | undefined) => string): Drawing {
  const found = azure.gateways.find(
    ({ resource, gatewayType }) => resource.foreign === true && gatewayType === "ExpressRoute",
  );
  if (found === undefined) return { boxes: [], lines: [] };
  const box: Box = {
    ...{ id: "circuits", kind: "gateway", title: "ExpressRoute gateway", details: [], others: true },
    ...{ inside: inside(found.instances[0]?.subnet), places: urns(found) },
  };
  return { boxes: [box], lines: [] };
}
