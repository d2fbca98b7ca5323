import { awsTypes } from "../../../model/resourceTypes";
import type { Reference } from "../../cloudType";
import { ec2Errors } from "./ec2";

// What EC2 resources point at. A property that keeps its target from being deleted adds `inUse`.

export const customerGatewayReference = to("customerGateway", {
  missing: "InvalidCustomerGatewayID.NotFound",
});
export const routeTableReference = to("routeTable", { missing: "InvalidRouteTableID.NotFound" });
export const securityGroupReference = to("securityGroup", { missing: "InvalidGroup.NotFound" });
export const subnetReference = to("subnet", { missing: "InvalidSubnetID.NotFound" });
export const vpcReference = to("vpc", { missing: "InvalidVpcID.NotFound" });
export const vpnConnectionReference = to("vpnConnection", { missing: "InvalidVpnConnectionID.NotFound" });
export const vpnGatewayReference = to("vpnGateway", { missing: "InvalidVpnGatewayID.NotFound" });

/** Addresses that pass from one subnet to another: only with the VPC does the old subnet go before the new one comes. */
export const replaceVpc = "`pulumi up --replace` the VPC: S3 is away for some minutes";

function to(name: keyof typeof awsTypes, codes: Pick<Reference, "missing">): Reference {
  return { types: [awsTypes[name]], ...codes, source: ec2Errors };
}
