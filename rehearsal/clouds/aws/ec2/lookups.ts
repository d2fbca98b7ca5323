import type { Props } from "../../../model/recording";
import { addedTypes, awsTypes } from "../../../model/resourceTypes";
import { isList, isProps, knownStrings, text } from "../../../model/values";
import type { CloudFunction, CloudView, LiveResource } from "../../cloudType";
import { writtenRoutes } from "../../reads";
import { arnOf, regionOf } from "../aws";
import { accountZones } from "./zones";

/** What the provider's functions of EC2 answer about live resources, whoever owns them. */
export const ec2Lookups: Readonly<Record<string, CloudFunction>> = {
  "aws:ec2/getVpc:getVpc": (args, cloud) => {
    const vpc = found(args, cloud, { type: awsTypes.vpc, what: "EC2 VPC" });
    const added = cloud
      .all(addedTypes.vpcIpv4CidrBlockAssociation)
      .filter(({ inputs }) => text(inputs, "vpcId") === vpc.id);
    return {
      ...common(vpc, cloud, "vpc"),
      ...{ instanceTenancy: "default", state: "available", default: false, enableDnsSupport: true },
      ...{ enableDnsHostnames: false, ownerId: cloud.accountId },
      ...vpc.outputs,
      cidrBlockAssociations: [vpc, ...added].map(({ id, inputs }) => ({
        associationId: id,
        cidrBlock: text(inputs, "cidrBlock") ?? "",
        state: "associated",
      })),
      ipv6CidrBlockAssociations: [],
    };
  },
  "aws:ec2/getSubnet:getSubnet": (args, cloud) => {
    const subnet = found(args, cloud, { type: awsTypes.subnet, what: "EC2 Subnet" });
    return {
      ...common(subnet, cloud, "subnet"),
      ...{ availableIpAddressCount: 251, ownerId: cloud.accountId, state: "available" },
      ...subnet.outputs,
    };
  },
  "aws:ec2/getRouteTable:getRouteTable": (args, cloud) => {
    const table = tableOf(args, cloud);
    const associations = cloud
      .all(awsTypes.routeTableAssociation)
      .filter(({ inputs }) => text(inputs, "routeTableId") === table.id)
      .map((one) => association(table.id, one.id, text(one.inputs, "subnetId") ?? ""));
    const vpc = cloud.find(awsTypes.vpc, text(table.inputs, "vpcId") ?? "");
    const isMain = text(vpc?.outputs, "mainRouteTableId") === table.id;
    return {
      ...common(table, cloud, "route-table"),
      ownerId: text(vpc?.outputs, "ownerId") ?? cloud.accountId,
      vpcId: text(table.inputs, "vpcId") ?? "",
      routeTableId: table.id,
      subnetId: text(args, "subnetId") ?? "",
      gatewayId: "",
      routes: writtenRoutes(table, cloud).map((route) => ({ ...noTarget, ...route })),
      associations: [...(isMain ? [{ ...association(table.id, "", ""), main: true }] : []), ...associations],
    };
  },
  "aws:ec2/getVpnGateway:getVpnGateway": (args, cloud) => {
    const attachments = cloud.all(awsTypes.vpnGatewayAttachment).map(({ inputs }) => inputs);
    const vpcId = text(args, "attachedVpcId");
    const there = attachments.find((one) => text(one, "vpcId") === vpcId);
    const id = vpcId === undefined ? text(args, "id") : text(there, "vpnGatewayId");
    const asked = id === undefined ? {} : { id };
    const gateway = found(asked, cloud, { type: awsTypes.vpnGateway, what: "EC2 VPN Gateway" });
    const attached = attachments.find((one) => text(one, "vpnGatewayId") === gateway.id);
    return {
      ...common(gateway, cloud, "vpn-gateway"),
      ...{ amazonSideAsn: "64512", state: "available", availabilityZone: "" },
      ...gateway.outputs,
      attachedVpcId: text(attached, "vpcId") ?? text(gateway.inputs, "vpcId") ?? "",
    };
  },
  "aws:ec2/getVpcEndpointService:getVpcEndpointService": (args, cloud) => {
    const region = regionOf(args, cloud);
    const service = text(args, "service") ?? text(args, "serviceName")?.split(".").at(-1) ?? "";
    const zones = cloud.awsZones ?? accountZones(region, cloud);
    return {
      ...{ id: service, serviceId: `vpce-svc-${service}`, owner: "amazon", acceptanceRequired: false },
      ...{ managesVpcEndpoints: false, vpcEndpointPolicySupported: true, tags: {}, region },
      arn: arnOf("ec2", args, cloud, `vpc-endpoint-service/vpce-svc-${service}`),
      serviceName: `com.amazonaws.${region}.${service}`,
      serviceRegion: region,
      serviceType: text(args, "serviceType") ?? "Interface",
      availabilityZones: [...zones],
      baseEndpointDnsNames: [`${service}.${region}.vpce.amazonaws.com`],
      privateDnsName: `${service}.${region}.amazonaws.com`,
      privateDnsNames: [`${service}.${region}.amazonaws.com`],
      supportedIpAddressTypes: ["ipv4"],
    };
  },
  "aws:ec2/getNetworkAcls:getNetworkAcls": (args, cloud) => {
    const filters = isList(args["filters"]) ? args["filters"].filter(isProps) : [];
    const vpcId = text(args, "vpcId");
    const acls = cloud
      .all(addedTypes.networkAcl)
      .filter((acl) => vpcId === undefined || text(acl.inputs, "vpcId") === vpcId)
      .filter((acl) => filters.every((filter) => matches(acl, filter)));
    if (acls.length === 0) throw new Error("no matching EC2 Network ACLs found");
    const ids = acls.map(({ id }) => id).sort();
    return {
      id: cloud.region,
      region: regionOf(args, cloud),
      ids,
      tags: {},
      ...(vpcId !== undefined && { vpcId }),
    };
  },
};

/** The outputs of a route whose target is another: the provider gives each as an empty text. */
const noTarget = Object.fromEntries(
  `carrierGatewayId coreNetworkArn destinationPrefixListId egressOnlyGatewayId gatewayId instanceId ipv6CidrBlock
   localGatewayId natGatewayId networkInterfaceId transitGatewayId vpcEndpointId vpcPeeringConnectionId`
    .split(/\s+/)
    .map((property) => [property, ""]),
);

function association(routeTableId: string, id: string, subnetId: string): Props {
  return { routeTableId, routeTableAssociationId: id, subnetId, gatewayId: "", main: false };
}

function common(live: LiveResource, cloud: CloudView, kind: string): Props {
  return {
    id: live.id,
    tags: {},
    arn: arnOf("ec2", live.inputs, cloud, `${kind}/${live.id}`),
    region: cloud.region,
  };
}

/** The resource that `id` names; every other way to look one up is left to whoever needs it. */
function found(
  args: Props,
  cloud: CloudView,
  { type, what }: { readonly type: string; readonly what: string },
): LiveResource {
  const live = cloud.find(type, text(args, "id") ?? "");
  // https://github.com/pulumi/pulumi-aws/tree/v7.48.0 : upstream/internal/tfresource/errors.go (SingularDataSourceFindError)
  if (live === undefined)
    throw new Error(`reading ${what}: no matching ${what} found (id ${text(args, "id") ?? "none"})`);
  return live;
}

/** By its id, or by a subnet that it is associated with: that the main table applies as well is no association. */
function tableOf(args: Props, cloud: CloudView): LiveResource {
  const [id, subnetId] = [text(args, "routeTableId"), text(args, "subnetId")];
  const associated = cloud
    .all(awsTypes.routeTableAssociation)
    .find(({ inputs }) => subnetId !== undefined && text(inputs, "subnetId") === subnetId);
  const table = cloud.find(awsTypes.routeTable, id ?? text(associated?.inputs, "routeTableId") ?? "");
  const asked = id ?? `of subnet ${subnetId ?? "none"}`;
  if (table === undefined)
    throw new Error(
      `reading EC2 Route Table: query returned no results (${asked}). Please change your search criteria and try again`,
    );
  return table;
}

function matches(acl: LiveResource, filter: Props): boolean {
  const values = knownStrings(filter, "values");
  const named: Readonly<Record<string, readonly string[]>> = {
    "vpc-id": knownStrings(acl.inputs, "vpcId"),
    "association.subnet-id": knownStrings(acl.inputs, "subnetIds"),
    default: [String(acl.outputs["default"] === true)],
  };
  const found = named[text(filter, "name") ?? ""];
  if (found === undefined)
    throw new Error(`the simulated clouds have no filter ${text(filter, "name") ?? ""}`);
  return found.some((value) => values.includes(value));
}
