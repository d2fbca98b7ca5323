import type { Props, Refusal } from "../../../model/recording";
import { ec2Errors, ec2Id, forceNew, regional } from "../aws";
import { customerGateway } from "./customerGateway";
import { tunnelProperties, refuseTunnel, refuseTunnelPair } from "./tunnelOptions";
import { connection, connectionOutputs } from "./vpnConnectionOutputs";
import { vpnGateway } from "./vpnGateway";
import type { CloudType, CloudView, LiveResource } from "../../cloudType";
import { each, refuseIf, words } from "../../rules";
import { text, valuesAt } from "../../../model/values";

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
        `enableAcceleration staticRoutesOnly tunnelInsideIpVersion type tunnel1InsideCidr tunnel1InsideIpv6Cidr
        tunnel2InsideCidr tunnel2InsideIpv6Cidr`,
        forceNew("ec2/vpnsite_connection"),
      ),
      ...each("presharedKeyStorage tunnelBandwidth vpnConcentratorId", "guess: no call of EC2 changes them"),
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
