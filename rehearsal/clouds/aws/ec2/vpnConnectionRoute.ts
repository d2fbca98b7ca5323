import { isNetwork } from "../../../model/addresses";
import type { Props, Refusal } from "../../../model/recording";
import { ec2Errors, forceNew, regional, regionOf } from "../aws";
import { connection } from "./vpnConnectionOutputs";
import type { CloudType, CloudView } from "../../cloudType";
import { aboutMinutes, each, refuseIf, words } from "../../rules";
import { isTrue, text } from "../../../model/values";

export const awsVpnRoute: Readonly<Record<string, CloudType>> = {
  "aws:ec2/vpnConnectionRoute:VpnConnectionRoute": {
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
