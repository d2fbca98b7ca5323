import type * as ec2 from "@aws-sdk/client-ec2";
import { addedTypes, awsTypes } from "../../rehearsal/model/resourceTypes";
import type { SnapshotResource } from "../../rehearsal/model/snapshot";
import { resource, sorted } from "./resources";

/** Each function names what it keeps: a VPN connection comes with its pre-shared keys. */
export function vpcResources(
  vpc: ec2.Vpc,
  enabled: { readonly dnsSupport: boolean; readonly dnsHostnames: boolean },
  tables: readonly ec2.RouteTable[],
): readonly SnapshotResource[] {
  const { VpcId = "", CidrBlock } = vpc;
  const main = tables.find(({ Associations = [] }) => Associations.some(({ Main }) => Main === true));
  return [
    resource(
      awsTypes.vpc,
      VpcId,
      {
        cidrBlock: CidrBlock,
        enableDnsSupport: enabled.dnsSupport,
        enableDnsHostnames: enabled.dnsHostnames,
      },
      { ownerId: vpc.OwnerId, mainRouteTableId: main?.RouteTableId },
    ),
    ...(vpc.CidrBlockAssociationSet ?? [])
      .filter((one) => one.CidrBlock !== CidrBlock && isThere(one.CidrBlockState?.State))
      .map((one) =>
        resource(addedTypes.vpcIpv4CidrBlockAssociation, one.AssociationId ?? "", {
          vpcId: VpcId,
          cidrBlock: one.CidrBlock,
        }),
      ),
  ];
}

export function subnetResource(subnet: ec2.Subnet): SnapshotResource {
  return resource(
    awsTypes.subnet,
    subnet.SubnetId ?? "",
    { vpcId: subnet.VpcId, cidrBlock: subnet.CidrBlock, availabilityZone: subnet.AvailabilityZone },
    {
      availabilityZoneId: subnet.AvailabilityZoneId,
      availableIpAddressCount: subnet.AvailableIpAddressCount,
      ownerId: subnet.OwnerId,
    },
  );
}

/**
 * A table with its associations. Only the routes of IPv4 decide.
 * @param isBrought Whether a propagated route to this destination is the stack's own doing.
 */
export function routeTableResources(
  table: ec2.RouteTable,
  ownGatewayIds: readonly string[],
  isBrought: (destination: string) => boolean,
): readonly SnapshotResource[] {
  const { RouteTableId = "", VpcId, Routes = [] } = table;
  const propagated = Routes.filter(({ Origin }) => Origin === "EnableVgwRoutePropagation");
  const gateways = (table.PropagatingVgws ?? []).map(({ GatewayId = "" }) => GatewayId);
  return [
    resource(
      awsTypes.routeTable,
      RouteTableId,
      {
        vpcId: VpcId,
        propagatingVgws: sorted(gateways.filter((id) => !ownGatewayIds.includes(id))),
        routes: sorted(Routes.filter((route) => !propagated.includes(route)).flatMap(writtenRoute)),
      },
      {
        propagatedRoutes: sorted(
          propagated
            .filter(({ DestinationCidrBlock = "", GatewayId = "" }) => {
              return !ownGatewayIds.includes(GatewayId) && !isBrought(DestinationCidrBlock);
            })
            .map((one) => ({ destinationCidrBlock: one.DestinationCidrBlock, gatewayId: one.GatewayId })),
        ),
      },
    ),
    ...(table.Associations ?? [])
      .filter(({ SubnetId, AssociationState }) => SubnetId !== undefined && isThere(AssociationState?.State))
      .map(({ RouteTableAssociationId = "", SubnetId }) =>
        resource(awsTypes.routeTableAssociation, RouteTableAssociationId, {
          routeTableId: RouteTableId,
          subnetId: SubnetId,
        }),
      ),
  ];
}

/** As somebody would write it: AWS adds local routes and those of gateway endpoints by itself. */
function writtenRoute(route: ec2.Route) {
  const { GatewayId, DestinationCidrBlock: cidrBlock, DestinationPrefixListId } = route;
  const isEndpoint = GatewayId?.startsWith("vpce-") === true;
  if (GatewayId === "local" || (cidrBlock === undefined && (isEndpoint || !DestinationPrefixListId)))
    return [];
  const target = {
    ...(isEndpoint ? { vpcEndpointId: GatewayId } : { gatewayId: GatewayId }),
    natGatewayId: route.NatGatewayId,
    networkInterfaceId: route.NetworkInterfaceId,
    transitGatewayId: route.TransitGatewayId,
    vpcPeeringConnectionId: route.VpcPeeringConnectionId,
    localGatewayId: route.LocalGatewayId,
    carrierGatewayId: route.CarrierGatewayId,
    coreNetworkArn: route.CoreNetworkArn,
    odbNetworkArn: route.OdbNetworkArn,
  };
  return [{ cidrBlock, destinationPrefixListId: DestinationPrefixListId, ...target }];
}

/** The last rule of every ACL, which refuses the rest and cannot be changed. */
const lastAclRule = 32_767;

export function networkAclResource(acl: ec2.NetworkAcl): SnapshotResource {
  const rules = (egress: boolean) =>
    (acl.Entries ?? [])
      .filter(({ Egress = false, CidrBlock, RuleNumber = 0 }) => {
        return Egress === egress && CidrBlock !== undefined && RuleNumber < lastAclRule;
      })
      .sort((one, other) => (one.RuleNumber ?? 0) - (other.RuleNumber ?? 0))
      .map((entry) => ({
        ruleNo: entry.RuleNumber,
        action: entry.RuleAction,
        protocol: entry.Protocol,
        cidrBlock: entry.CidrBlock,
        fromPort: entry.PortRange?.From ?? 0,
        toPort: entry.PortRange?.To ?? 0,
      }));
  return resource(
    addedTypes.networkAcl,
    acl.NetworkAclId ?? "",
    {
      vpcId: acl.VpcId,
      subnetIds: sorted((acl.Associations ?? []).map(({ SubnetId }) => SubnetId)),
      ingress: rules(false),
      egress: rules(true),
    },
    { default: acl.IsDefault },
  );
}

export function endpointResource(endpoint: ec2.VpcEndpoint): SnapshotResource {
  return resource(awsTypes.vpcEndpoint, endpoint.VpcEndpointId ?? "", {
    vpcId: endpoint.VpcId,
    serviceName: endpoint.ServiceName,
    vpcEndpointType: endpoint.VpcEndpointType,
    subnetIds: sorted(endpoint.SubnetIds),
  });
}

export function vpnGatewayResources(gateway: ec2.VpnGateway): readonly SnapshotResource[] {
  const { VpnGatewayId = "", AmazonSideAsn, State } = gateway;
  const asn = AmazonSideAsn === undefined ? undefined : String(AmazonSideAsn);
  return [
    resource(awsTypes.vpnGateway, VpnGatewayId, { amazonSideAsn: asn }, { state: State }),
    ...(gateway.VpcAttachments ?? [])
      .filter((one) => isThere(one.State))
      .map(({ VpcId = "" }) =>
        resource(awsTypes.vpnGatewayAttachment, `${VpnGatewayId}:${VpcId}`, {
          vpcId: VpcId,
          vpnGatewayId: VpnGatewayId,
        }),
      ),
  ];
}

export function vpnConnectionResources(connection: ec2.VpnConnection): readonly SnapshotResource[] {
  const { VpnConnectionId = "", Options, Routes = [] } = connection;
  const [first, second] = (Options?.TunnelOptions ?? [])
    .map(({ TunnelInsideCidr }) => TunnelInsideCidr)
    .sort();
  return [
    resource(awsTypes.vpnConnection, VpnConnectionId, {
      customerGatewayId: connection.CustomerGatewayId,
      vpnGatewayId: connection.VpnGatewayId,
      type: connection.Type,
      staticRoutesOnly: Options?.StaticRoutesOnly ?? false,
      tunnel1InsideCidr: first,
      tunnel2InsideCidr: second,
    }),
    ...Routes.filter(({ State }) => isThere(State)).map(({ DestinationCidrBlock = "" }) =>
      resource(awsTypes.vpnConnectionRoute, `${DestinationCidrBlock}:${VpnConnectionId}`, {
        vpnConnectionId: VpnConnectionId,
        destinationCidrBlock: DestinationCidrBlock,
      }),
    ),
  ];
}

export function customerGatewayResource(gateway: ec2.CustomerGateway): SnapshotResource {
  return resource(awsTypes.customerGateway, gateway.CustomerGatewayId ?? "", {
    ipAddress: gateway.IpAddress,
    bgpAsn: gateway.BgpAsnExtended ?? gateway.BgpAsn,
    type: gateway.Type,
  });
}

/** What is going or failed decides nothing. */
export function isThere(state: string | undefined): boolean {
  return !/^(delet|detach|disassociat|fail)/i.test(state ?? "");
}
