import type { StackOutputs } from "../../../outputs";
import { blockOf, overlap } from "../../../rehearsal/model/addresses";
import type { Value } from "../../../rehearsal/model/recording";
import { addedTypes, awsTypes, azureTypes } from "../../../rehearsal/model/resourceTypes";
import type { SnapshotResource } from "../../../rehearsal/model/snapshot";
import { isList, isProps, knownStrings, text } from "../../../rehearsal/model/values";
import type { Difference } from "../../snapshot/differences";
import { awsCidrs, reachedCidrs } from "../facts/networks";
import type { SurroundingsFacts } from "../facts/surroundings";

/** Whether the path may depend on a difference, and why; a sentence without its end. */
export interface Weight {
  readonly matters: boolean;
  readonly why: string;
}

const may = (why: string): Weight => ({ matters: true, why });
const not = (why: string): Weight => ({ matters: false, why });

/** What every rule is given: the difference's both sides, and what of them changed, added and gone alike. */
interface Weighed {
  readonly sides: readonly SnapshotResource[];
  /** The values that one side has and the other does not. */
  readonly moved: readonly Value[];
  readonly properties: readonly string[];
}
type Rule = (of: Weighed) => Weight;

/** Weighs differences by where the stack's packets pass: the endpoint's subnets, the gateways, the clients' subnets. */
export function weigherOf(
  outputs: StackOutputs,
  { before, now }: SurroundingsFacts,
): (difference: Difference) => Weight {
  const all = [...before, ...now];
  const rules = { ...rulesOfAws(outputs, all), ...rulesOfAzure(outputs, all) };
  return (difference) => {
    const sides = [difference.before, difference.after].filter((one) => one !== undefined);
    const whole =
      difference.kind === "changed" ? [] : sides.flatMap(({ inputs, outputs: known }) => [inputs, known]);
    const moved = [...whole, ...difference.changes.flatMap(({ gone, added }) => [...gone, ...added])];
    const properties = difference.changes.map(({ property }) => property);
    const rule = rules[sides[0]?.type ?? ""];
    return rule?.({ sides, moved, properties }) ?? may("verify does not know what it does to the path");
  };
}

function rulesOfAws(outputs: StackOutputs, all: readonly SnapshotResource[]): Readonly<Record<string, Rule>> {
  const subnets = Object.values(outputs.awsNetwork.subnetIds);
  const { awsGatewayId } = outputs.vpn;
  const reached = reachedCidrs(outputs);
  const insides = outputs.vpn.tunnels.map(({ insideCidr }) => insideCidr);
  const associations = all.filter(({ type }) => type === awsTypes.routeTableAssociation);
  const associated = (subnet: string) => associations.filter(({ inputs }) => inputs["subnetId"] === subnet);
  const tables = [
    ...(outputs.awsNetwork.routeTableIds ?? []),
    ...subnets.flatMap((subnet) =>
      associated(subnet).flatMap(({ inputs }) => knownStrings(inputs, "routeTableId")),
    ),
    // The main table serves the subnets that have no other.
    ...(subnets.every((subnet) => associated(subnet).length > 0)
      ? []
      : all.flatMap((one) =>
          one.type === awsTypes.vpc ? knownStrings(one.outputs, "mainRouteTableId") : [],
        )),
  ];
  const named = (paths: readonly string[], ids: readonly string[]) => (one: SnapshotResource) =>
    paths.some((path) => knownStrings(one.inputs, path).some((id) => ids.includes(id)));
  return {
    [awsTypes.vpc]: () => may("it is the endpoint's network, and its main route table and DNS may count"),
    [addedTypes.vpcIpv4CidrBlockAssociation]: ({ moved }) =>
      touches(moved, reached)
        ? may(`its range overlaps ${reached.join(", ")}`)
        : may("the gateway announces every range of the VPC, and static tunnels list them"),
    [awsTypes.subnet]: ({ sides, properties }) => {
      if (!sides.some(({ id }) => subnets.includes(id))) return not("the endpoint has no address in it");
      return properties.join() === "availableIpAddressCount"
        ? not("the endpoint has its addresses already")
        : may("the endpoint has an address in it");
    },
    [awsTypes.routeTable]: ({ sides, moved, properties }) => {
      if (!sides.some(({ id }) => tables.includes(id))) return not("no subnet of the endpoint uses it");
      if (properties.includes("propagatingVgws") && mentions(moved, awsGatewayId))
        return may(`the endpoint's subnets learn from ${awsGatewayId} by it`);
      return touches(moved, reached)
        ? may(`the endpoint's subnets use it, and it leads to ${reached.join(", ")}`)
        : not("it leads to no network of the stack's clients");
    },
    [awsTypes.routeTableAssociation]: ({ sides }) =>
      sides.some(named(["subnetId"], subnets))
        ? may("it decides which routes a subnet of the endpoint has")
        : not("it is of a subnet without an address of the endpoint"),
    [addedTypes.networkAcl]: ({ sides }) =>
      sides.some(named(["subnetIds"], subnets))
        ? may("the endpoint's packets pass it")
        : not("it guards no subnet of the endpoint"),
    [awsTypes.vpcEndpoint]: () => not("an endpoint of others serves others"),
    [awsTypes.vpnGateway]: () => may("the tunnels end at it, or it is in the way of the one where they do"),
    [awsTypes.vpnGatewayAttachment]: () => may("a VPC takes one virtual private gateway"),
    [awsTypes.vpnConnection]: ({ sides, moved, properties }) => {
      if (touches(moved, insides)) return may("its inside addresses are those of a tunnel of the stack");
      return properties.length === 0 && sides.some(named(["vpnGatewayId"], [awsGatewayId]))
        ? may("its site and Azure reach each other through the same gateway")
        : not("it is another site's");
    },
    [awsTypes.vpnConnectionRoute]: ({ sides }) =>
      touches(
        sides.map(({ inputs }) => inputs),
        reached,
      )
        ? may(`another site takes what is meant for ${reached.join(", ")}`)
        : not("it leads to no network of the stack's clients"),
    [awsTypes.customerGateway]: () => not("it is another site's"),
  };
}

/** Routes that a virtual private gateway takes; beyond, it drops the session. */
const mostRoutes = 100;

function rulesOfAzure(
  outputs: StackOutputs,
  all: readonly SnapshotResource[],
): Readonly<Record<string, Rule>> {
  const clients = reachedCidrs(outputs);
  const carried = [...awsCidrs(outputs), ...clients];
  const hub = outputs.azureNetwork.virtualNetworkId.toLowerCase();
  const gateway = outputs.vpn.azureGatewayId.toLowerCase();
  const prefixes = ({ inputs }: SnapshotResource) => [
    ...knownStrings(inputs, "addressPrefix"),
    ...knownStrings(inputs, "addressPrefixes"),
  ];
  /** A subnet on the way: the gateway's, or one with clients. */
  const isOnTheWay = (one: SnapshotResource) =>
    (text(one.inputs, "subnetName") === "GatewaySubnet" && one.id.toLowerCase().startsWith(`${hub}/`)) ||
    prefixes(one).some((prefix) => clients.some((client) => overlap(prefix, client)));
  const passed = all.filter((one) => one.type === azureTypes.subnet && isOnTheWay(one));
  const hasOnTheWay = (reference: string) => (one: SnapshotResource) =>
    passed.some(({ inputs }) => text(inputs, reference)?.toLowerCase() === one.id.toLowerCase());
  const addresses = all.filter(
    ({ type, id }) => type === azureTypes.virtualNetworkGateway && id.toLowerCase() === gateway,
  );
  return {
    [azureTypes.virtualNetwork]: ({ sides, moved }) => {
      if (sides.some(({ id }) => id.toLowerCase() === hub)) return may("it is the network of the gateway");
      return touches(moved, carried)
        ? may(`its addresses overlap ${carried.join(", ")}`)
        : not("its addresses are none that the link carries");
    },
    [azureTypes.subnet]: ({ sides }) =>
      sides.some(isOnTheWay)
        ? may("the gateway or clients are in it")
        : not("neither the gateway nor a client is in it"),
    [addedTypes.azureRouteTable]: ({ sides, moved, properties }) => {
      if (!sides.some(hasOnTheWay("routeTable.id")))
        return not("no subnet of the gateway or of clients uses it");
      return touches(moved, carried) || properties.includes("disableBgpRoutePropagation")
        ? may("it decides where a subnet on the way sends what the link carries")
        : not("its routes lead to no network of the link");
    },
    [azureTypes.networkSecurityGroup]: ({ sides }) =>
      sides.some(hasOnTheWay("networkSecurityGroup.id"))
        ? may("it guards a subnet on the way")
        : not("no subnet of the gateway or of clients has it"),
    [azureTypes.virtualNetworkPeering]: ({ sides }) =>
      sides.some(
        ({ id, inputs }) =>
          id.toLowerCase().startsWith(`${hub}/`) ||
          text(inputs, "remoteVirtualNetwork.id")?.toLowerCase() === hub,
      )
        ? may("it decides which networks use the gateway")
        : not("it is between networks that the link does not cross"),
    [azureTypes.publicIPAddress]: ({ sides }) =>
      addresses.some(({ inputs }) => sides.some(({ id }) => mentions([inputs], id)))
        ? may("AWS's tunnels lead to it")
        : not("no tunnel of the stack leads to it"),
    [azureTypes.virtualNetworkGateway]: ({ sides, moved, properties }) => {
      if (properties.join() !== "learnedRoutes")
        return may("gateways of one network share its subnet and its routes");
      if (touches(moved, carried)) return may(`it learned another way to ${carried.join(", ")}`);
      const networks = new Set(sides.flatMap((one) => knownStrings(one.outputs, "learnedRoutes.network")));
      return networks.size > mostRoutes
        ? may(
            `it announces up to ${String(networks.size)} networks, and AWS's gateway takes ${String(mostRoutes)}`,
          )
        : not("what it learned leads to no network of the link");
    },
    [azureTypes.localNetworkGateway]: ({ sides }) =>
      touches(
        sides.map(({ inputs }) => inputs),
        carried,
      )
        ? may(`another site takes what is meant for ${carried.join(", ")}`)
        : not("it is another site's"),
    [azureTypes.virtualNetworkGatewayConnection]: ({ properties }) =>
      properties.length === 0
        ? may("where the gateway speaks BGP, its site and AWS reach each other")
        : not("it is another site's"),
  };
}

/** Whether any network or address inside of these values overlaps one of those. */
function touches(values: readonly Value[], networks: readonly string[]): boolean {
  return stringsIn(values).some(
    (one) => blockOf(one) !== undefined && networks.some((network) => overlap(one, network)),
  );
}

function mentions(values: readonly Value[], id: string): boolean {
  return stringsIn(values).some((one) => one.toLowerCase() === id.toLowerCase());
}

function stringsIn(value: Value): readonly string[] {
  if (typeof value === "string") return [value];
  if (isList(value)) return value.flatMap(stringsIn);
  return isProps(value) ? Object.values(value).flatMap(stringsIn) : [];
}
