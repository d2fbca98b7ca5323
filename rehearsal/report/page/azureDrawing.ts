import { azureTypes } from "../../model/resourceTypes";
import { text } from "../../model/values";
import type { Estate } from "../../estate/estate";
import { urns } from "../../estate/estateIndex";
import { type Box, type Drawing, plainLine } from "./diagram";

/** The group, its networks, the clients and the gateway's instances. */
export function drawAzure(estate: Estate): Drawing {
  const { networks, subnets, gateways } = estate.azure;
  const cloud: Box = {
    ...{ id: "azure", kind: "cloud", inside: undefined, details: [] },
    title: `Azure · ${text(estate.outputs, "azureLocation") ?? ""}`,
    places: estate.ofType(azureTypes.resourceGroup).map(({ urn }) => urn),
  };
  const networkId = (resource: { readonly urn: string } | undefined) =>
    `vnet${networks.findIndex((network) => network.resource === resource) + 1}`;
  const networkBoxes = networks.map((network): Box => ({
    ...{ id: networkId(network.resource), kind: "network", inside: cloud.id, title: "Virtual network" },
    details: network.prefixes,
    places: urns(network),
  }));
  const clients = subnets.filter(({ name }) => name !== "GatewaySubnet");
  const clientBoxes = clients.map((subnet, index): Box => {
    const inside = estate.azure.interfaces.filter((one) => one.subnets.includes(subnet));
    const machines = estate.azure.machines.filter((machine) =>
      machine.interfaces.some((one) => inside.includes(one)),
    );
    return {
      ...{ id: `client${index + 1}`, kind: "client", title: "Clients" },
      inside: networkId(subnet.network?.resource),
      details: [
        subnet.prefix ?? "",
        ...(subnet.securityGroup === undefined ? [] : ["security group"]),
        ...machines.map(({ size }) => `lists the bucket: ${size ?? ""}`),
      ],
      places: urns(subnet, subnet.securityGroup, ...inside, ...machines),
    };
  });
  const gatewayBoxes = gateways.flatMap((gateway, at): Box[] => {
    const subnet = gateway.instances[0]?.subnet;
    const group: Box = {
      ...{ id: `gateway${at + 1}`, kind: "subnet", inside: networkId(subnet?.network?.resource) },
      title: `VPN gateway ${gateway.sku ?? ""}`,
      details: [`GatewaySubnet ${subnet?.prefix ?? ""}`],
      places: urns(gateway, subnet),
    };
    const asn = gateway.enableBgp ? [`ASN ${gateway.asn ?? ""}`] : [];
    return [
      group,
      ...gateway.instances.map((instance, index): Box => ({
        ...{ id: `instance${index + 1}`, kind: "gateway", inside: group.id },
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
  return { boxes: [cloud, ...networkBoxes, ...clientBoxes, ...gatewayBoxes], lines };
}
