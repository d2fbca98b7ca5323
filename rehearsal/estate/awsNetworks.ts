import type { RecordedResource, Value } from "../model/recording";
import { addedTypes, awsTypes } from "../model/resourceTypes";
import { type AwsRoute, routeDestinations, routeTargets } from "../model/routes/awsRoutes";
import { knownStrings, text, valuesAt } from "../model/values";
import { type AwsNetworkAcl, aclOf } from "./awsNetworkAcls";
import { type EstateIndex, type Item, pointingAt } from "./estateIndex";

export interface AwsVpc extends Item {
  /** Its networks: the one that it began with, then those that were added. */
  readonly cidrs: readonly string[];
}

export interface AwsSubnet extends Item {
  readonly vpcId: string | undefined;
  readonly cidr: string | undefined;
  readonly zone: string | undefined;
  /** Of its association, else the VPC's main table; undefined where that is no table of the stack. */
  readonly routeTable: AwsRouteTable | undefined;
  /** Undefined where it has the VPC's own, which lets everything through. */
  readonly networkAcl: AwsNetworkAcl | undefined;
}

/** The resource of a VPC's main table is the VPC, unless the stack has one for it. */
export interface AwsRouteTable extends Item {
  readonly kind: "associated" | "main";
  readonly vpcId: string | undefined;
  /** Gateways whose routes appear in the table by themselves. */
  readonly propagatingGatewayIds: readonly string[];
  /** What somebody wrote, without local and propagated routes. */
  readonly routes: readonly RecordedRoute[];
  /** What gateways brought into a table of others, as the snapshot shows it. */
  readonly propagated: readonly { readonly destination: string; readonly gatewayId: string }[];
}

/** A route, and the resource that has it. */
export interface RecordedRoute extends AwsRoute, Item {}

export interface AwsNetworks {
  readonly vpcs: readonly AwsVpc[];
  readonly subnets: readonly AwsSubnet[];
  /** Those that the stack registers, and those of others. */
  readonly routeTables: readonly AwsRouteTable[];
}

export function readAwsNetworks(index: EstateIndex): AwsNetworks {
  const vpcs = index.ofType(awsTypes.vpc).map((resource) => ({ resource, cidrs: cidrsOf(resource, index) }));
  const routeTables = index
    .ofType(awsTypes.routeTable)
    .map((resource) =>
      readRouteTable(index, resource, { id: resource.id, vpcId: text(resource.inputs, "vpcId") }),
    );
  const mainTables = vpcs.flatMap(({ resource }) => mainTableOf(index, resource, routeTables) ?? []);
  const subnets = index
    .ofType(awsTypes.subnet)
    .map((resource) => readSubnet(index, resource, routeTables, mainTables));
  return { vpcs, subnets, routeTables };
}

function cidrsOf(vpc: RecordedResource, index: EstateIndex): readonly string[] {
  const added = pointingAt(index, addedTypes.vpcIpv4CidrBlockAssociation, "vpcId", vpc.id);
  return [vpc, ...added].flatMap(({ inputs }) => knownStrings(inputs, "cidrBlock"));
}

/** The table of every subnet without an association; undefined where the stack puts a table of others in its place. */
function mainTableOf(
  index: EstateIndex,
  vpc: RecordedResource,
  tables: readonly AwsRouteTable[],
): AwsRouteTable | undefined {
  const [exchanged] = pointingAt(index, addedTypes.mainRouteTableAssociation, "vpcId", vpc.id);
  if (exchanged !== undefined) {
    const table = tables.find(({ resource }) => resource.id === text(exchanged.inputs, "routeTableId"));
    return table === undefined ? undefined : { ...table, kind: "main" };
  }
  const id = text(vpc.outputs, "mainRouteTableId");
  // Of others it is a table like any other; of a VPC of ours it is no resource.
  const known = tables.find(({ resource }) => resource.id === id);
  if (known !== undefined) return { ...known, kind: "main" };
  const [adopted] = pointingAt(index, addedTypes.defaultRouteTable, "defaultRouteTableId", id);
  return { ...readRouteTable(index, adopted ?? vpc, { id, vpcId: vpc.id }), kind: "main" };
}

function readRouteTable(
  index: EstateIndex,
  resource: RecordedResource,
  { id, vpcId }: { readonly id: string | undefined; readonly vpcId: string | undefined },
): AwsRouteTable {
  return {
    resource,
    kind: "associated",
    vpcId,
    propagatingGatewayIds: [
      ...knownStrings(resource.inputs, "propagatingVgws"),
      ...pointingAt(index, awsTypes.vpnGatewayRoutePropagation, "routeTableId", id).flatMap((one) =>
        knownStrings(one.inputs, "vpnGatewayId"),
      ),
    ],
    routes: [
      ...valuesAt(resource.inputs, "routes").map((route) => readRoute(resource, route)),
      ...pointingAt(index, addedTypes.route, "routeTableId", id).map((one) => readRoute(one, one.inputs)),
    ],
    propagated: valuesAt(resource.outputs, "propagatedRoutes").map((route) => ({
      destination: text(route, "destinationCidrBlock") ?? "",
      gatewayId: text(route, "gatewayId") ?? "",
    })),
  };
}

function readRoute(resource: RecordedResource, route: Value): RecordedRoute {
  const first = (properties: readonly string[]) =>
    properties.map((property) => text(route, property)).find((found) => found !== undefined && found !== "");
  const target = first(routeTargets) ?? "a target that is not known yet";
  return {
    resource,
    destination: first(routeDestinations) ?? "a destination that is not known yet",
    target,
    origin: target === "local" ? "local" : "static",
    state: "active",
  };
}

function readSubnet(
  index: EstateIndex,
  resource: RecordedResource,
  tables: readonly AwsRouteTable[],
  mainTables: readonly AwsRouteTable[],
): AwsSubnet {
  const vpcId = text(resource.inputs, "vpcId");
  const [association] = pointingAt(index, awsTypes.routeTableAssociation, "subnetId", resource.id);
  return {
    resource,
    vpcId,
    cidr: text(resource.inputs, "cidrBlock"),
    zone: text(resource.outputs, "availabilityZone"),
    routeTable:
      association === undefined
        ? mainTables.find((table) => table.vpcId === vpcId)
        : tables.find((table) => table.resource.id === text(association.inputs, "routeTableId")),
    networkAcl: aclOf(index, resource, vpcId),
  };
}
