import { awsTypes } from "../../../model/resourceTypes";
import type { Reference } from "../../cloudType";
import { ec2Errors } from "./ec2";

// What EC2 resources point at. A property that keeps its target from being deleted adds `inUse`.

export const vpcReference: Reference = {
  types: [awsTypes.vpc],
  missing: "InvalidVpcID.NotFound",
  source: ec2Errors,
};
export const subnetReference: Reference = {
  types: [awsTypes.subnet],
  missing: "InvalidSubnetID.NotFound",
  source: ec2Errors,
};
export const routeTableReference: Reference = {
  types: [awsTypes.routeTable],
  missing: "InvalidRouteTableID.NotFound",
  source: ec2Errors,
};
export const securityGroupReference: Reference = {
  types: [awsTypes.securityGroup],
  missing: "InvalidGroup.NotFound",
  source: ec2Errors,
};
export const vpnGatewayReference: Reference = {
  types: [awsTypes.vpnGateway],
  missing: "InvalidVpnGatewayID.NotFound",
  source: ec2Errors,
};
