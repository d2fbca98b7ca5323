import { awsTypes } from "./awsEstate";
import { azureTypes, sameAzureId } from "./azureEstate";
import { clientSubnets } from "./path";
import { readerOf } from "./callers";
import { knownStrings, text } from "./clouds/values";
import type { TunnelEnds } from "./ends";
import type { Estate } from "./estate";
import type { Finding } from "./findings";
import type { Value } from "./recording";

/** One promise of the stack's outputs, and what the estate says. */
interface Promised {
  readonly output: string;
  readonly stated: readonly string[];
  readonly real: readonly string[];
  readonly place: string;
}

/** The outputs tell other teams and operators what is really there. */
export function judgeContract(estate: Estate, tunnels: readonly TunnelEnds[]): readonly Finding[] {
  return [...promises(estate), ...tunnelPromises(estate, tunnels)]
    .filter(({ stated, real }) => !sameSet(stated, real))
    .map(({ output, stated, real, place }) => ({
      kind: "contract",
      place,
      others: [],
      problem: `the output ${output} says ${stated.join(", ") || "nothing"}, the estate ${real.join(", ") || "nothing"}`,
      fix: "export what the resources say",
    }));
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  const within = (parts: readonly string[], whole: readonly string[]) =>
    parts.every((part) =>
      whole.some((item) => item === part || (part.startsWith("/") && sameAzureId(item, part))),
    );
  return one.length > 0 && one.length === other.length && within(one, other) && within(other, one);
}

function promises(estate: Estate): readonly Promised[] {
  const { aws, azure } = estate;
  const [vpc] = aws.vpcs;
  const [endpoint] = aws.endpoints;
  const [network] = azure.networks;
  const [gateway] = azure.gateways;
  const [client] = clientSubnets(estate);
  const buckets = estate.ofType(awsTypes.bucket).map((bucket) => text(bucket.outputs, "bucket") ?? "");
  const [key] = estate.ofType(awsTypes.accessKey);
  const promise = (
    output: string,
    real: readonly (string | undefined)[],
    item?: { resource: { urn: string } },
  ): Promised => ({
    output,
    stated: leaves(at(estate.outputs, output)),
    real: real.filter((value) => value !== undefined),
    place: item?.resource.urn ?? "",
  });
  const url = text(estate.outputs, "endpointUrl") ?? "";
  const region = text(estate.outputs, "awsRegion") ?? "";
  return [
    promise("endpointId", [endpoint?.resource.id], endpoint),
    promise("listCommand", [
      `aws s3 --endpoint-url ${url} --region ${region} ls s3://${firstBucket(estate)}`,
    ]),
    {
      ...promise("buckets", buckets),
      stated: knownStrings(Object.values(asObject(estate.outputs["buckets"])), "bucketName"),
    },
    promise("readerArn", [readerOf(estate)]),
    promise("readerAccessKeyId", [key?.id]),
    promise("readerSecretAccessKey", [text(key?.outputs, "secret")]),
    promise("awsNetwork.vpcId", [vpc?.resource.id], vpc),
    promise("awsNetwork.cidr", [vpc?.cidr], vpc),
    promise(
      "awsNetwork.routeTableId",
      aws.routeTables.map((table) => table.resource.id),
    ),
    promise(
      "awsNetwork.subnetIds",
      aws.subnets.map((subnet) => subnet.resource.id),
    ),
    promise("awsNetwork.endpointSecurityGroupId", endpoint?.securityGroupIds ?? [], endpoint),
    promise("azureLocation", [
      ...new Set(estate.ofType(azureTypes.network).map((n) => text(n.inputs, "location"))),
    ]),
    promise(
      "azureNetwork.resourceGroupName",
      estate.ofType(azureTypes.group).map((group) => text(group.outputs, "name")),
    ),
    promise("azureNetwork.virtualNetworkId", [network?.resource.id], network),
    promise("azureNetwork.cidr", network?.prefixes ?? [], network),
    promise("azureNetwork.clientSubnetId", [client?.resource.id], client),
    promise("azureNetwork.clientSecurityGroupId", [client?.securityGroupId], client),
    promise("vpn.azureGatewayId", [gateway?.resource.id], gateway),
    promise(
      "vpn.awsGatewayId",
      aws.vpnGateways.map((g) => g.resource.id),
    ),
    promise(
      "vpn.awsConnectionIds",
      aws.vpnConnections.map((c) => c.resource.id),
    ),
  ].map((entry) => (entry.output === "readerSecretAccessKey" ? hidden(entry) : entry));
}

/** A secret is compared and never shown. */
function hidden(entry: Promised): Promised {
  const same = sameSet(entry.stated, entry.real);
  return { ...entry, stated: ["a secret"], real: [same ? "a secret" : "another one"] };
}

function firstBucket(estate: Estate): string {
  return knownStrings(Object.values(asObject(estate.outputs["buckets"])), "bucketName")[0] ?? "";
}

/** The tunnels in use, end by end. */
function tunnelPromises(estate: Estate, tunnels: readonly TunnelEnds[]): readonly Promised[] {
  const stated = leafObjects(at(estate.outputs, "vpn.tunnels"));
  const used = tunnels.filter((tunnel) => !tunnel.spare);
  return [
    {
      output: "vpn.tunnels",
      stated: stated.flatMap((t) => knownStrings(t, "name")),
      real: used.map((t) => t.name),
      place: "",
    },
    ...used.flatMap((tunnel) => {
      const said = stated.find((t) => text(t, "name") === tunnel.name);
      const { azure, aws } = tunnel;
      const promise = (field: string, real: string | undefined): Promised => ({
        output: `vpn.tunnels ${tunnel.name} ${field}`,
        stated: knownStrings(said, field),
        real: real === undefined ? [] : [real],
        place: azure?.connection.resource.urn ?? aws?.connection.resource.urn ?? "",
      });
      return [
        promise("azureConnectionId", azure?.connection.resource.id),
        promise("azurePublicAddress", azure?.instance?.publicIp?.address),
        promise("awsConnectionId", aws?.connection.resource.id),
        promise("awsOutsideAddress", aws?.tunnel.outsideAddress),
        promise("insideCidr", aws?.tunnel.insideCidr),
      ];
    }),
  ];
}

function at(value: Value | undefined, path: string): Value | undefined {
  return path.split(".").reduce<Value | undefined>((found, step) => asObject(found)[step], value);
}

function asObject(value: Value | undefined): Readonly<Record<string, Value>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Value>>)
    : {};
}

function leaves(value: Value | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap((v: Value) => leaves(v))
    : [];
}

function leafObjects(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [];
}
