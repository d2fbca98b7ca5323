import type { StackRule } from "../rule";
import { at, isProps, text } from "../values";

const kinds = (module: string, ...names: readonly string[]) =>
  names.map((name) => `aws:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`);
const azureNetwork = (...names: readonly string[]) => names.map((name) => `azure-native:network:${name}`);

/** By what a stack joins, as its outputs say: the types that would own it, or write into it. */
const notOurs: Readonly<Record<string, readonly string[]>> = {
  azureVirtualNetworkId: azureNetwork("VirtualNetwork", "Route", "SecurityRule"),
  azureGatewayId: azureNetwork("VirtualNetworkGateway", "PublicIPAddress", "VirtualNetworkPeering"),
  awsVpcId: kinds(
    "ec2",
    ...["Vpc", "DefaultVpc", "VpcIpv4CidrBlockAssociation", "Subnet", "DefaultSubnet", "RouteTable"],
    ...["DefaultRouteTable", "MainRouteTableAssociation", "RouteTableAssociation", "Route"],
    ...["NetworkAcl", "DefaultNetworkAcl", "NetworkAclRule", "NetworkAclAssociation"],
  ),
  awsGatewayId: kinds("ec2", "VpnGateway", "VpnGatewayAttachment"),
};

export const nothingOfOthers: StackRule = {
  kind: "stack",
  name: "nothing-of-others",
  description: "A stack that joins networks of others neither owns nor changes what is there.",
  check: (resources) => {
    const outputs = resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.props ?? {};
    const joined = at(outputs, "joined");
    if (!isProps(joined)) return [];
    return Object.entries(notOurs).flatMap(([what, types]) => {
      const id = text(joined, what);
      if (id === undefined) return [];
      return resources
        .filter(({ type }) => types.includes(type))
        .map(({ urn }) => ({ urn, says: `the stack joins ${id}, whose owner has this; leave it out` }));
    });
  },
};
