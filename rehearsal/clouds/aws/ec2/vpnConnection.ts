import type { Props, Refusal } from "../../../model/recording";
import { awsTypes } from "../../../model/resourceTypes";
import { text, valuesAt } from "../../../model/values";
import type { CloudView, LiveResource, Reference, ResourceRecord } from "../../cloudType";
import { address, awsImpacts, downs, type ImpactRule, none } from "../../impact";
import { each, refuseIf, words } from "../../rules";
import { ec2Actions, ec2Id, ec2Replaces, ec2Tags } from "./ec2";
import { customerGatewayReference, vpnGatewayReference } from "./references";
import { refuseSwap, refuseTunnel, refuseTunnelPair, type Slot, tunnelProperties } from "./tunnelOptions";
import { connectionOutputs } from "./vpnConnectionOutputs";
import { awsProvider } from "../../pins";

const create = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpnConnection.html";
const limits = "https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-limits.html";
const waits = `${awsProvider("internal/service/ec2/wait.go")} : waits up to 40 minutes to create, 30 to change or delete; typical: guess from field reports`;
const customer = "https://docs.aws.amazon.com/vpn/latest/s2svpn/change-vpn-cgw.html";
const logging = "https://docs.aws.amazon.com/vpn/latest/s2svpn/status-logs.html";
const monitoring = "https://docs.aws.amazon.com/vpn/latest/s2svpn/monitoring-logs.html";
const options = "https://docs.aws.amazon.com/vpn/latest/s2svpn/modify-vpn-tunnel-options.html";
const schema = "https://www.pulumi.com/registry/packages/aws/api-docs/ec2/vpnconnection/";
const target = "https://docs.aws.amazon.com/vpn/latest/s2svpn/modify-vpn-target.html";

const bandwidth = "https://github.com/hashicorp/terraform-provider-aws/pull/47843";
const replaces = {
  ...ec2Replaces("vpnsite_connection", "enableAcceleration staticRoutesOnly tunnelInsideIpVersion type"),
  // EC2 changes it in some regions since May 2026; the provider does not yet.
  tunnelBandwidth: bandwidth,
  ...each(
    "outsideIpAddressType transportTransitGatewayAttachmentId vpnConcentratorId",
    "guess: that the provider replaces for them; EC2 takes them at creation only, by AWS's own schema of the type",
  ),
};

/**
 * AWS delivers the logs of a tunnel itself, and keeps the group's resource policy with the permissions of whoever
 * switches them on: https://docs.aws.amazon.com/vpn/latest/s2svpn/monitoring-logs.html
 */
const tunnelLogs = [
  "logs:CreateLogDelivery",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "logs:GetLogDelivery",
  "logs:ListLogDeliveries",
  "logs:PutResourcePolicy",
  "logs:UpdateLogDelivery",
];

export const vpnConnection: ResourceRecord = {
  properties: [
    ...words(`
      customerGatewayId enableAcceleration localIpv4NetworkCidr localIpv6NetworkCidr outsideIpAddressType
      presharedKeyStorage region remoteIpv4NetworkCidr remoteIpv6NetworkCidr staticRoutesOnly tags.* transitGatewayId
      transportTransitGatewayAttachmentId tunnelBandwidth tunnelInsideIpVersion type vpnConcentratorId vpnGatewayId`),
    ...tunnelProperties(1),
    ...tunnelProperties(2),
  ],
  required: ["customerGatewayId", "type"],
  values: { presharedKeyStorage: ["Standard", "SecretsManager"], tunnelBandwidth: ["standard", "large"] },
  replaces,
  references: {
    customerGatewayId: { ...customerGatewayReference, inUse: "IncorrectState" },
    vpnGatewayId: { ...vpnGatewayReference, inUse: "IncorrectState" },
    ...logGroupReferences(1),
    ...logGroupReferences(2),
  },
  secretInputs: ["tunnel1PresharedKey", "tunnel2PresharedKey"],
  secretOutputs: ["customerGatewayConfiguration", "tunnel1PresharedKey", "tunnel2PresharedKey"],
  decides: ["path"],
  permissions: {
    create: ["ec2:CreateTags", "ec2:CreateVpnConnection", ...tunnelLogs],
    read: ["ec2:DescribeVpnConnections"],
    update: ["ec2:ModifyVpnConnection", "ec2:ModifyVpnTunnelOptions", ...ec2Tags, ...tunnelLogs],
    delete: ["ec2:DeleteVpnConnection", "logs:DeleteLogDelivery"],
    source: `${ec2Actions}; ${monitoring}`,
  },
  impact: awsImpacts({
    create: none("it adds tunnels beside the existing ones", schema),
    delete: address("its outside addresses are lost for good, and both its tunnels with them", schema),
    replace: address(
      "AWS gives a new connection new outside addresses: both its tunnels are down until Azure has them",
      schema,
    ),
    replaces,
    properties: {
      ...tunnelImpacts(1),
      ...tunnelImpacts(2),
      customerGatewayId: downs(
        "connection",
        "AWS moves the connection to the new customer gateway: both its tunnels go down",
        customer,
      ),
      // https://github.com/hashicorp/terraform-provider-aws/pull/42819
      presharedKeyStorage: downs(
        "connection",
        "AWS changes it on both tunnels, one after the other",
        options,
      ),
      vpnGatewayId: downs(
        "connection",
        "AWS moves the connection to another gateway: both its tunnels go down",
        target,
      ),
    },
  }),
  create: { min: 2, typical: 5, max: 40, source: waits },
  update: { min: 2, typical: 8, max: 30, source: waits },
  delete: { min: 2, typical: 5, max: 30, source: waits },
  refuse: (inputs, cloud, { id }) => [
    ...refuseConnection(inputs, cloud, id),
    ...refuseTunnel(inputs, 1),
    ...refuseTunnel(inputs, 2),
    ...refuseTunnelPair(inputs, others(inputs, cloud, id)),
    ...refuseSwap(inputs, id === undefined ? undefined : cloud.find(awsTypes.vpnConnection, id)?.outputs),
  ],
  id: ec2Id("vpn"),
  outputs: connectionOutputs,
};

function logGroupReferences(slot: Slot): Readonly<Record<string, Reference>> {
  const logs = `tunnel${slot}LogOptions.cloudwatchLogOptions`;
  return each([`${logs}.logGroupArn`, `${logs}.bgpLogGroupArn`], {
    types: [awsTypes.logGroup],
    by: "arn",
    missing: "InvalidParameterValue",
    source: `guess: the code; the rule: ${monitoring}`,
  });
}

/** The options of one tunnel that change in place. */
function tunnelImpacts(slot: Slot): Readonly<Record<string, ImpactRule>> {
  const inPlace = tunnelProperties(slot).filter(
    (path) => !path.includes(".") && !Object.hasOwn(replaces, path),
  );
  return {
    ...each(
      inPlace,
      downs(
        `slot ${slot}`,
        "AWS replaces that tunnel's endpoint to change an option: the tunnel goes down for some minutes",
        options,
      ),
    ),
    [`tunnel${slot}LogOptions`]: downs(
      `slot ${slot}`,
      "changing the logs of a tunnel interrupts it for some minutes",
      logging,
    ),
  };
}

/** Other connections of the same virtual private gateway. */
function others(inputs: Props, cloud: CloudView, id: string | undefined): readonly LiveResource[] {
  const gateway = text(inputs, "vpnGatewayId");
  if (gateway === undefined) return [];
  return cloud
    .all(awsTypes.vpnConnection)
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
        message: `a connection to a virtual private gateway cannot have ${property}`,
        property,
        source: create,
      })),
    ...refuseIf(others(inputs, cloud, id).length >= 10, {
      code: "VpnConnectionLimitExceeded",
      message: "a virtual private gateway has at most ten connections",
      property: "vpnGatewayId",
      source: limits,
    }),
  ];
}
