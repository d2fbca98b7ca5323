import { awsTypes, partsOf } from "../../model/resourceTypes";
import { text } from "../../model/values";
import type { Tunnel } from "../../tunnels/tunnels";
import { urns } from "../../estate/estateIndex";
import type { Estate } from "../../estate/estate";
import type { RecordedResource } from "../../model/recording";
import { type Box, type Drawing, type Line, plainLine } from "./diagram";

/** The VPN connections, the gateway, the VPC with the endpoint's interfaces, and the buckets. */
export function drawAws(estate: Estate, tunnels: readonly Tunnel[]): Drawing {
  const { aws } = estate;
  const cloud: Box = {
    ...{ id: "aws", kind: "cloud", inside: undefined, details: [], places: [] },
    title: `AWS · ${text(estate.outputs, "awsRegion") ?? ""}`,
  };
  const connections = aws.vpnConnections.flatMap((connection, at): Box[] => {
    const group: Box = {
      ...{ id: `connection${at + 1}`, kind: "group", inside: cloud.id, details: [] },
      title: `VPN connection ${at + 1}`,
      places: [...urns(connection, connection.customerGateway), ...connection.routes.flatMap((r) => urns(r))],
    };
    const ends = tunnels.filter((tunnel) => tunnel.aws?.connection === connection);
    return [
      group,
      ...ends.map(({ name, aws: end, spare }): Box => ({
        ...{ id: `end-${name}`, kind: "endpoint", inside: group.id, tunnel: name, unused: spare },
        title: end?.tunnel.outsideAddress ?? "no address",
        details: [spare ? `${name}, unused` : `end of ${name}`],
        places: urns(connection),
      })),
    ];
  });
  const gateways = aws.vpnGateways.map((gateway, index): Box => ({
    ...{ id: `vgw${index + 1}`, kind: "gateway", inside: cloud.id, title: "Virtual private gateway" },
    details: gateway.asn === undefined ? [] : [`ASN ${gateway.asn}`],
    places: [
      ...urns(gateway),
      ...[awsTypes.vpnGatewayAttachment, awsTypes.vpnGatewayRoutePropagation].flatMap((type) =>
        pointingAt(gateway.resource, estate.ofType(type), "vpnGatewayId"),
      ),
    ],
  }));
  const vpcs = aws.vpcs.map((vpc, index): Box => ({
    ...{ id: `vpc${index + 1}`, kind: "network", inside: cloud.id, title: "VPC" },
    details: [vpc.cidrs.join(", ")],
    places: urns(vpc),
  }));
  const { boxes: interfaces, lines: toInterfaces } = drawEndpoints(estate);
  const ofS3 = estate.resources.filter(({ type }) => partsOf(type).module === "s3");
  const bucketBoxes = (buckets: readonly RecordedResource[], id: string, what: string) =>
    buckets.map((bucket, index): Box => ({
      ...{ id: `${id}${index + 1}`, kind: "bucket", inside: cloud.id, details: [what] },
      title: text(bucket.outputs, "bucket") ?? bucket.name,
      places: [bucket.urn, ...pointingAt(bucket, ofS3, "bucket")],
    }));
  const dataBuckets = bucketBoxes(estate.dataBuckets, "bucket", "S3 bucket");
  const logBuckets = bucketBoxes(estate.logBuckets, "logs", "S3 bucket for logs");
  const toGateway = tunnels.flatMap((tunnel): Line[] => {
    const at = aws.vpnGateways.findIndex((gateway) => gateway === tunnel.aws?.connection.vpnGateway);
    if (at < 0) return [];
    const line = plainLine(`end-${tunnel.name}`, `vgw${at + 1}`, []);
    return [tunnel.spare ? { ...line, kind: "unused" } : { ...line, tunnel: tunnel.name }];
  });
  const toBuckets = interfaces.flatMap((from) =>
    dataBuckets.map((to) => plainLine(from.id, to.id, from.places)),
  );
  return {
    boxes: [cloud, ...connections, ...gateways, ...vpcs, ...interfaces, ...dataBuckets, ...logBuckets],
    lines: [...toGateway, ...toInterfaces, ...toBuckets],
  };
}

function drawEndpoints(estate: Estate): Drawing {
  const { aws } = estate;
  const found = aws.endpoints.flatMap((endpoint) => endpoint.subnets.map((subnet) => ({ endpoint, subnet })));
  const boxes = found.map(({ endpoint, subnet }, index): Box => ({
    ...{ id: `interface${index + 1}`, kind: "endpoint", title: "S3 endpoint" },
    inside: `vpc${aws.vpcs.findIndex((vpc) => vpc.resource.id === subnet.vpcId) + 1}`,
    details: [subnet.cidr ?? "", subnet.zone ?? "", "security group"].filter((line) => line !== ""),
    places: [
      ...urns(endpoint, subnet, subnet.routeTable),
      ...endpoint.securityGroups.flatMap((group) => [...urns(group), ...group.rules.flatMap((r) => urns(r))]),
      ...pointingAt(subnet.resource, estate.ofType(awsTypes.routeTableAssociation), "subnetId"),
    ],
  }));
  const lines = found.flatMap(({ subnet }, index) => {
    const at = aws.vpnGateways.findIndex(({ vpcIds }) => vpcIds.includes(subnet.vpcId ?? ""));
    return at < 0 ? [] : [plainLine(`vgw${at + 1}`, `interface${index + 1}`, urns(subnet.routeTable))];
  });
  return { boxes, lines };
}

/** URNs of the resources that name this one's id in a property. */
function pointingAt(
  { id }: RecordedResource,
  resources: readonly RecordedResource[],
  property: string,
): readonly string[] {
  return resources.filter(({ inputs }) => text(inputs, property) === id).map(({ urn }) => urn);
}
