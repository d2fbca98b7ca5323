import { sameAzureId } from "../../../model/azureIds";
import type { Props } from "../../../model/recording";
import { addedTypes, azureTypes } from "../../../model/resourceTypes";
import { isList, isProps, text } from "../../../model/values";
import type { CloudFunction, CloudView, LiveResource } from "../../cloudType";
import { configurationId, configurationsOf } from "./ipConfigurations";
import { usersOf } from "./subnetUse";
import { peeringState } from "./virtualNetworkPeering";

/** What the provider's functions of Azure's networks answer about live resources, whoever owns them. */
export const azureLookups: Readonly<Record<string, CloudFunction>> = {
  "azure-native:network:getVirtualNetwork": (args, cloud) => {
    const network = found(args, cloud, azureTypes.virtualNetwork, ["virtualNetworks", "virtualNetworkName"]);
    return {
      ...answer(network),
      subnets: below(network, azureTypes.subnet, cloud).map((subnet) => subnetAnswer(subnet, cloud)),
      virtualNetworkPeerings: below(network, azureTypes.virtualNetworkPeering, cloud).map((peering) => ({
        ...answer(peering),
        ...(peering.foreign !== true && { peeringState: peeringState(peering.inputs, cloud) }),
      })),
      flowLogs: [],
    };
  },
  "azure-native:network:getSubnet": (args, cloud) => {
    const names = ["virtualNetworks", "virtualNetworkName", "subnets", "subnetName"];
    return subnetAnswer(found(args, cloud, azureTypes.subnet, names), cloud);
  },
  "azure-native:network:getRouteTable": (args, cloud) => {
    const table = found(args, cloud, addedTypes.azureRouteTable, ["routeTables", "routeTableName"]);
    const separate = below(table, addedTypes.azureRoute, cloud).map(answer);
    return {
      disableBgpRoutePropagation: false,
      subnets: [],
      ...answer(table),
      ...joined(table, "routes", separate),
    };
  },
  "azure-native:network:getNetworkSecurityGroup": (args, cloud) => {
    const names = ["networkSecurityGroups", "networkSecurityGroupName"];
    const group = found(args, cloud, azureTypes.networkSecurityGroup, names);
    const separate = below(group, addedTypes.azureSecurityRule, cloud).map(answer);
    return {
      ...{ defaultSecurityRules: [], flowLogs: [], networkInterfaces: [], subnets: [] },
      ...answer(group),
      ...joined(group, "securityRules", separate),
    };
  },
  "azure-native:network:getVirtualNetworkGateway": (args, cloud) =>
    answer(
      found(args, cloud, azureTypes.virtualNetworkGateway, [
        "virtualNetworkGateways",
        "virtualNetworkGatewayName",
      ]),
    ),
};

/** The resource whose id consists of the arguments; `path` holds the words of the id and the arguments in turn. */
function found(args: Props, cloud: CloudView, type: string, path: readonly string[]): LiveResource {
  const group = text(args, "resourceGroupName") ?? "";
  const rest = path.map((part, at) => (at % 2 === 0 ? part : (text(args, part) ?? ""))).join("/");
  const id = `/subscriptions/${cloud.subscriptionId}/resourceGroups/${group}/providers/Microsoft.Network/${rest}`;
  const live = cloud.find(type, id);
  if (live !== undefined) return live;
  // https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-not-found
  throw new Error(
    `Status=404 Code="ResourceNotFound" Message="The Resource 'Microsoft.Network/${rest}' under resource group '${group}' was not found."`,
  );
}

/** What is found by the names in a URL does not repeat them. */
const inTheUrl = ["resourceGroupName", "virtualNetworkName", "subnetName", "virtualNetworkPeeringName"];

function answer({ id, outputs }: LiveResource): Props {
  const told = Object.entries(outputs).filter(([property]) => !inTheUrl.includes(property));
  return {
    provisioningState: "Succeeded",
    name: id.split("/").at(-1) ?? "",
    ...Object.fromEntries(told),
    id,
  };
}

/** With the ids of what has an address in it, which only others' snapshots tell by themselves. */
function subnetAnswer(subnet: LiveResource, cloud: CloudView): Props {
  const { ipConfigurations } = subnet.outputs;
  const own = usersOf((id) => sameAzureId(id, subnet.id), cloud)
    .filter(({ foreign }) => foreign !== true)
    .flatMap((user) => configurationsOf(user.inputs).map((one) => ({ id: configurationId(user.id, one) })));
  return {
    ...answer(subnet),
    ipConfigurations: [...(isList(ipConfigurations) ? ipConfigurations : []), ...own],
  };
}

function below(whole: LiveResource, type: string, cloud: CloudView): readonly LiveResource[] {
  const start = `${whole.id}/`.toLowerCase();
  return cloud.all(type).filter(({ id }) => id.toLowerCase().startsWith(start));
}

function joined(whole: LiveResource, property: string, separate: readonly Props[]): Props {
  const inline = whole.outputs[property];
  return {
    [property]: [...(inline !== undefined && isList(inline) ? inline.filter(isProps) : []), ...separate],
  };
}
