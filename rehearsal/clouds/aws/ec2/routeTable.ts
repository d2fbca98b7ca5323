import type { CloudType } from "../../cloudType";
import { address, awsImpacts, none } from "../../impact";
import { alwaysAbout, words } from "../../rules";
import { ec2Actions, ec2Id, ec2Outputs, ec2Replaces, ec2Tags } from "./ec2";
import { vpcReference, vpnGatewayReference } from "./references";

const docs = "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html";
const replaces = ec2Replaces("vpc_route_table", "vpcId");

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
  ...alwaysAbout(0.1, "route tables change within seconds"),
  id: ec2Id("rtb"),
  outputs: (inputs, cloud, subject) => ({
    ...ec2Outputs("route-table", inputs, cloud, subject),
    ownerId: cloud.accountId,
  }),
};
