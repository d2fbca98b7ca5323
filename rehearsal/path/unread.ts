import { peeringBetween } from "../estate/azurePeerings";
import type { Estate } from "../estate/estate";
import { type Item, ownOf, urns } from "../estate/estateIndex";
import type { RecordedResource, Value } from "../model/recording";
import { resourceTypes } from "../model/resourceTypes";
import { isList, isProps } from "../model/values";
import { clientsOf } from "./clients";
import { propertiesOf } from "./properties/properties";
import type { NotJudged, PathProperties } from "./properties/table";

/** Something that may change the path, and that no judge follows. */
export interface Unread {
  /** URN of the resource. */
  readonly place: string;
  /** The property, as `natRules`; or the resource itself. */
  readonly what: string;
  readonly because: string;
}

/** Whatever is set on a resource of the path and stands in no list of what is judged or harmless. */
export function findUnread(estate: Estate): readonly Unread[] {
  const near = othersOnPath(estate);
  return [
    ...estate.resources.filter(({ custom }) => custom),
    ...estate.surroundings.filter(({ urn }) => near.has(urn)),
  ].flatMap((resource) => unreadOf(resource, estate));
}

/** URNs of what others own and packets meet: around a hub stands much that decides nothing. */
function othersOnPath(estate: Estate): ReadonlySet<string> {
  const { azure, aws, tunnels } = estate;
  const clients = clientsOf(estate).flatMap(({ place, hub, ...client }): (Item | undefined)[] => {
    if (place.kind !== "subnet") return [client];
    const { subnet } = place;
    const sides = peeringBetween(azure, hub, subnet.network);
    return [subnet, subnet.network, subnet.securityGroup, subnet.routeTable, sides.hub, sides.spoke];
  });
  const gateways = tunnels.flatMap((tunnel) => {
    const gateway = tunnel.azure?.connection.gateway;
    const instances = gateway?.instances ?? [];
    return [
      ...[gateway, tunnel.aws?.connection.vpnGateway, tunnel.aws?.connection.customerGateway],
      ...instances.flatMap(({ subnet, publicIp }) => [subnet, subnet?.routeTable, publicIp]),
    ];
  });
  const subnets = ownOf(aws.endpoints).flatMap((endpoint) => endpoint.subnets);
  const endpoints = subnets.flatMap((subnet) => [
    ...[subnet, subnet.routeTable, subnet.networkAcl],
    aws.vpcs.find(({ resource }) => resource.id === subnet.vpcId),
  ]);
  return new Set(urns(...clients, ...gateways, ...endpoints));
}

const known: ReadonlySet<string> = new Set(resourceTypes);

function unreadOf(resource: RecordedResource, estate: Estate): readonly Unread[] {
  const { urn, type, inputs } = resource;
  const table = propertiesOf(type);
  if (table === undefined)
    return known.has(type)
      ? []
      : [{ place: urn, what: `the resource (${type})`, because: "the rehearsal does not know this type" }];
  const meanings = meaningsOf(table);
  const found = Object.entries(inputs).flatMap(([path, value]) =>
    unreadIn({ value, path, around: undefined }, meanings, estate),
  );
  return [...new Map(found.map((one) => [one.what, { place: urn, ...one }])).values()];
}

type Meaning = "harmless" | "judged" | NotJudged;

interface Meanings {
  readonly of: ReadonlyMap<string, Meaning>;
  /** Objects of which some properties have a meaning of their own. */
  readonly objects: ReadonlySet<string>;
}

const remembered = new WeakMap<PathProperties, Meanings>();

function meaningsOf(table: PathProperties): Meanings {
  const before = remembered.get(table);
  if (before !== undefined) return before;
  const of = new Map<string, Meaning>([
    ...table.judged.map((property) => [property, "judged"] as const),
    ...table.harmless.flatMap(({ properties }) =>
      properties.map((property) => [property, "harmless"] as const),
    ),
    ...table.notJudged.flatMap((entry) => entry.properties.map((property) => [property, entry] as const)),
  ]);
  const parts = [...of.keys()].map((property) => property.split("."));
  const objects = new Set(parts.flatMap((steps) => steps.map((_, at) => steps.slice(0, at).join("."))));
  const meanings = { of, objects };
  remembered.set(table, meanings);
  return meanings;
}

interface Found {
  readonly value: Value;
  readonly path: string;
  /** What the object around it means, where it has no meaning of its own. */
  readonly around: Meaning | undefined;
}

function unreadIn(
  { value, path, around }: Found,
  meanings: Meanings,
  estate: Estate,
): readonly Omit<Unread, "place">[] {
  if (isEmpty(value)) return [];
  const meaning = meanings.of.get(path) ?? around;
  if (meanings.objects.has(path))
    return (isList(value) ? value : [value]).flatMap((item) =>
      isProps(item)
        ? Object.entries(item).flatMap(([name, inner]) =>
            unreadIn({ value: inner, path: `${path}.${name}`, around: meaning }, meanings, estate),
          )
        : [{ what: path, because: "it is not the object that the SDK has there" }],
    );
  if (meaning === "judged" || meaning === "harmless") return [];
  if (meaning?.unless?.(value, estate) === true) return [];
  return [{ what: path, because: meaning?.because ?? "nobody has looked at what it does" }];
}

/** Nothing, however many lists and objects it is wrapped in. */
function isEmpty(value: Value): boolean {
  if (isList(value)) return value.every(isEmpty);
  return value === null || (isProps(value) && Object.values(value).every(isEmpty));
}
