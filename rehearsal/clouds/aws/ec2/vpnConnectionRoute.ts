import { isNetwork } from "../../../model/addresses";
import type { Props, Refusal } from "../../../model/recording";
import { awsTypes } from "../../../model/resourceTypes";
import { isTrue, text } from "../../../model/values";
import type { CloudType, CloudView } from "../../cloudType";
import { access, awsImpacts, downs } from "../../impact";
import { aboutMinutes, refuseIf, words } from "../../rules";
import { regionOf } from "../aws";
import { ec2Actions, ec2Errors, ec2Replaces } from "./ec2";
import { vpnConnectionReference } from "./references";

const routing = "https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNRoutingTypes.html";
const replaces = ec2Replaces("vpnsite_connection_route", "destinationCidrBlock vpnConnectionId");

export const vpnConnectionRoute: CloudType = {
  properties: words(`destinationCidrBlock region vpnConnectionId`),
  required: ["destinationCidrBlock", "vpnConnectionId"],
  replaces,
  // AWS deletes static routes with their connection.
  references: { vpnConnectionId: vpnConnectionReference },
  decides: ["path"],
  permissions: {
    create: ["ec2:CreateVpnConnectionRoute"],
    read: ["ec2:DescribeVpnConnections"],
    update: [],
    delete: ["ec2:DeleteVpnConnectionRoute"],
    source: ec2Actions,
  },
  impact: awsImpacts({
    create: access("the AWS gateway gets a route to a network behind the tunnel", routing),
    replace: downs("connection", "without it the AWS gateway has no route to Azure", routing),
    replaces,
  }),
  create: aboutMinutes(0.3, "a static route exists within seconds"),
  update: aboutMinutes(0, "no property of a route can change in place"),
  delete: aboutMinutes(0.3, "a static route is deleted within seconds"),
  refuse: refuseRoute,
  id: (inputs) => `${text(inputs, "destinationCidrBlock") ?? ""}:${text(inputs, "vpnConnectionId") ?? ""}`,
  outputs: (inputs, cloud) => ({ region: regionOf(inputs, cloud) }),
};

/** Only a connection with static routing takes static routes. */
function refuseRoute(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const of = cloud.find(awsTypes.vpnConnection, text(inputs, "vpnConnectionId") ?? "");
  const range = text(inputs, "destinationCidrBlock");
  return [
    ...refuseIf(of !== undefined && !isTrue(of.inputs, "staticRoutesOnly"), {
      code: "InvalidVpnConnection.InvalidType",
      message: `${of?.id ?? ""} uses BGP and cannot have static routes`,
      property: "vpnConnectionId",
      source: ec2Errors,
    }),
    ...refuseIf(range !== undefined && !isNetwork(range), {
      code: "InvalidParameterValue",
      message: `'${range ?? ""}' is not a CIDR block`,
      property: "destinationCidrBlock",
      source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpnConnectionRoute.html",
    }),
  ];
}
