import { awsTypes, partsOf } from "../../model/resourceTypes";
import { text } from "../../model/values";
import type { Tunnel } from "../../tunnels/tunnels";
import type { Estate } from "../../estate/estate";
import { urns } from "../../estate/estateIndex";
import type { RecordedResource } from "../../model/recording";
import { type Box, type Drawing, type Line, plainLine } from "./diagram";

/** The VPN connections, the gateway, the VPC with the endpoint's interfaces, and the buckets. */
export function drawAws(estate: Estate, tunnels: readonly Tunnel[]): Drawing {
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
      ...[awsTypes.vpnGatewayAttachment, awsTypes.vpnGatewayRoutePropagation].flatMap((type) =>
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
  const dataBuckets = estate.dataBuckets.map((bucket, index) =>
    drawBucket(estate, bucket, { id: `bucket${index + 1}`, inside: cloud.id, what: "S3 bucket" }),
  );
  const logBuckets = estate.logBuckets.map((bucket, index) =>
    drawBucket(estate, bucket, { id: `logs${index + 1}`, inside: cloud.id, what: "S3 bucket for logs" }),
  );
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

function drawBucket(
  estate: Estate,
  bucket: RecordedResource,
  box: { readonly id: string; readonly inside: string; readonly what: string },
): Box {
  const { id, inside, what } = box;
  return {
    id,
    kind: "bucket",
    inside,
    title: text(bucket.outputs, "bucket") ?? bucket.name,
    details: [what],
    places: [
      bucket.urn,
      ...estate.resources
        .filter(({ type, inputs }) => partsOf(type).module === "s3" && text(inputs, "bucket") === bucket.id)
        .map(({ urn }) => urn),
    ],
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
        .ofType(awsTypes.routeTableAssociation)
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
