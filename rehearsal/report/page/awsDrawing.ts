import { awsTypes, partsOf } from "../../model/resourceTypes";
import { text } from "../../model/values";
import type { Tunnel } from "../../tunnels/tunnels";
import type { AwsVpnGateway } from "../../estate/aws";
import type { AwsVpc } from "../../estate/awsNetworks";
import { ownOf, urns } from "../../estate/estateIndex";
import { awsSites } from "../../estate/sites";
import type { Estate } from "../../estate/estate";
import type { RecordedResource } from "../../model/recording";
import { type Box, type Drawing, drawSite, type Line, ownedBy, plainLine } from "./diagram";

/** The VPN connections, the gateway, the VPC with the endpoint's interfaces, and the buckets. */
export function drawAws(estate: Estate, tunnels: readonly Tunnel[]): Drawing {
  const { aws } = estate;
  const cloud: Box = {
    ...{ id: "aws", kind: "cloud", inside: undefined, details: [], places: [] },
    title: `AWS · ${text(estate.outputs, "awsRegion") ?? ""}`,
  };
  const connections = ownOf(aws.vpnConnections).flatMap((connection, at): Box[] => {
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
  const vpnGateways = gatewaysOf(estate, tunnels);
  const gateways = vpnGateways.map((gateway, index): Box => ({
    ...{ id: `vgw${index + 1}`, kind: "gateway", inside: cloud.id, title: "Virtual private gateway" },
    ...ownedBy(gateway.resource),
    details: gateway.asn === undefined ? [] : [`ASN ${gateway.asn}`],
    places: [
      ...urns(gateway),
      ...[awsTypes.vpnGatewayAttachment, awsTypes.vpnGatewayRoutePropagation].flatMap((type) =>
        pointingAt(gateway.resource, estate.ofType(type), "vpnGatewayId"),
      ),
    ],
  }));
  const vpcs = vpcsOf(estate).map((vpc, index): Box => ({
    ...{ id: `vpc${index + 1}`, kind: "network", inside: cloud.id, title: "VPC", ...ownedBy(vpc.resource) },
    details: [vpc.cidrs.join(", "), ...otherEndpoints(estate, vpc.resource)],
    places: urns(vpc),
  }));
  const { boxes: interfaces, lines: toInterfaces } = drawEndpoints(estate, vpnGateways);
  const sites = vpnGateways.flatMap((gateway, index) =>
    awsSites(estate, gateway).map((site, at) =>
      drawSite(site, `branch${index + 1}-${at + 1}`, `vgw${index + 1}`, "below"),
    ),
  );
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
    const at = vpnGateways.findIndex((gateway) => gateway === tunnel.aws?.connection.vpnGateway);
    if (at < 0) return [];
    const line = plainLine(`end-${tunnel.name}`, `vgw${at + 1}`, []);
    return [tunnel.spare ? { ...line, kind: "unused" } : { ...line, tunnel: tunnel.name }];
  });
  const toBuckets = interfaces.flatMap((from) =>
    dataBuckets.map((to) => plainLine(from.id, to.id, from.places)),
  );
  return {
    boxes: [
      ...[cloud, ...connections, ...gateways, ...vpcs, ...interfaces],
      ...[...dataBuckets, ...logBuckets, ...sites.flatMap(({ boxes }) => boxes)],
    ],
    lines: [...toGateway, ...toInterfaces, ...toBuckets, ...sites.flatMap(({ lines }) => lines)],
  };
}

/** The stack's own, and those of others that its tunnels end at. */
function gatewaysOf({ aws }: Estate, tunnels: readonly Tunnel[]): readonly AwsVpnGateway[] {
  return aws.vpnGateways.filter(
    (gateway) =>
      gateway.resource.foreign !== true ||
      tunnels.some((tunnel) => tunnel.aws?.connection.vpnGateway === gateway),
  );
}

/** The stack's own, and those of others that hold its endpoint. */
function vpcsOf({ aws }: Estate): readonly AwsVpc[] {
  return aws.vpcs.filter(
    ({ resource }) =>
      resource.foreign !== true || ownOf(aws.endpoints).some(({ vpcId }) => vpcId === resource.id),
  );
}

/** What else the VPC has of S3: it serves the VPC alone, and nothing of this goes through it. */
function otherEndpoints({ aws }: Estate, vpc: RecordedResource): readonly string[] {
  return aws.endpoints
    .filter(({ resource, vpcId, service }) => {
      const isOfS3 = service?.endsWith(".s3") === true;
      return resource.foreign === true && vpcId === vpc.id && isOfS3;
    })
    .map(({ type }) => `S3 ${(type ?? "").toLowerCase()} endpoint for itself`);
}

function drawEndpoints(estate: Estate, vpnGateways: readonly AwsVpnGateway[]): Drawing {
  const { aws } = estate;
  const found = ownOf(aws.endpoints).flatMap((endpoint) =>
    endpoint.subnets.map((subnet) => ({ endpoint, subnet })),
  );
  const boxes = found.map(({ endpoint, subnet }, index): Box => ({
    ...{ id: `interface${index + 1}`, kind: "endpoint", title: "S3 endpoint" },
    inside: `vpc${vpcsOf(estate).findIndex((vpc) => vpc.resource.id === subnet.vpcId) + 1}`,
    details: [
      ...[subnet.cidr ?? "", subnet.zone ?? "", "security group"],
      subnet.routeTable?.resource.foreign === true ? `routes ${subnet.routeTable.resource.id}` : "",
    ].filter((line) => line !== ""),
    places: [
      ...urns(endpoint, subnet, subnet.routeTable, subnet.networkAcl),
      ...endpoint.securityGroups.flatMap((group) => [...urns(group), ...group.rules.flatMap((r) => urns(r))]),
      ...pointingAt(subnet.resource, estate.ofType(awsTypes.routeTableAssociation), "subnetId"),
    ],
  }));
  const lines = found.flatMap(({ subnet }, index) => {
    const at = vpnGateways.findIndex(({ vpcIds }) => vpcIds.includes(subnet.vpcId ?? ""));
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
