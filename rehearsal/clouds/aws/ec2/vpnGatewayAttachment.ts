import { text } from "../../../model/values";
import type { Minutes, ResourceRecord } from "../../cloudType";
import { awsImpacts, downs, none } from "../../impact";
import { aboutMinutes, words } from "../../rules";
import { hexOf } from "../../seeds";
import { regionOf } from "../aws";
import { ec2Actions, ec2Replaces } from "./ec2";
import { vpcReference, vpnGatewayReference } from "./references";
import { refuseSecondAttachment } from "./vpnAttachments";
import { awsProvider } from "../../pins";

const target = "https://docs.aws.amazon.com/vpn/latest/s2svpn/modify-vpn-target.html";
const replaces = ec2Replaces("vpnsite_gateway_attachment", "vpcId vpnGatewayId");
const waits: Minutes = {
  min: 0.3,
  typical: 1,
  max: 15,
  source: `${awsProvider("internal/service/ec2/wait.go")} : waits up to 15 minutes`,
};

export const vpnGatewayAttachment: ResourceRecord = {
  properties: words(`region vpcId vpnGatewayId`),
  required: ["vpcId", "vpnGatewayId"],
  replaces,
  references: {
    vpcId: { ...vpcReference, inUse: "DependencyViolation" },
    vpnGatewayId: { ...vpnGatewayReference, inUse: "IncorrectState" },
  },
  decides: ["path"],
  permissions: {
    create: ["ec2:AttachVpnGateway"],
    read: ["ec2:DescribeVpnGateways"],
    update: [],
    delete: ["ec2:DetachVpnGateway"],
    source: ec2Actions,
  },
  impact: awsImpacts({
    create: none("the VPC gets a gateway", target),
    replace: downs("all", "without the attachment the VPC has no gateway: no tunnel reaches it", target),
    replaces,
  }),
  create: waits,
  update: aboutMinutes(0, "no property of an attachment can change in place"),
  delete: waits,
  refuse: (inputs, cloud, { id }) => refuseSecondAttachment(inputs, text(inputs, "vpnGatewayId"), cloud, id),
  // The provider derives the id from both ends.
  id: (inputs) =>
    `vpn-attachment-${hexOf(`${text(inputs, "vpcId") ?? ""}-${text(inputs, "vpnGatewayId") ?? ""}`, 8)}`,
  outputs: (inputs, cloud) => ({ region: regionOf(inputs, cloud) }),
};
