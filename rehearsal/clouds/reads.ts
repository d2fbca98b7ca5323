import type { Props } from "../model/recording";
import { addedTypes, awsTypes } from "../model/resourceTypes";
import { isList, isProps, knownStrings, text } from "../model/values";
import type { CloudView, LiveResource } from "./cloudType";

/** What a read of a live resource by its id answers, as `RouteTable.get` makes one; undefined where it is gone. */
export function readLive(type: string, id: string, cloud: CloudView): LiveResource | undefined {
  const live = cloud.find(type, id);
  if (live?.type !== awsTypes.routeTable) return live;
  const now = { propagatingVgws: propagatingInto(live, cloud), routes: writtenRoutes(live, cloud) };
  return { ...live, outputs: { ...live.outputs, ...now } };
}

/** The gateways that propagate into a table, by its own list and by a resource for each. */
function propagatingInto(table: LiveResource, cloud: CloudView): readonly string[] {
  const added = cloud
    .all(awsTypes.vpnGatewayRoutePropagation)
    .filter(({ inputs }) => text(inputs, "routeTableId") === table.id)
    .flatMap(({ inputs }) => knownStrings(inputs, "vpnGatewayId"));
  return [...new Set([...knownStrings(table.inputs, "propagatingVgws"), ...added])];
}

/** The routes that somebody wrote into a table: neither the provider's resource nor its function tells any other. */
export function writtenRoutes(table: LiveResource, cloud: CloudView): readonly Props[] {
  const { routes = [] } = table.inputs;
  const inline = isList(routes) ? routes.filter(isProps) : [];
  const separate = cloud
    .all(addedTypes.route)
    .filter(({ inputs }) => text(inputs, "routeTableId") === table.id)
    .map(({ inputs: { destinationCidrBlock = "", ...route } }) => ({
      cidrBlock: destinationCidrBlock,
      ...route,
    }));
  return [...inline, ...separate].filter(
    (route) =>
      text(route, "destinationPrefixListId") === undefined ||
      text(route, "gatewayId")?.startsWith("vpce-") !== true,
  );
}
