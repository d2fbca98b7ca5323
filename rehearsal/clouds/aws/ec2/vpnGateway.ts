import type { Props, Refusal } from "../../../model/recording";
import {
  arnOf,
  ec2Errors,
  ec2Id,
  forceNew,
  regional,
  regionOf,
  routeTableReference,
  tagsAll,
  vpcReference,
  zonesOf,
} from "../aws";
import type { CloudType, CloudView, Reference } from "../../cloudType";
import { aboutMinutes, each, refuseIf, words } from "../../rules";
import { hexOf } from "../../seeds";
import { number, text } from "../../../model/values";

export const vpnGateway = "aws:ec2/vpnGateway:VpnGateway";
const attachment = "aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment";
const propagation = "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation";
const create = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpnGateway.html";
const limits = "https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-limits.html";

const gatewayReference: Reference = {
  types: [vpnGateway],
  missing: "InvalidVpnGatewayID.NotFound",
  inUse: "IncorrectState",
  source: ec2Errors,
};

export const awsVpnGateway: Readonly<Record<string, CloudType>> = {
  [vpnGateway]: {
    properties: words(`amazonSideAsn availabilityZone region tags.* vpcId`),
    required: [],
    replaces: { ...regional, ...each("amazonSideAsn availabilityZone", forceNew("ec2/vpnsite_gateway")) },
    references: { vpcId: vpcReference },
    create: aboutMinutes(0.2, "a virtual private gateway is there within seconds"),
    update: aboutMinutes(0.2, "only its attachment can change"),
    delete: aboutMinutes(0.2, "a detached gateway goes within seconds"),
    refuse: (inputs, cloud, { id }) => [
      ...refuseAsn(inputs),
      ...refuseZone(inputs, cloud),
      ...(text(inputs, "vpcId") === undefined ? [] : refuseSecondAttachment(inputs, id, cloud, id)),
    ],
    id: ec2Id("vgw"),
    outputs: (inputs, cloud, { id }) => ({
      ...tagsAll(inputs),
      arn: arnOf("ec2", inputs, cloud, `vpn-gateway/${id}`),
      region: regionOf(inputs, cloud),
      amazonSideAsn: inputs["amazonSideAsn"] ?? "64512",
      // Told by the attachment afterwards; the resource's own view stays empty until a refresh.
      vpcId: inputs["vpcId"] ?? "",
    }),
  },
  [attachment]: {
    properties: words(`region vpcId vpnGatewayId`),
    required: ["vpcId", "vpnGatewayId"],
    replaces: { ...regional, ...each("vpcId vpnGatewayId", forceNew("ec2/vpnsite_gateway_attachment")) },
    references: { vpcId: vpcReference, vpnGatewayId: gatewayReference },
    create: {
      min: 0.3,
      typical: 1,
      max: 15,
      source:
        "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/wait.go : waits up to 15 minutes",
    },
    update: aboutMinutes(0, "nothing of an attachment can change"),
    delete: {
      min: 0.3,
      typical: 1,
      max: 15,
      source:
        "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/wait.go : waits up to 15 minutes",
    },
    refuse: (inputs, cloud, { id }) =>
      refuseSecondAttachment(inputs, text(inputs, "vpnGatewayId"), cloud, id),
    // The provider makes the id up out of both ends.
    id: (inputs) =>
      `vpn-attachment-${hexOf(`${text(inputs, "vpcId") ?? ""}-${text(inputs, "vpnGatewayId") ?? ""}`, 8)}`,
    outputs: (inputs, cloud) => ({ region: regionOf(inputs, cloud) }),
  },
  [propagation]: {
    properties: words(`region routeTableId vpnGatewayId`),
    required: ["routeTableId", "vpnGatewayId"],
    replaces: {
      ...regional,
      ...each("routeTableId vpnGatewayId", forceNew("ec2/vpnsite_gateway_route_propagation")),
    },
    references: {
      // Propagation ends with the route table; the gateway itself may not go while it is attached anyway.
      routeTableId: routeTableReference,
      vpnGatewayId: { types: [vpnGateway], missing: "InvalidVpnGatewayID.NotFound", source: ec2Errors },
    },
    create: aboutMinutes(0.1, "a switch on the route table"),
    update: aboutMinutes(0, "nothing of a propagation can change"),
    delete: aboutMinutes(0.1, "a switch on the route table"),
    refuse: refuseUnattached,
    id: (inputs) => `${text(inputs, "vpnGatewayId") ?? ""}_${text(inputs, "routeTableId") ?? ""}`,
    outputs: (inputs, cloud) => ({ region: regionOf(inputs, cloud) }),
  },
};

function refuseAsn(inputs: Props): readonly Refusal[] {
  const [asn, given] = [number(inputs, "amazonSideAsn"), text(inputs, "amazonSideAsn")];
  const ok =
    asn !== undefined && ((asn >= 64512 && asn <= 65534) || (asn >= 4200000000 && asn <= 4294967294));
  return refuseIf((given !== undefined || asn !== undefined) && !ok, {
    code: "InvalidParameterValue",
    message: `'${given ?? asn ?? ""}' is no private ASN: 64512-65534 or 4200000000-4294967294`,
    property: "amazonSideAsn",
    source: create,
  });
}

function refuseZone(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const zone = text(inputs, "availabilityZone");
  return refuseIf(zone !== undefined && !zonesOf(regionOf(inputs, cloud)).includes(zone), {
    code: "InvalidParameterValue",
    message: `value (${zone ?? ""}) for parameter availabilityZone is invalid`,
    property: "availabilityZone",
    source: ec2Errors,
  });
}

interface Attached {
  readonly vpcId: string | undefined;
  readonly gatewayId: string | undefined;
}

/** Attachments by resource and by the gateway's own `vpcId` alike, without the one that asks. */
function attachments(cloud: CloudView, besides: string | undefined): readonly Attached[] {
  const byResource = cloud
    .all(attachment)
    .map(({ id, inputs }) => ({ id, vpcId: text(inputs, "vpcId"), gatewayId: text(inputs, "vpnGatewayId") }));
  const byGateway = cloud
    .all(vpnGateway)
    .map(({ id, inputs }) => ({ id, vpcId: text(inputs, "vpcId"), gatewayId: id }));
  return [...byResource, ...byGateway].filter(({ id, vpcId }) => id !== besides && vpcId !== undefined);
}

function refuseSecondAttachment(
  inputs: Props,
  gatewayId: string | undefined,
  cloud: CloudView,
  besides: string | undefined,
): readonly Refusal[] {
  const vpcId = text(inputs, "vpcId");
  const others = attachments(cloud, besides);
  return [
    ...refuseIf(gatewayId !== undefined && others.some((other) => other.gatewayId === gatewayId), {
      code: "VpnGatewayAttachmentLimitExceeded",
      message: `${gatewayId ?? ""} is attached already, and a virtual private gateway serves one VPC`,
      property: "vpnGatewayId",
      source: `${ec2Errors} ; ${limits}`,
    }),
    ...refuseIf(
      vpcId !== undefined && others.some((other) => other.vpcId === vpcId && other.gatewayId !== gatewayId),
      {
        code: "VpnGatewayAttachmentLimitExceeded",
        message: `${vpcId ?? ""} has a virtual private gateway already`,
        property: "vpcId",
        source: `${ec2Errors} ; ${limits}`,
      },
    ),
  ];
}

function refuseUnattached(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const [tableId, gatewayId] = [text(inputs, "routeTableId"), text(inputs, "vpnGatewayId")];
  const table = tableId === undefined ? undefined : cloud.find("aws:ec2/routeTable:RouteTable", tableId);
  if (table === undefined || gatewayId === undefined) return [];
  const vpcId = text(table.inputs, "vpcId");
  const there = attachments(cloud, undefined).some(
    (one) => one.gatewayId === gatewayId && one.vpcId === vpcId,
  );
  return refuseIf(!there, {
    code: "Gateway.NotAttached",
    message: `${gatewayId} is not attached to ${vpcId ?? ""}, the VPC of ${table.id}`,
    property: "vpnGatewayId",
    source: ec2Errors,
  });
}
