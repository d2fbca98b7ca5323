import { awsTypes } from "../../awsEstate";
import type { TunnelEnds } from "../../ends";
import { type Estate, urns } from "../../estate";
import { text } from "../../clouds/values";

/** The topology as boxes in boxes and lines between them; where they stand is the layout library's business. */
export interface Drawing {
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
}

export interface Box {
  readonly id: string;
  readonly kind: "cloud" | "network" | "subnet" | "client" | "gateway" | "endpoint" | "bucket" | "group";
  /** The box it lies in. */
  readonly inside: string | undefined;
  readonly title: string;
  readonly details: readonly string[];
  /** URNs of the resources that it stands for. */
  readonly places: readonly string[];
  /** The tunnel whose end it is. */
  readonly tunnel?: string;
  readonly unused?: boolean;
}

export interface Line {
  readonly id: string;
  readonly kind: "tunnel" | "inside" | "unused";
  readonly from: string;
  readonly to: string;
  readonly label: readonly string[];
  readonly places: readonly string[];
  readonly tunnel?: string;
}

export function drawEstate(estate: Estate, tunnels: readonly TunnelEnds[]): Drawing {
  const [azure, aws, links] = [drawAzure(estate), drawAws(estate, tunnels), drawTunnels(estate, tunnels)];
  const boxes = [...azure.boxes, ...aws.boxes];
  const ids = new Set(boxes.map(({ id }) => id));
  const lines = [...azure.lines, ...links, ...aws.lines];
  return { boxes, lines: lines.filter(({ from, to }) => ids.has(from) && ids.has(to)) };
}

function drawAzure(estate: Estate): Drawing {
  const { networks, subnets, gateways } = estate.azure;
  const cloud: Box = {
    id: "azure",
    kind: "cloud",
    inside: undefined,
    title: `Azure · ${text(estate.outputs, "azureLocation") ?? ""}`,
    details: [],
    places: estate.ofType("azure-native:resources:ResourceGroup").map(({ urn }) => urn),
  };
  const networkId = (resource: { readonly urn: string } | undefined) =>
    `vnet${networks.findIndex((network) => network.resource === resource) + 1}`;
  const networkBoxes = networks.map((network): Box => ({
    id: networkId(network.resource),
    kind: "network",
    inside: cloud.id,
    title: "Virtual network",
    details: network.prefixes,
    places: urns(network),
  }));
  const clients = subnets.filter(({ name }) => name !== "GatewaySubnet");
  const clientBoxes = clients.map((subnet, index): Box => ({
    id: `client${index + 1}`,
    kind: "client",
    inside: networkId(subnet.network?.resource),
    title: "Clients",
    details: [subnet.prefix ?? "", ...(subnet.securityGroup === undefined ? [] : ["security group"])],
    places: urns(subnet, subnet.securityGroup),
  }));
  const gatewayBoxes = gateways.flatMap((gateway, at): Box[] => {
    const subnet = gateway.instances[0]?.subnet;
    const group: Box = {
      id: `gateway${at + 1}`,
      kind: "subnet",
      inside: networkId(subnet?.network?.resource),
      title: `VPN gateway ${gateway.sku ?? ""}`,
      details: [`GatewaySubnet ${subnet?.prefix ?? ""}`],
      places: urns(gateway, subnet),
    };
    return [
      group,
      ...gateway.instances.map((instance, index): Box => ({
        id: `instance${index + 1}`,
        kind: "gateway",
        inside: group.id,
        title: gateway.activeActive ? `Instance ${index + 1}` : "Active instance",
        details: [
          instance.publicIp?.address ?? "no address",
          ...(gateway.enableBgp ? [`ASN ${gateway.asn ?? ""}`] : []),
        ],
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

function drawAws(estate: Estate, tunnels: readonly TunnelEnds[]): Drawing {
  const { aws } = estate;
  const cloud: Box = {
    id: "aws",
    kind: "cloud",
    inside: undefined,
    title: `AWS · ${text(estate.outputs, "awsRegion") ?? ""}`,
    details: [],
    places: [],
  };
  const connections = aws.vpnConnections.flatMap((connection, at): Box[] => {
    const ends = tunnels.filter((tunnel) => tunnel.aws?.connection === connection);
    const group: Box = {
      id: `connection${at + 1}`,
      kind: "group",
      inside: cloud.id,
      title: `VPN connection ${at + 1}`,
      details: [],
      places: [...urns(connection, connection.customerGateway), ...connection.routes.flatMap((r) => urns(r))],
    };
    return [
      group,
      ...ends.map((tunnel): Box => ({
        id: `end-${tunnel.name}`,
        kind: "endpoint",
        inside: group.id,
        title: tunnel.aws?.tunnel.outsideAddress ?? "no address",
        details: [tunnel.spare ? `${tunnel.name}, unused` : `end of ${tunnel.name}`],
        places: urns(connection),
        tunnel: tunnel.name,
        unused: tunnel.spare,
      })),
    ];
  });
  const gateways = aws.vpnGateways.map((gateway, index): Box => ({
    id: `vgw${index + 1}`,
    kind: "gateway",
    inside: cloud.id,
    title: "Virtual private gateway",
    details: gateway.asn === undefined ? [] : [`ASN ${gateway.asn}`],
    places: [
      ...urns(gateway),
      ...[awsTypes.attachment, awsTypes.propagation].flatMap((type) =>
        estate
          .ofType(type)
          .filter(({ inputs }) => text(inputs, "vpnGatewayId") === gateway.resource.id)
          .map(({ urn }) => urn),
      ),
    ],
  }));
  const vpcs = aws.vpcs.map((vpc, index): Box => ({
    id: `vpc${index + 1}`,
    kind: "network",
    inside: cloud.id,
    title: "VPC",
    details: [vpc.cidr ?? ""],
    places: urns(vpc),
  }));
  const { boxes: interfaces, lines: toInterfaces } = drawEndpoints(estate);
  const buckets = estate.ofType(awsTypes.bucket).map((bucket, index): Box => ({
    id: `bucket${index + 1}`,
    kind: "bucket",
    inside: cloud.id,
    title: text(bucket.outputs, "bucket") ?? bucket.name,
    details: ["S3 bucket"],
    places: [
      bucket.urn,
      ...estate.resources
        .filter(({ type, inputs }) => type.startsWith("aws:s3/") && text(inputs, "bucket") === bucket.id)
        .map(({ urn }) => urn),
    ],
  }));
  const toGateway = tunnels.flatMap((tunnel): Line[] => {
    const at = aws.vpnGateways.findIndex((gateway) => gateway === tunnel.aws?.connection.vpnGateway);
    if (at < 0) return [];
    const line = plainLine(`end-${tunnel.name}`, `vgw${at + 1}`, []);
    return [tunnel.spare ? { ...line, kind: "unused" } : { ...line, tunnel: tunnel.name }];
  });
  const toBuckets = interfaces.flatMap((from) => buckets.map((to) => plainLine(from.id, to.id, from.places)));
  return {
    boxes: [cloud, ...connections, ...gateways, ...vpcs, ...interfaces, ...buckets],
    lines: [...toGateway, ...toInterfaces, ...toBuckets],
  };
}

function drawEndpoints(estate: Estate): Drawing {
  const { aws } = estate;
  const found = aws.endpoints.flatMap((endpoint) => endpoint.subnets.map((subnet) => ({ endpoint, subnet })));
  const boxes = found.map(({ endpoint, subnet }, index): Box => ({
    id: `interface${index + 1}`,
    kind: "endpoint",
    inside: `vpc${aws.vpcs.findIndex((vpc) => vpc.resource.id === subnet.vpcId) + 1}`,
    title: "S3 endpoint",
    details: [subnet.cidr ?? "", subnet.zone ?? "", "security group"].filter((line) => line !== ""),
    places: [
      ...urns(endpoint, subnet, subnet.routeTable),
      ...endpoint.securityGroups.flatMap((group) => [...urns(group), ...group.rules.flatMap((r) => urns(r))]),
      ...estate
        .ofType(awsTypes.association)
        .filter(({ inputs }) => text(inputs, "subnetId") === subnet.resource.id)
        .map(({ urn }) => urn),
    ],
  }));
  const lines = found.flatMap(({ subnet }, index) => {
    const at = aws.vpnGateways.findIndex(({ vpcIds }) => vpcIds.includes(subnet.vpcId ?? ""));
    return at < 0 ? [] : [plainLine(`vgw${at + 1}`, `interface${index + 1}`, urns(subnet.routeTable))];
  });
  return { boxes, lines };
}

function drawTunnels(estate: Estate, tunnels: readonly TunnelEnds[]): readonly Line[] {
  return tunnels.flatMap((tunnel): Line[] => {
    const { azure, aws, name, spare } = tunnel;
    const to = `end-${name}`;
    if (spare) return [{ ...plainLine("instance1", to, []), kind: "unused" }];
    if (azure === undefined || aws === undefined) return [];
    const at = azure.connection.gateway?.instances.findIndex((instance) => instance === azure.instance) ?? -1;
    if (at < 0) return [];
    const keys = azure.connection.resource.propertyDependencies["sharedKey"] ?? [];
    return [
      {
        id: name,
        kind: "tunnel",
        from: `instance${at + 1}`,
        to,
        label: [name, aws.tunnel.insideCidr ?? ""],
        places: [...urns(azure.connection, azure.connection.site, aws.connection), ...keys],
        tunnel: name,
      },
    ];
  });
}

function plainLine(from: string, to: string, places: readonly string[]): Line {
  return { id: `${from}-${to}`, kind: "inside", from, to, label: [], places };
}
