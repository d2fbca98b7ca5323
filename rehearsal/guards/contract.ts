import { awsTypes, azureTypes, type ResourceType } from "../model/resourceTypes";
import { sameAzureId } from "../model/azureIds";
import { readerOf } from "../access/reader";
import { isProps, isTrue, knownStrings, number, text, valuesAt } from "../model/values";
import { parsePolicy, UnsupportedPolicyError } from "../iam/document";
import { valuesOf } from "../iam/signature";
import type { Tunnel } from "../tunnels/tunnels";
import type { Estate } from "../estate/estate";
import { type Item, ownOf } from "../estate/estateIndex";
import type { Finding } from "../model/findings";
import { bucketName, firstBucketName } from "../estate/logDeliveries";
import type { Intent } from "../model/intent";
import { agreed, awsOffers, azureOffers, type Proposal } from "../tunnels/negotiation";
import { clientSubnets } from "../estate/clientNetworks";
import type { Props, Value } from "../model/recording";

/** One statement of the stack's outputs, and what the estate says. */
interface Statement {
  readonly output: string;
  readonly stated: readonly string[];
  readonly real: readonly string[];
  readonly item: Item | undefined;
}

/** What the outputs promise by themselves must be so: networks, places, tunnels, the suite. */
export function judgeContract(
  estate: Estate,
  intent: Intent,
  tunnels: readonly Tunnel[],
): readonly Finding[] {
  const { link, outputs } = estate;
  const { vpc, azureNetwork: network, azureGateway: gateway, endpoint, awsSubnets } = link;
  const used = tunnels.filter((tunnel) => !tunnel.spare);
  const first = firstBucketName(outputs);
  const command = `aws s3 --endpoint-url ${text(outputs, "endpointUrl") ?? ""} --region ${text(outputs, "awsRegion") ?? ""} ls s3://`;
  const subnetIds = propsAt(outputs, "awsNetwork.subnetIds");
  const promises: readonly Statement[] = [
    say(outputs, "awsNetwork.cidr", [vpc?.cidrs[0]], vpc),
    say(outputs, "azureNetwork.cidr", network?.prefixes ?? [], network),
    say(outputs, "azureLocation", [text(network?.resource.inputs, "location")], network),
    say(outputs, "firstBucket", [intent.firstBucket]),
    say(outputs, "listCommand", first === undefined ? [] : [command + first]),
    ...exemptPromises(estate),
    ...logPromises(estate),
    ...awsSubnets.map((subnet): Statement => {
      const zone = text(subnet.resource.inputs, "availabilityZone") ?? "any";
      const output = `awsNetwork.subnetIds.${zone}`;
      return { output, stated: texts(text(subnetIds[zone], "")), real: [subnet.resource.id], item: subnet };
    }),
    {
      output: "awsNetwork.subnetIds",
      stated: Object.values(subnetIds).map(String),
      real: awsSubnets.map((subnet) => subnet.resource.id),
      item: endpoint ?? vpc,
    },
    say(outputs, "vpn.routing", [...new Set(used.map(({ routing }) => routing))], gateway),
    say(outputs, "vpn.topology", [topologyOf(estate, used)], gateway),
    {
      output: "vpn.tunnels",
      stated: knownStrings(outputs, "vpn.tunnels.name"),
      real: used.map((tunnel) => tunnel.name),
      item: gateway,
    },
    ...used.flatMap((tunnel) => tunnelPromises(outputs, tunnel)),
  ];
  return promises.flatMap((promise) => broken("contract", promise));
}

/** The output names whom the policies exempt; whom they may exempt is judged with the access. */
function exemptPromises(estate: Estate): readonly Statement[] {
  const policies = estate.dataBuckets.flatMap((bucket) =>
    estate.ofBucket(awsTypes.bucketPolicy, bucketName(bucket)),
  );
  const exempt = policies.flatMap(({ inputs }) => exemptIn(text(inputs, "policy")));
  const [resource] = policies;
  const promise = say(estate.outputs, "exemptPrincipals", [...new Set(exempt)], resource && { resource });
  return promise.stated.length > 0 || promise.real.length > 0 ? [promise] : [];
}

/** What the evaluator cannot read is a finding by itself. */
function exemptIn(json: string | undefined): readonly string[] {
  if (json === undefined) return [];
  try {
    return valuesOf([parsePolicy("bucket", json)], "aws:principalarn");
  } catch (error) {
    if (error instanceof UnsupportedPolicyError) return [];
    throw error;
  }
}

/** Where logs go, they are told; where there are none, nothing is. */
function logPromises(estate: Estate): readonly Statement[] {
  const [resource] = estate.logBuckets;
  const item = resource && { resource };
  const kinds = new Set(estate.logDeliveries.map(({ kind }) => kind));
  return [
    say(estate.outputs, "logBucketName", estate.logBuckets.map(bucketName), item),
    say(estate.outputs, "logKinds", [...kinds], item),
  ].filter(({ stated, real }) => stated.length > 0 || real.length > 0);
}

/** What the outputs repeat of the resources must be what these say. */
export function judgeEchoes(estate: Estate, tunnels: readonly Tunnel[]): readonly Finding[] {
  const { aws, link, outputs } = estate;
  const { endpoint, azureGateway: gateway, azureNetwork: network, vpc, vpnGateway } = link;
  const [client] = clientSubnets(estate);
  const tables = ownOf(aws.routeTables);
  const connections = ownOf(aws.vpnConnections);
  const [key] = estate.ofType(awsTypes.accessKey);
  const named = (type: ResourceType, property: string) =>
    estate.ofType(type).map((r) => text(r.outputs, property));
  const echoes: readonly Statement[] = [
    say(outputs, "endpointId", ids(ownOf(aws.endpoints)), endpoint),
    say(outputs, "buckets.*.bucketName", estate.dataBuckets.map(bucketName)),
    say(outputs, "readerArn", [readerOf(estate)]),
    say(outputs, "readerAccessKeyId", [key?.id]),
    secretStatement(
      "readerSecretAccessKey",
      text(outputs, "readerSecretAccessKey"),
      text(key?.outputs, "secret"),
    ),
    say(outputs, "awsNetwork.vpcId", idOf(vpc), vpc),
    say(outputs, "awsNetwork.routeTableId", ids(tables), tables[0]),
    say(outputs, "awsNetwork.endpointSecurityGroupId", endpoint?.securityGroupIds ?? [], endpoint),
    say(outputs, "azureNetwork.resourceGroupName", named(azureTypes.resourceGroup, "name")),
    say(outputs, "azureNetwork.virtualNetworkId", idOf(network), network),
    say(outputs, "azureNetwork.clientSubnetId", [client?.resource.id], client),
    say(outputs, "azureNetwork.clientSecurityGroupId", [client?.securityGroupId], client),
    say(outputs, "vpn.azureGatewayId", [gateway?.resource.id], gateway),
    say(outputs, "vpn.awsGatewayId", idOf(vpnGateway), vpnGateway),
    say(outputs, "vpn.awsConnectionIds", ids(connections), connections[0]),
    ...machineEchoes(estate),
    ...tunnels.filter((tunnel) => !tunnel.spare).flatMap((tunnel) => tunnelEchoes(outputs, tunnel)),
    ...alarmEchoes(estate),
  ];
  return echoes.flatMap((echo) => broken("output", echo));
}

/** Nothing is said of alarms where there are none. */
function alarmEchoes({ outputs, alarms: watch }: Estate): readonly Statement[] {
  const { topics, actionGroups, workspaces } = watch;
  const isHere = ({ resource }: Item) => text(resource.outputs, "region") === text(outputs, "awsRegion");
  const [topicsHere, topicsElsewhere] = [topics.filter(isHere), topics.filter((one) => !isHere(one))];
  const parts: readonly (readonly Item[])[] = [topics, actionGroups, workspaces];
  if (outputs["alarms"] === undefined && parts.every((items) => items.length === 0)) return [];
  return [
    say(outputs, "alarms.topicArn", ids(topicsHere), topicsHere[0]),
    ...(topicsElsewhere.length === 0 && outputs["iamTopicArn"] === undefined
      ? []
      : [say(outputs, "iamTopicArn", ids(topicsElsewhere), topicsElsewhere[0])]),
    say(outputs, "alarms.actionGroupId", ids(actionGroups), actionGroups[0]),
    say(outputs, "alarms.workspaceId", ids(workspaces), workspaces[0]),
  ];
}

/** A stack without a client says nothing of one. */
function machineEchoes({ azure: { machines }, outputs }: Estate): readonly Statement[] {
  if (machines.length === 0 && outputs["clientVm"] === undefined) return [];
  return [
    say(outputs, "clientVm.id", ids(machines), machines[0]),
    say(
      outputs,
      "clientVm.name",
      machines.map(({ resource }) => text(resource.outputs, "name")),
      machines[0],
    ),
  ];
}

function idOf(item: Item | undefined): readonly string[] {
  return item === undefined ? [] : ids([item]);
}

function ids(items: readonly Item[]): readonly string[] {
  return items.map(({ resource }) => resource.id);
}

function say(outputs: Props, output: string, real: readonly (string | undefined)[], item?: Item): Statement {
  const [holder = "", ...rest] = output.split(".*.");
  const within = rest.length === 0 ? [outputs] : Object.values(propsAt(outputs, holder));
  const stated = within.flatMap((value) => knownStrings(value, rest[0] ?? output));
  return { output, stated, real: real.filter((value) => value !== undefined), item };
}

/** A secret is compared and never shown. */
function secretStatement(output: string, stated: string | undefined, real: string | undefined): Statement {
  const same = stated !== undefined && stated === real;
  return { output, stated: ["a secret"], real: [same ? "a secret" : "another one"], item: undefined };
}

function broken(kind: "contract" | "output", statement: Statement): readonly Finding[] {
  const { output, stated, real, item } = statement;
  if (sameSet(stated, real)) return [];
  const words = (values: readonly string[]) => values.join(", ") || "nothing";
  return [
    {
      outcome: "broken",
      kind,
      place: item?.resource.urn ?? "",
      others: [],
      problem: `the output ${output} says ${words(stated)}, the recorded resources ${words(real)}`,
      fix: "export what exists, or create what is exported",
    },
  ];
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  const within = (parts: readonly string[], whole: readonly string[]) =>
    parts.every((part) =>
      whole.some((item) => item === part || (part.startsWith("/") && sameAzureId(item, part))),
    );
  return one.length === other.length && within(one, other) && within(other, one);
}

function topologyOf(estate: Estate, used: readonly Tunnel[]): string {
  const gateway = estate.link.azureGateway;
  const twoInstances = gateway?.activeActive === true;
  // Others' gateway may have two instances, of which this stack uses one.
  const one = !twoInstances || gateway.resource.foreign === true;
  if (used.length === 4 && twoInstances) return "active-active";
  if (used.length === 2 && one) return "dual-tunnel";
  return used.length === 1 && one ? "single-tunnel" : `${String(used.length)} tunnels`;
}

function tunnelPromises(outputs: Props, { name, azure, aws }: Tunnel): readonly Statement[] {
  const stated = tunnelOutput(outputs, name);
  const item = aws?.connection ?? azure?.connection;
  const suite = valuesAt(outputs, "vpn.ipsec")[0];
  const offers =
    azure === undefined || aws === undefined
      ? undefined
      : { azure: azureOffers(azure.connection.policy), aws: awsOffers(aws.tunnel) };
  const ike = offers && agreed(offers.aws.ike, offers.azure.ike);
  const esp = offers && agreed(offers.aws.espAsInitiator, offers.azure.espAsResponder);
  return [
    {
      output: `vpn.tunnels ${name} insideCidr`,
      stated: knownStrings(stated, "insideCidr"),
      real: texts(aws?.tunnel.insideCidr),
      item,
    },
    {
      output: `vpn.tunnels ${name} awsSlot`,
      stated: texts(number(stated, "awsSlot")?.toString()),
      real: texts(aws?.tunnel.slot.toString()),
      item,
    },
    {
      output: `vpn.ipsec of ${name}`,
      stated: [
        suiteInWords(suite, "ike"),
        suiteInWords(suite, "esp"),
        String(isTrue(suite, "pinnedOnAzure")),
      ],
      real:
        offers === undefined
          ? []
          : [
              agreedInWords(ike, offers.aws.ikeLifetimeSeconds),
              agreedInWords(esp, offers.aws.espLifetimeSeconds),
              String(offers.azure.pinned),
            ],
      item,
    },
  ];
}

function agreedInWords(proposal: Proposal | undefined, lifetimeSeconds: number): string {
  if (proposal === undefined) return "no common suite";
  return [proposal.encryption, proposal.integrity, proposal.dhGroup, lifetimeSeconds].join(" ");
}

/** The suite's words are the program's own; the clouds' are longer. */
function suiteInWords(suite: Value | undefined, phase: "ike" | "esp"): string {
  const longer: Readonly<Record<string, string>> = { "AES256-GCM": "AES256-GCM-16", GCM: "AEAD" };
  const word = (field: string) => {
    const value = text(suite, `${phase}.${field}`) ?? String(number(suite, `${phase}.${field}`));
    return longer[value] ?? value.replace(/^SHA(256|384)$/, "SHA2-$1");
  };
  const group = phase === "ike" ? "dhGroup" : "pfsGroup";
  return [word("encryption"), word("integrity"), word(group), word("lifetimeSeconds")].join(" ");
}

function tunnelEchoes(outputs: Props, { name, azure, aws }: Tunnel): readonly Statement[] {
  const stated = tunnelOutput(outputs, name);
  const echo = (field: string, real: string | undefined, item: Item | undefined): Statement => ({
    output: `vpn.tunnels ${name} ${field}`,
    stated: knownStrings(stated, field),
    real: texts(real),
    item,
  });
  return [
    echo("azureConnectionId", azure?.connection.resource.id, azure?.connection),
    echo("azurePublicAddress", azure?.instance?.publicIp?.address, azure?.connection),
    echo("awsConnectionId", aws?.connection.resource.id, aws?.connection),
    echo("awsOutsideAddress", aws?.tunnel.outsideAddress, aws?.connection),
  ];
}

function tunnelOutput(outputs: Props, name: string): Value | undefined {
  return valuesAt(outputs, "vpn.tunnels").find((tunnel) => text(tunnel, "name") === name);
}

function texts(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value];
}

function propsAt(outputs: Props, path: string): Props {
  const [found] = valuesAt(outputs, path);
  return isProps(found) ? found : {};
}
