import type { AwsVpnConnection } from "../estate/aws";
import { listAt } from "../estate/azureNames";
import { concurrentPairs, waitsFor } from "../estate/dependencies";
import type { Estate } from "../estate/estate";
import { ownOf } from "../estate/estateIndex";
import { awsTypes, azureTypes, isAws, randomTypes } from "../model/resourceTypes";
import { isTrue, knownStrings, number, text, valuesAt } from "../model/values";
import { guard, guardAt, never, type Place } from "./guard";

/** What the tunnels' checks do not show: leftovers, logs, order, and what a change would do. */
export const vpnGuards = [
  // Whatever nothing uses is either superfluous or wired to the wrong place.
  guardAt({
    of: leftoversOf,
    holds: never,
    at: ({ place }) => place,
    problem: ({ by }) => `no ${by} uses it`,
    fix: "let one use it, or remove it",
  }),
  // Switched on later, logs interrupt a tunnel.
  guardAt({
    of: (estate) => estate.aws.vpnConnections.flatMap((connection) => slotsThatLog(connection, estate)),
    holds: ({ complete }) => complete,
    at: ({ connection }) => connection,
    problem: ({ slot }) =>
      `tunnel ${String(slot)} of the connection does not log as JSON to the stack's log group`,
    fix: "set its tunnelLogOptions at creation: switched on later, they interrupt the tunnel",
    others: (_, estate) => estate.ofType(awsTypes.logGroup),
  }),
  guard({
    of: (estate) => estate.ofType(awsTypes.logGroup),
    holds: ({ inputs }) => (number(inputs, "retentionInDays") ?? 0) >= 90,
    problem: "tunnel logs are kept for less than 90 days, or for ever",
    fix: "set retentionInDays to 90",
  }),
  // Parallel changes to one gateway can end in 409 Conflict: terraform-provider-azurerm #10582.
  guardAt({
    of: (estate) =>
      estate.azure.gateways.flatMap((gateway) => {
        const connections = ownOf(estate.azure.connections).filter(
          (connection) => connection.gateway === gateway,
        );
        return concurrentPairs(
          estate,
          connections.map(({ resource }) => resource.urn),
        );
      }),
    holds: never,
    at: ([, urn]) => ({ urn }),
    problem: "may be created at the same time as another connection of its gateway (409 Conflict)",
    fix: "chain them with dependsOn",
    others: ([urn]) => [{ urn }],
  }),
  // AWS rejects propagation from a gateway that is attached to nothing yet.
  guard({
    of: (estate) => estate.ofType(awsTypes.vpnGatewayRoutePropagation),
    holds: ({ urn, inputs }, estate) => {
      const waits = waitsFor(estate, urn);
      return estate
        .ofType(awsTypes.vpnGatewayAttachment)
        .some(
          (one) =>
            (one.foreign === true || waits.has(one.urn)) &&
            text(one.inputs, "vpnGatewayId") === text(inputs, "vpnGatewayId"),
        );
    },
    problem: "does not wait for the gateway's attachment",
    fix: "name the attachment in dependsOn",
  }),
  // Azure's gateway takes most of an hour: nothing in AWS may wait for it.
  guardAt({
    of: (estate) =>
      estate.resources
        .filter(({ type }) => isAws(type))
        .map((resource) => {
          const waits = waitsFor(estate, resource.urn);
          const gateway = estate.ofType(azureTypes.virtualNetworkGateway).find(({ urn }) => waits.has(urn));
          return { resource, gateway };
        }),
    holds: ({ gateway }) => gateway === undefined,
    at: ({ resource }) => resource,
    problem: "waits for Azure's gateway, which takes most of an hour",
    fix: "use the public IP's address alone, and keep the gateway out of its component's arguments",
    others: ({ gateway }) => [gateway],
  }),
  // A gateway in several zones needs addresses in all three.
  guardAt({
    of: addressesOf,
    holds: ({ gateway, publicIp }) =>
      gateway.sku?.endsWith("AZ") !== true ||
      new Set(knownStrings(publicIp.resource.inputs, "zones")).size === 3,
    at: ({ publicIp }) => publicIp,
    problem: "the address is not in all three zones",
    fix: 'set zones to "1", "2", "3"',
    others: ({ gateway }) => [gateway],
  }),
  guardAt({
    of: addressesOf,
    holds: ({ publicIp }) => (text(publicIp.resource.inputs, "sku.tier") ?? "Regional") === "Regional",
    at: ({ publicIp }) => publicIp,
    problem: "a VPN gateway takes regional addresses only",
    fix: "set the SKU's tier to Regional",
  }),
  guardAt({
    of: addressesOf,
    holds: ({ publicIp }) => valuesAt(publicIp.resource.inputs, "publicIPAddressVersion")[0] !== "IPv6",
    at: ({ publicIp }) => publicIp,
    problem: "the address is not IPv4",
    fix: "set publicIPAddressVersion to IPv4",
  }),
  // What a gateway states, where Azure would otherwise choose.
  ...[
    {
      holds: (inputs: Inputs, sku: string | undefined) =>
        sku !== undefined && text(inputs, "sku.tier") === sku,
      problem: "its SKU's name and tier are not the same one",
    },
    {
      // https://learn.microsoft.com/azure/vpn-gateway/about-gateway-skus: the larger SKUs are faster in the second generation.
      holds: (inputs: Inputs, sku: string | undefined) =>
        text(inputs, "vpnGatewayGeneration") ===
        (sku === "Basic" || sku === "VpnGw1AZ" ? "Generation1" : "Generation2"),
      problem: "its generation is not the SKU's own",
    },
    {
      holds: (inputs: Inputs) =>
        listAt(inputs, "ipConfigurations").every(
          (one) => text(one, "privateIPAllocationMethod") === "Dynamic",
        ),
      problem: "its private addresses are not Dynamic, which is all that Azure takes",
    },
    {
      holds: (inputs: Inputs) =>
        listAt(inputs, "ipConfigurations").every((one) => text(one, "name") !== undefined),
      problem: "an IP configuration has no name",
    },
  ].map(({ holds, problem }) =>
    guard({
      of: ({ azure }) => azure.gateways,
      holds: ({ resource, sku }) => holds(resource.inputs, sku),
      problem,
      fix: "state it as the SKU's documentation does",
    }),
  ),
  // The provider tells tunnel 1 from tunnel 2 by them: terraform-provider-aws #396, #16928, #19079.
  guard({
    of: ({ aws }) => aws.vpnConnections,
    holds: ({ resource }) =>
      [1, 2].every((slot) => text(resource.inputs, `tunnel${slot}InsideCidr`) !== undefined),
    problem: "leaves a tunnel's inside network to AWS, and the tunnels change places",
    fix: "set both",
  }),
];

type Inputs = AwsVpnConnection["resource"]["inputs"];

function leftoversOf(estate: Estate): readonly { readonly place: Place; readonly by: string }[] {
  const { azure, aws } = estate;
  const keys = aws.vpnConnections.flatMap(({ tunnels }) => tunnels.map(({ key }) => key));
  const unused = <Thing extends Place>(
    things: readonly Thing[],
    by: string,
    isUsed: (thing: Thing) => boolean,
  ) => things.filter((thing) => !isUsed(thing)).map((place) => ({ place, by }));
  return [
    ...unused(azure.localNetworkGateways, "Azure connection", (one) =>
      azure.connections.some(({ localNetworkGateway }) => localNetworkGateway === one),
    ),
    ...unused(azure.publicIps, "Azure gateway", (one) =>
      azure.gateways.some(({ instances }) => instances.some(({ publicIp }) => publicIp === one)),
    ),
    ...unused(azure.gateways, "Azure connection", (one) =>
      azure.connections.some(({ gateway }) => gateway === one),
    ),
    ...unused(aws.customerGateways, "AWS VPN connection", (one) =>
      aws.vpnConnections.some(({ customerGateway }) => customerGateway === one),
    ),
    ...unused(estate.ofType(randomTypes.randomPassword), "AWS tunnel", ({ outputs }) =>
      keys.includes(text(outputs, "result")),
    ),
    ...unused(azure.securityGroups, "client subnet", (one) =>
      azure.subnets.some(({ securityGroup }) => securityGroup === one),
    ),
  ];
}

/** Where there is a log group, every tunnel logs to it: those of a connection that should, and whether they do. */
function slotsThatLog(connection: AwsVpnConnection, estate: Estate) {
  const groups = estate.ofType(awsTypes.logGroup);
  const arns = groups.map(({ outputs }) => text(outputs, "arn"));
  const { inputs } = connection.resource;
  return connection.tunnels
    .filter(({ slot }) => groups.length > 0 || inputs[`tunnel${slot}LogOptions`] !== undefined)
    .map(({ slot }) => {
      const option = (name: string) => `tunnel${slot}LogOptions.cloudwatchLogOptions.${name}`;
      const logs = (enabled: string, arn: string, format: string) =>
        isTrue(inputs, option(enabled)) &&
        arns.includes(text(inputs, option(arn))) &&
        text(inputs, option(format)) === "json";
      const complete =
        logs("logEnabled", "logGroupArn", "logOutputFormat") &&
        (connection.staticRoutesOnly || logs("bgpLogEnabled", "bgpLogGroupArn", "bgpLogOutputFormat"));
      return { connection, slot, complete };
    });
}

function addressesOf({ azure }: Estate) {
  return azure.gateways.flatMap((gateway) =>
    gateway.instances.flatMap(({ publicIp }) => (publicIp === undefined ? [] : [{ gateway, publicIp }])),
  );
}
