import type { CloudType } from "../../cloudType";
import { address, awsImpacts, none } from "../../impact";
import { aboutMinutes, words } from "../../rules";
import { forceNew, regional } from "../aws";
import { ec2Id, ec2Outputs } from "./ec2";
import { ec2Actions, ec2Tags } from "./permissions";
import { vpcReference, vpnGatewayReference } from "./references";

const docs = "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html";
const replaces = { ...regional, vpcId: forceNew("ec2/vpc_route_table") };
const seconds = aboutMinutes(0.1, "route tables change within seconds");

export const routeTable: CloudType = {
  properties: words(`propagatingVgws region routes.* tags.* vpcId`),
  required: ["vpcId"],
  replaces,
  references: {
    vpcId: { ...vpcReference, inUse: "DependencyViolation" },
    propagatingVgws: vpnGatewayReference,
  },
  decides: ["path"],
  permissions: {
    create: ["ec2:CreateRouteTable", "ec2:CreateTags"],
    read: ["ec2:DescribeRouteTables"],
    update: ec2Tags,
    delete: ["ec2:DeleteRouteTable", "ec2:DisassociateRouteTable"],
    source: ec2Actions,
  },
  impact: awsImpacts({
    create: none("an empty table", docs),
    replace: address("others associate their subnets with it by its id, an output", docs),
    replaces,
  }),
  create: seconds,
  update: seconds,
  delete: seconds,
  id: ec2Id("rtb"),
  outputs: (inputs, cloud, subject) => ({
    ...ec2Outputs("route-table", inputs, cloud, subject),
    ownerId: cloud.accountId,
  }),
};
