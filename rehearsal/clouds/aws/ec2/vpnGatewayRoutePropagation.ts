import type { Props, Refusal } from "../../../model/recording";
import { awsTypes } from "../../../model/resourceTypes";
import { text } from "../../../model/values";
import type { CloudView, ResourceRecord } from "../../cloudType";
import { access, awsImpacts } from "../../impact";
import { aboutMinutes, refuseIf, words } from "../../rules";
import { regionOf } from "../aws";
import { ec2Actions, ec2Errors, ec2Replaces } from "./ec2";
import { routeTableReference, vpnGatewayReference } from "./references";
import { isAttached } from "./vpnAttachments";

const docs = "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html";
const replaces = ec2Replaces("vpnsite_gateway_route_propagation", "routeTableId vpnGatewayId");
const oneSwitch = aboutMinutes(0.1, "a switch on the route table");

export const vpnGatewayRoutePropagation: ResourceRecord = {
  properties: words(`region routeTableId vpnGatewayId`),
  required: ["routeTableId", "vpnGatewayId"],
  replaces,
  // Propagation ends with the route table, and an attached gateway cannot be deleted anyway: neither is held by it.
  references: { routeTableId: routeTableReference, vpnGatewayId: vpnGatewayReference },
  decides: ["path"],
  permissions: {
    create: ["ec2:EnableVgwRoutePropagation"],
    read: ["ec2:DescribeRouteTables"],
    update: [],
    delete: ["ec2:DisableVgwRoutePropagation"],
    source: ec2Actions,
  },
  impact: awsImpacts({
    create: access("the VPC's routes to Azure appear", docs),
    replace: access("the VPC's routes to Azure come from this propagation", docs),
    replaces,
  }),
  create: oneSwitch,
  update: aboutMinutes(0, "no property of a propagation can change in place"),
  delete: oneSwitch,
  refuse: refuseUnattached,
  id: (inputs) => `${text(inputs, "vpnGatewayId") ?? ""}_${text(inputs, "routeTableId") ?? ""}`,
  outputs: (inputs, cloud) => ({ region: regionOf(inputs, cloud) }),
};

function refuseUnattached(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const table = cloud.find(awsTypes.routeTable, text(inputs, "routeTableId") ?? "");
  const gatewayId = text(inputs, "vpnGatewayId");
  if (table === undefined || gatewayId === undefined) return [];
  const vpcId = text(table.inputs, "vpcId");
  return refuseIf(!isAttached(gatewayId, vpcId, cloud), {
    code: "Gateway.NotAttached",
    message: `${gatewayId} is not attached to ${vpcId ?? ""}, the VPC of ${table.id}`,
    absent: `the attachment of ${gatewayId}`,
    property: "vpnGatewayId",
    source: ec2Errors,
  });
}
