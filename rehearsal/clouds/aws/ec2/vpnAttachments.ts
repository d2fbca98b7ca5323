import type { Props, Refusal } from "../../../model/recording";
import { awsTypes } from "../../../model/resourceTypes";
import { text } from "../../../model/values";
import type { CloudView } from "../../cloudType";
import { refuseIf } from "../../rules";
import { ec2Errors } from "./ec2";

const limits = "https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-limits.html";

interface Attached {
  readonly vpcId: string | undefined;
  readonly gatewayId: string | undefined;
}

/** Attachments by a resource of their own and by a gateway's `vpcId` alike, without that of the resource `besides`. */
function attachments(cloud: CloudView, besides: string | undefined): readonly Attached[] {
  const byResource = cloud
    .all(awsTypes.vpnGatewayAttachment)
    .map(({ id, inputs }) => ({ id, vpcId: text(inputs, "vpcId"), gatewayId: text(inputs, "vpnGatewayId") }));
  const byGateway = cloud
    .all(awsTypes.vpnGateway)
    .map(({ id, inputs }) => ({ id, vpcId: text(inputs, "vpcId"), gatewayId: id }));
  return [...byResource, ...byGateway].filter(({ id, vpcId }) => id !== besides && vpcId !== undefined);
}

export function isAttached(gatewayId: string, vpcId: string | undefined, cloud: CloudView): boolean {
  return attachments(cloud, undefined).some((one) => one.gatewayId === gatewayId && one.vpcId === vpcId);
}

export function refuseSecondAttachment(
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
      message: `${gatewayId ?? ""} is already attached, and a virtual private gateway serves one VPC`,
      property: "vpnGatewayId",
      source: `${ec2Errors} ; ${limits}`,
    }),
    ...refuseIf(
      vpcId !== undefined && others.some((other) => other.vpcId === vpcId && other.gatewayId !== gatewayId),
      {
        code: "InvalidVpcState",
        message: `VPC ${vpcId ?? ""} is currently attached to a virtual private gateway`,
        property: "vpcId",
        source: `https://github.com/cloudposse/terraform-aws-vpn-connection/issues/22 ; ${limits}`,
      },
    ),
  ];
}
