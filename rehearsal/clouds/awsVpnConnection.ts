import { addressAt, isNetwork } from "../addresses";
import type { Props, Refusal } from "../recording";
import { arnOf, ec2Errors, ec2Id, forceNew, regional, regionOf, tagsAll } from "./aws";
import { customerGateway } from "./awsCustomerGateway";
import { tunnelProperties, refuseTunnel, refuseTunnelPair } from "./awsTunnelOptions";
import { vpnGateway } from "./awsVpnGateway";
import { addressesOf } from "./documentation";
import type { CloudType, CloudView, LiveResource, Subject } from "./model";
import { aboutMinutes, each, refuseIf, words } from "./rules";
import { freeOf, numberOf, stringOf } from "./seeds";
import { isTrue, knownStrings, text, valuesAt } from "./values";

const connection = "aws:ec2/vpnConnection:VpnConnection";
const route = "aws:ec2/vpnConnectionRoute:VpnConnectionRoute";
const create = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpnConnection.html";
const limits = "https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-limits.html";
const waits =
  "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/wait.go : waits up to 40 minutes to create, 30 to change or delete; typical: guess from field reports";

export const awsVpnConnection: Readonly<Record<string, CloudType>> = {
  [connection]: {
    properties: [
      ...words(`
        customerGatewayId enableAcceleration localIpv4NetworkCidr localIpv6NetworkCidr outsideIpAddressType
        presharedKeyStorage region remoteIpv4NetworkCidr remoteIpv6NetworkCidr staticRoutesOnly tags.* transitGatewayId
        transportTransitGatewayAttachmentId tunnelBandwidth tunnelInsideIpVersion type vpnConcentratorId vpnGatewayId`),
      ...tunnelProperties(1),
      ...tunnelProperties(2),
    ],
    required: ["customerGatewayId", "type"],
    replaces: {
      ...regional,
      ...each(
        `enableAcceleration outsideIpAddressType presharedKeyStorage staticRoutesOnly
        transportTransitGatewayAttachmentId tunnelBandwidth tunnelInsideIpVersion type vpnConcentratorId
        tunnel1InsideCidr tunnel1InsideIpv6Cidr tunnel2InsideCidr tunnel2InsideIpv6Cidr`,
        forceNew("ec2/vpnsite_connection"),
      ),
    },
    references: {
      customerGatewayId: {
        types: [customerGateway],
        missing: "InvalidCustomerGatewayID.NotFound",
        inUse: "IncorrectState",
        source: ec2Errors,
      },
      vpnGatewayId: {
        types: [vpnGateway],
        missing: "InvalidVpnGatewayID.NotFound",
        inUse: "IncorrectState",
        source: ec2Errors,
      },
      ...logGroupReferences(),
    },
    secretOutputs: ["customerGatewayConfiguration", "tunnel1PresharedKey", "tunnel2PresharedKey"],
    create: { min: 2, typical: 5, max: 40, source: waits },
    update: { min: 2, typical: 8, max: 30, source: waits },
    delete: { min: 2, typical: 5, max: 30, source: waits },
    refuse: (inputs, cloud, { id }) => [
      ...refuseConnection(inputs, cloud, id),
      ...refuseTunnel(inputs, 1),
      ...refuseTunnel(inputs, 2),
      ...refuseTunnelPair(inputs, others(inputs, cloud, id)),
    ],
    id: ec2Id("vpn"),
    outputs: connectionOutputs,
  },
  [route]: {
    properties: words(`destinationCidrBlock region vpnConnectionId`),
    required: ["destinationCidrBlock", "vpnConnectionId"],
    replaces: {
      ...regional,
      ...each("destinationCidrBlock vpnConnectionId", forceNew("ec2/vpnsite_connection_route")),
    },
    references: {
      // Static routes go with their connection.
      vpnConnectionId: { types: [connection], missing: "InvalidVpnConnectionID.NotFound", source: ec2Errors },
    },
    create: aboutMinutes(0.3, "a static route is there within seconds"),
    update: aboutMinutes(0, "nothing of a route can change"),
    delete: aboutMinutes(0.3, "a static route goes within seconds"),
    refuse: refuseRoute,
    id: (inputs) => `${text(inputs, "destinationCidrBlock") ?? ""}:${text(inputs, "vpnConnectionId") ?? ""}`,
    outputs: (inputs, cloud) => ({ region: regionOf(inputs, cloud) }),
  },
};

function logGroupReferences(): NonNullable<CloudType["references"]> {
  const paths = [1, 2].flatMap((slot) =>
    ["logGroupArn", "bgpLogGroupArn"].map((key) => `tunnel${slot}LogOptions.cloudwatchLogOptions.${key}`),
  );
  const logGroup = {
    types: ["aws:cloudwatch/logGroup:LogGroup"],
    by: "arn",
    missing: "InvalidParameterValue",
    source: "guess: the code; the rule: https://docs.aws.amazon.com/vpn/latest/s2svpn/monitoring-logs.html",
  };
  return Object.fromEntries(paths.map((path) => [path, logGroup]));
}

function others(inputs: Props, cloud: CloudView, id: string | undefined): readonly LiveResource[] {
  const gateway = text(inputs, "vpnGatewayId");
  if (gateway === undefined) return [];
  return cloud
    .all(connection)
    .filter((other) => other.id !== id && text(other.inputs, "vpnGatewayId") === gateway);
}

function refuseConnection(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const gateways = ["vpnGatewayId", "transitGatewayId", "vpnConcentratorId"].filter(
    (key) => valuesAt(inputs, key).length > 0,
  );
  const type = text(inputs, "type");
  return [
    ...refuseIf(type !== undefined && type !== "ipsec.1", {
      code: "InvalidParameterValue",
      message: "the only type of a VPN connection is ipsec.1",
      property: "type",
      source: create,
    }),
    ...refuseIf(gateways.length > 1, {
      code: "InvalidParameterCombination",
      message: `a connection ends at one gateway, not at ${gateways.join(" and ")}`,
      property: "vpnGatewayId",
      source: create,
    }),
    ...["tunnelBandwidth", "enableAcceleration"]
      .filter((key) => gateways[0] === "vpnGatewayId" && inputs[key] !== undefined && inputs[key] !== false)
      .map((property) => ({
        code: "InvalidParameterCombination",
        message: `a connection to a virtual private gateway takes no ${property}`,
        property,
        source: create,
      })),
    ...refuseIf(others(inputs, cloud, id).length >= 10, {
      code: "VpnConnectionLimitExceeded",
      message: "a virtual private gateway carries ten connections",
      property: "vpnGatewayId",
      source: limits,
    }),
  ];
}

/** Only a connection with static routing takes static routes. */
function refuseRoute(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const of = cloud.find(connection, text(inputs, "vpnConnectionId") ?? "");
  const range = text(inputs, "destinationCidrBlock");
  return [
    ...refuseIf(of !== undefined && !isTrue(of.inputs, "staticRoutesOnly"), {
      code: "InvalidVpnConnection.InvalidType",
      message: `${of?.id ?? ""} routes by BGP and takes no static routes`,
      property: "vpnConnectionId",
      source: ec2Errors,
    }),
    ...refuseIf(range !== undefined && !isNetwork(range), {
      code: "InvalidParameterValue",
      message: `'${range ?? ""}' is no CIDR block`,
      property: "destinationCidrBlock",
      source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpnConnectionRoute.html",
    }),
  ];
}

/** AWS makes up what was left out: addresses, keys, and the configuration that holds both. */
function connectionOutputs(
  inputs: Props,
  cloud: CloudView,
  subject: Subject & { readonly id: string },
): Props {
  const { seed, id } = subject;
  const gateway = cloud.find(vpnGateway, text(inputs, "vpnGatewayId") ?? "");
  const asn = text(gateway?.outputs, "amazonSideAsn") ?? "64512";
  const taken = takenBesides(id, cloud);
  const first = freeOf(`${seed}/outside1`, addressesOf("aws"), taken);
  const second = freeOf(`${seed}/outside2`, addressesOf("aws"), new Set([...taken, first]));
  const tunnels = [
    tunnelOutputs(inputs, 1, first, seed, asn),
    tunnelOutputs(inputs, 2, second, seed, asn),
  ] as const;
  return {
    ...tagsAll(inputs),
    ...tunnels[0].properties,
    ...tunnels[1].properties,
    arn: arnOf("ec2", inputs, cloud, `vpn-connection/${id}`),
    region: regionOf(inputs, cloud),
    staticRoutesOnly: inputs["staticRoutesOnly"] ?? false,
    localIpv4NetworkCidr: inputs["localIpv4NetworkCidr"] ?? "0.0.0.0/0",
    remoteIpv4NetworkCidr: inputs["remoteIpv4NetworkCidr"] ?? "0.0.0.0/0",
    customerGatewayConfiguration: `<vpn_connection id="${id}">${tunnels.map(({ xml }) => xml).join("")}</vpn_connection>`,
    routes: [],
    transitGatewayAttachmentId: "",
    coreNetworkArn: "",
    coreNetworkAttachmentArn: "",
    // Right after creation nobody has dialled yet.
    vgwTelemetries: [first, second].map((outsideIpAddress) => ({
      outsideIpAddress,
      acceptedRouteCount: 0,
      certificateArn: "",
      lastStatusChange: "2026-01-01T00:00:00Z",
      status: "DOWN",
      statusMessage: "",
    })),
  };
}

function tunnelOutputs(
  inputs: Props,
  slot: number,
  outside: string,
  seed: string,
  asn: string,
): { properties: Props; xml: string } {
  const inside =
    text(inputs, `tunnel${slot}InsideCidr`) ??
    `169.254.${100 + numberOf(`${seed}/inside${slot}`, 60)}.${4 * slot}/30`;
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const key = text(inputs, `tunnel${slot}PresharedKey`) ?? stringOf(`${seed}/key${slot}`, 32, alphabet);
  return {
    properties: {
      [`tunnel${slot}Address`]: outside,
      [`tunnel${slot}InsideCidr`]: inside,
      [`tunnel${slot}VgwInsideAddress`]: addressAt(inside, 1) ?? "",
      [`tunnel${slot}CgwInsideAddress`]: addressAt(inside, 2) ?? "",
      [`tunnel${slot}BgpAsn`]: asn,
      [`tunnel${slot}BgpHoldtime`]: 30,
      [`tunnel${slot}PresharedKey`]: key,
    },
    xml: `<ipsec_tunnel><tunnel_outside_address><ip_address>${outside}</ip_address></tunnel_outside_address><ike><pre_shared_key>${key}</pre_shared_key></ike></ipsec_tunnel>`,
  };
}

function takenBesides(id: string, cloud: CloudView): ReadonlySet<string> {
  const live = cloud.all(connection).filter((other) => other.id !== id);
  return new Set(
    live.flatMap(({ outputs }) => [
      ...knownStrings(outputs, "tunnel1Address"),
      ...knownStrings(outputs, "tunnel2Address"),
    ]),
  );
}
