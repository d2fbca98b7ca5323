import type { RecordedResource, Value } from "../model/recording";
import { addedTypes } from "../model/resourceTypes";
import type { AzureRoute, AzureRoutes } from "../model/routes/azureRoutes";
import { isTrue, text } from "../model/values";
import { azureNameOf, listAt, partsInGroup } from "./azureNames";
import { type EstateIndex, type Item, once } from "./estateIndex";

export interface AzureRouteTable extends Item, AzureRoutes {}

export function readAzureRouteTables(index: EstateIndex): readonly AzureRouteTable[] {
  return index.ofType(addedTypes.azureRouteTable).map((resource) => ({
    resource,
    disableBgpRoutePropagation: isTrue(resource.inputs, "disableBgpRoutePropagation"),
    routes: [
      ...inlineRoutes(resource),
      ...partsInGroup(index, addedTypes.azureRoute, "routeTableName", resource).map((one: RecordedResource) =>
        readRoute(one.inputs, azureNameOf(one)),
      ),
    ],
  }));
}

const inlineRoutes = once(({ inputs }) =>
  listAt(inputs, "routes").map((route) => readRoute(route, text(route, "name"))),
);

function readRoute(route: Value, name: string | undefined): AzureRoute {
  const address = text(route, "nextHopIpAddress");
  return {
    name: name ?? "",
    origin: "user",
    destination: text(route, "addressPrefix") ?? "a destination that is not known yet",
    nextHop: text(route, "nextHopType") ?? "a next hop that is not known yet",
    ...(address === undefined ? {} : { nextHopAddress: address }),
  };
}
