import type { Props, Refusal } from "../../../model/recording";
import { awsTypes } from "../../../model/resourceTypes";
import { text, valuesAt } from "../../../model/values";
import type { CloudType, CloudView } from "../../cloudType";
import { access, awsImpacts } from "../../impact";
import { alwaysAbout, refuseIf, words } from "../../rules";
import { regionOf } from "../aws";
import { ec2Actions, ec2Errors, ec2Id, ec2Replaces } from "./ec2";
import { routeTableReference, subnetReference } from "./references";

const create = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateRouteTable.html";
const docs = "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html";
const mainTable = access(
  "while it is replaced the subnet uses the VPC's main table, which has no route to Azure",
  docs,
);
// Another table is set in place: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceRouteTableAssociation.html
const replaces = ec2Replaces("vpc_route_table_association", "subnetId gatewayId");

export const routeTableAssociation: CloudType = {
  properties: words(`gatewayId region routeTableId subnetId`),
  required: ["routeTableId"],
  replaces,
  references: {
    routeTableId: { ...routeTableReference, inUse: "DependencyViolation" },
    // AWS deletes an association with its subnet.
    subnetId: subnetReference,
  },
  decides: ["path"],
  permissions: {
    create: ["ec2:AssociateRouteTable"],
    read: ["ec2:DescribeRouteTables"],
    update: ["ec2:ReplaceRouteTableAssociation"],
    delete: ["ec2:DisassociateRouteTable"],
    source: ec2Actions,
  },
  impact: awsImpacts({
    create: access("the subnet gets this table's routes", docs),
    replace: mainTable,
    replaces,
    properties: { routeTableId: mainTable },
  }),
  ...alwaysAbout(0.1, "route tables change within seconds"),
  refuse: (inputs, cloud, { id }) => refuseAssociation(inputs, cloud, id),
  id: ec2Id("rtbassoc"),
  outputs: (inputs, cloud) => ({ region: regionOf(inputs, cloud) }),
};

function refuseAssociation(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const [table, subnet] = [text(inputs, "routeTableId"), text(inputs, "subnetId")];
  const tableVpc = text(cloud.find(awsTypes.routeTable, table ?? "")?.inputs, "vpcId");
  const subnetVpc = text(cloud.find(awsTypes.subnet, subnet ?? "")?.inputs, "vpcId");
  const named = valuesAt(inputs, "subnetId").length + valuesAt(inputs, "gatewayId").length;
  const others = cloud
    .all(awsTypes.routeTableAssociation)
    .filter((other) => other.id !== id && text(other.inputs, "subnetId") === subnet);
  return [
    ...refuseIf(named !== 1, {
      code: "InvalidParameterCombination",
      message: "an association names either a subnet or a gateway",
      property: "subnetId",
      source: create,
    }),
    ...refuseIf(subnet !== undefined && others.length > 0, {
      code: "Resource.AlreadyAssociated",
      message: `${subnet ?? ""} is already associated with a route table`,
      property: "subnetId",
      source: ec2Errors,
    }),
    ...refuseIf(tableVpc !== undefined && subnetVpc !== undefined && tableVpc !== subnetVpc, {
      code: "InvalidParameterValue",
      message: `${table ?? ""} and ${subnet ?? ""} belong to different networks`,
      property: "routeTableId",
      source: create,
    }),
  ];
}
