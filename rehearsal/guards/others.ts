import { sameAzureId } from "../model/azureIds";
import type { Estate } from "../estate/estate";
import type { Joined } from "../model/intent";
import type { RecordedResource } from "../model/recording";
import { addedTypes, awsTypes, azureTypes } from "../model/resourceTypes";
import type { JoiningSetting } from "../model/snapshot";
import { text } from "../model/values";
import { guardAt, never } from "./guard";

/** The types that own what a setting says is there already. */
const owning: Readonly<Partial<Record<JoiningSetting, readonly string[]>>> = {
  azureVirtualNetworkId: [azureTypes.virtualNetwork],
  azureGatewayId: [azureTypes.virtualNetworkGateway, azureTypes.publicIPAddress],
  awsVpcId: [
    ...[awsTypes.vpc, awsTypes.subnet, awsTypes.routeTable, awsTypes.routeTableAssociation],
    ...[addedTypes.vpcIpv4CidrBlockAssociation, addedTypes.mainRouteTableAssociation],
    ...[addedTypes.defaultRouteTable, addedTypes.defaultNetworkAcl],
  ],
  awsGatewayId: [awsTypes.vpnGateway, awsTypes.vpnGatewayAttachment],
};

/** Types whose resources are entries of another: what that one is, and the property that names it. */
const entries: Readonly<Record<string, { readonly of: string; readonly by: string }>> = {
  [addedTypes.route]: { of: awsTypes.routeTable, by: "routeTableId" },
  [addedTypes.networkAclRule]: { of: addedTypes.networkAcl, by: "networkAclId" },
  [addedTypes.networkAclAssociation]: { of: awsTypes.subnet, by: "subnetId" },
  [awsTypes.routeTableAssociation]: { of: awsTypes.subnet, by: "subnetId" },
  [addedTypes.azureRoute]: { of: addedTypes.azureRouteTable, by: "routeTableName" },
  [addedTypes.azureSecurityRule]: { of: azureTypes.networkSecurityGroup, by: "networkSecurityGroupName" },
  [azureTypes.virtualNetworkPeering]: { of: azureTypes.virtualNetwork, by: "virtualNetworkName" },
};

/** What others own is theirs: a stack that joins it neither owns, adopts nor writes into it. */
export const otherGuards = [
  guardAt({
    of: ({ resources }, { joined = {} }) =>
      resources.flatMap((resource) => {
        const setting = Object.keys(joined).find((name) =>
          owning[name as JoiningSetting]?.includes(resource.type),
        );
        return setting === undefined ? [] : [{ resource, setting }];
      }),
    holds: never,
    at: ({ resource }) => resource,
    problem: ({ setting }) => `it would own what ${setting} says is there already`,
    fix: "leave it out, and refer to what is there by its id",
  }),
  guardAt({
    of: ({ resources }, { joined }) => (joined === undefined ? [] : resources),
    holds: ({ options }) => options.importId === undefined,
    at: (resource) => resource,
    problem: "import would make what others own this stack's",
    fix: "leave import out, and refer to it by its id",
  }),
  guardAt({
    of: (estate, { joined }) =>
      joined === undefined ? [] : estate.resources.flatMap((one) => twinsOf(one, estate)),
    holds: never,
    at: ({ resource }) => resource,
    problem: "it has the id of a resource that others own, and would overwrite that",
    fix: "give it a name of its own",
    others: ({ twin }) => [twin],
  }),
  guardAt({
    of: (estate, { joined }) =>
      joined === undefined ? [] : estate.resources.flatMap((one) => entriesInto(one, estate, joined)),
    holds: never,
    at: ({ resource }) => resource,
    problem: ({ whole }) =>
      `it writes into ${whole.id}, which others own: their next deployment may remove it`,
    fix: "leave it out, and ask the owner for the entry",
    others: ({ whole }) => [whole],
  }),
];

function foreign(estate: Estate, type: string): readonly RecordedResource[] {
  return estate.ofType(type as Parameters<Estate["ofType"]>[0]).filter((one) => one.foreign === true);
}

function twinsOf(resource: RecordedResource, estate: Estate) {
  if (resource.id === "") return [];
  return foreign(estate, resource.type)
    .filter(({ id }) => id === resource.id || sameAzureId(id, resource.id))
    .map((twin) => ({ resource, twin }));
}

/** A peering with a spoke that the settings name is agreed on, on both of its sides. */
function entriesInto(resource: RecordedResource, estate: Estate, { azureSpokes = [] }: Joined) {
  const entry = entries[resource.type];
  if (entry === undefined) return [];
  const named = text(resource.inputs, entry.by);
  const group = text(resource.inputs, "resourceGroupName");
  const whole = foreign(estate, entry.of).find(
    (one) => one.id === named || (nameOf(one) === named && text(one.inputs, "resourceGroupName") === group),
  );
  if (whole === undefined) return [];
  const ends = [whole.id, text(resource.inputs, "remoteVirtualNetwork.id")];
  const agreed =
    resource.type === azureTypes.virtualNetworkPeering &&
    azureSpokes.some((spoke) => ends.some((id) => sameAzureId(id, spoke)));
  return agreed ? [] : [{ resource, whole }];
}

function nameOf({ id }: RecordedResource): string | undefined {
  return id.startsWith("/") ? id.split("/").at(-1) : undefined;
}
