import type { Props, Refusal } from "../../../model/recording";
import {
  arnOf,
  ec2Errors,
  ec2Id,
  forceNew,
  regional,
  regionOf,
  routeTableReference,
  subnetReference,
  tagsAll,
  vpcReference,
} from "../aws";
import type { CloudType, CloudView } from "../../cloudType";
import { aboutMinutes, each, refuseIf, words } from "../../rules";
import { text, valuesAt } from "../../../model/values";

const routeTable = "aws:ec2/routeTable:RouteTable";
const association = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const seconds = aboutMinutes(0.1, "route tables change within seconds");

export const awsRouting: Readonly<Record<string, CloudType>> = {
  [routeTable]: {
    properties: words(`propagatingVgws region routes.* tags.* vpcId`),
    required: ["vpcId"],
    replaces: { ...regional, vpcId: forceNew("ec2/vpc_route_table") },
    references: {
      vpcId: vpcReference,
      propagatingVgws: {
        types: ["aws:ec2/vpnGateway:VpnGateway"],
        missing: "InvalidVpnGatewayID.NotFound",
        source: ec2Errors,
      },
    },
    create: seconds,
    update: seconds,
    delete: seconds,
    id: ec2Id("rtb"),
    outputs: (inputs, cloud, { id }) => ({
      ...tagsAll(inputs),
      arn: arnOf("ec2", inputs, cloud, `route-table/${id}`),
      region: regionOf(inputs, cloud),
      ownerId: cloud.accountId,
    }),
  },
  [association]: {
    properties: words(`gatewayId region routeTableId subnetId`),
    required: ["routeTableId"],
    // The table itself is swapped in place: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceRouteTableAssociation.html
    replaces: { ...regional, ...each("subnetId gatewayId", forceNew("ec2/vpc_route_table_association")) },
    references: {
      routeTableId: { ...routeTableReference, inUse: "DependencyViolation" },
      // A subnet takes its association along when it goes.
      subnetId: { types: subnetReference.types, missing: subnetReference.missing, source: ec2Errors },
    },
    create: seconds,
    update: seconds,
    delete: seconds,
    refuse: (inputs, cloud, { id }) => refuseAssociation(inputs, cloud, id),
    id: ec2Id("rtbassoc"),
    outputs: (inputs, cloud) => ({ region: regionOf(inputs, cloud) }),
  },
};

function refuseAssociation(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const [table, subnet] = [text(inputs, "routeTableId"), text(inputs, "subnetId")];
  const tableVpc = table === undefined ? undefined : text(cloud.find(routeTable, table)?.inputs, "vpcId");
  const subnetVpc =
    subnet === undefined ? undefined : text(cloud.find("aws:ec2/subnet:Subnet", subnet)?.inputs, "vpcId");
  const named = valuesAt(inputs, "subnetId").length + valuesAt(inputs, "gatewayId").length;
  const others = cloud
    .all(association)
    .filter((other) => other.id !== id && text(other.inputs, "subnetId") === subnet);
  return [
    ...refuseIf(named !== 1, {
      code: "InvalidParameterCombination",
      message: "an association names either a subnet or a gateway",
      property: "subnetId",
      source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateRouteTable.html",
    }),
    ...refuseIf(subnet !== undefined && others.length > 0, {
      code: "Resource.AlreadyAssociated",
      message: `${subnet ?? ""} is associated with a route table already`,
      property: "subnetId",
      source: ec2Errors,
    }),
    ...refuseIf(tableVpc !== undefined && subnetVpc !== undefined && tableVpc !== subnetVpc, {
      code: "InvalidParameterValue",
      message: `${table ?? ""} and ${subnet ?? ""} belong to different networks`,
      property: "routeTableId",
      source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateRouteTable.html",
    }),
  ];
}
