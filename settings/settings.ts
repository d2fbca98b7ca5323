import * as pulumi from "@pulumi/pulumi";
import type { LinkAlarmsArgs } from "../monitoring/linkAlarms";
import type { TrafficLogsArgs } from "../monitoring/trafficLogs";
import { planAwsSubnets } from "../network/cidr";
import type { Join } from "../network/existing/join";
import type { AwsNetworkPlan, AzureNetworkPlan } from "../network/networks";
import type { PrivateLinkBucketArgs } from "../s3access/privateLinkBucket";
import type { CrossCloudVpnArgs } from "../vpn/crossCloudVpn";
import { azureBgpAddresses, planVpn, type Topology } from "../vpn/tunnels";
import { azureSubnetsOf } from "./azureSubnets";
import { checkSettings } from "./checks";
import { checkDefaultTags } from "./defaultTags";
import { skuOf, smallestGatewaySubnet } from "./gatewaySkus";
import { noticesOf } from "./notices";
import { problemLine, type Problem } from "./problem";
import { readRaw, type RawConfig } from "./reading";
import type { GivenSettings } from "./schema";

/**
 * A stack's configuration, checked, complete and sorted by component: what each one can get before any resource
 * exists. Each setting is described in settings/schema.ts.
 */
export interface Settings {
  /** What the stack joins; undefined where it joins nothing. */
  readonly join: Join | undefined;
  readonly azureNetwork: AzureNetworkPlan;
  readonly awsNetwork: AwsNetworkPlan;
  /** What existing gateways decide themselves, their SKU and ASNs, stands at its default until they are read. */
  readonly vpn: Pick<
    CrossCloudVpnArgs,
    "topology" | "presharedKeyGenerations" | "tunnelLogs" | "protection" | "clients"
  >;
  /** Undefined where nothing watches. */
  readonly alarms: Pick<LinkAlarmsArgs, "emails" | "protection"> | undefined;
  /** Undefined where nothing goes to a log bucket: then there is none. */
  readonly logs: Pick<TrafficLogsArgs, "region" | "kinds" | "protection"> | undefined;
  readonly s3: Omit<PrivateLinkBucketArgs, "vpcId" | "subnetIds" | "accessLogs" | "tags">;
  readonly clientVm: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** What the user should know before the first resource; nothing of it is wrong. */
  readonly notices: readonly string[];
}

/** Everything wrong with a stack's configuration. Pulumi prints a RunError's message without a stack trace. */
export class SettingsError extends pulumi.RunError {
  override readonly name = "SettingsError";

  constructor(readonly problems: readonly Problem[]) {
    const heading =
      problems.length === 1
        ? "Nothing was touched: one setting of this stack must change."
        : `Nothing was touched: ${problems.length} problems in this stack's settings.`;
    super([heading, ...problems.map((problem) => `  ${problemLine(problem)}`)].join("\n"));
  }
}

/** The configuration of the running stack. Nothing else in the program reads it. */
export function readSettings(): Settings {
  const project = pulumi.getProject();
  const prefix = `${project}:`;
  const plain = (key: string) => (key.startsWith(prefix) ? key.slice(prefix.length) : key);
  const all = Object.entries(pulumi.runtime.allConfig());
  const values = Object.fromEntries(all.map(([key, value]) => [plain(key), value]));
  const secretKeys = all.flatMap(([key]) => (isSecret(key) ? [plain(key)] : []));
  return parseSettings({
    values,
    project,
    stack: pulumi.getStack(),
    secretKeys,
    defaultTags: values["aws:defaultTags"],
  });
}

/** Settings from raw configuration values, or a SettingsError with every problem in them. */
export function parseSettings(raw: RawConfig): Settings {
  const { given, problems } = readRaw(raw);
  const all = [...problems, ...checkSettings(given), ...checkDefaultTags(given, raw.defaultTags)];
  if (all.length > 0) throw new SettingsError(all);
  // Every key parsed: a missing or malformed one is among the problems.
  return complete(given as GivenSettings, raw);
}

/** The settings with what derives from others filled in. */
function complete(given: GivenSettings, raw: RawConfig): Settings {
  const { stack = "", project = "azure-s3-privatelink" } = raw;
  const { protection, "aws:region": region, azureClients } = given;
  const azureNetwork = azureNetworkOf(given, ownName(project, stack));
  const awsNetwork = awsNetworkOf(given);
  const { clientSubnetCidr } = azureNetwork;
  const clients = { ...(clientSubnetCidr === undefined ? {} : { azure: clientSubnetCidr }), ...azureClients };
  const topology = topologyOf(given);
  // Static tunnels lead to the stack's own network as a whole, and in another's to the clients alone.
  const beside = azureNetwork.kind === "new" ? azureClients : clients;
  const sku = given.azureGatewayId === undefined ? skuOf(given) : undefined;
  return {
    join: joinOf(given, { project, stack, clients, topology }),
    azureNetwork,
    awsNetwork,
    vpn: {
      topology,
      presharedKeyGenerations: given.presharedKeyGenerations,
      tunnelLogs: given.tunnelLogs,
      protection,
      ...(Object.keys(beside).length === 0 ? {} : { clients: beside }),
    },
    alarms: given.alarms ? { emails: given.alarmEmails, protection } : undefined,
    logs: logsOf(given),
    s3: {
      region,
      // The machines of an existing VPC are others', and have no need of the endpoint.
      clients: { ...clients, ...(awsNetwork.kind === "new" ? { aws: awsNetwork.cidr } : {}) },
      buckets: given.buckets.map(({ name, access, bucketName, lockDays }) => ({
        name,
        access,
        bucketName,
        lockDays,
      })),
      perimeter: given.perimeter,
      deployers: given.deployers.length === 0 ? undefined : given.deployers,
      trustedPrincipals: given.trustedPrincipals,
      presignedUrlMinutes: given.presignedUrlMinutes,
      sampleObject: given.sampleObject,
      oldVersionDays: given.oldVersionDays === 0 ? undefined : given.oldVersionDays,
      protection,
    },
    clientVm: given.clientVm,
    tags: given.tags,
    notices: noticesOf({ ...given, stack, location: given["azure-native:location"], sku }),
  };
}

/** Names what the stack makes in networks of others. */
function ownName(project: string, stack: string): string {
  return `${project}-${stack}`;
}

function azureNetworkOf(given: GivenSettings, name: string): AzureNetworkPlan {
  const { azureCidr: cidr, clientSubnetCidr, gatewaySubnetCidr } = given;
  const { "azure-native:location": location, azureResourceGroup: resourceGroup, protection } = given;
  const common = { location, resourceGroup, protection };
  if (cidr === undefined)
    return { kind: "existing", ownName: name, clientSubnetCidr, gatewaySubnetCidr, ...common };
  const subnets = azureSubnetsOf({ ...given, azureCidr: cidr, sku: skuOf(given) });
  const { client, gateway } = subnets;
  const allowed = given.dnsSecurityPolicy ? { allowedDomains: [endpointDomain(given["aws:region"])] } : {};
  return { kind: "new", cidr, clientSubnetCidr: client, gatewaySubnetCidr: gateway, ...allowed, ...common };
}

/** Below it are all names of S3's interface endpoints in a region; the last dot says that it is a whole name. */
function endpointDomain(region: string): string {
  return `s3.${region}.vpce.amazonaws.com.`;
}

function awsNetworkOf({ awsCidr: cidr, awsZones: zones }: GivenSettings): AwsNetworkPlan {
  if (cidr === undefined) return { kind: "existing" };
  return { kind: "new", cidr, subnets: planAwsSubnets({ network: cidr, zones }) };
}

function joinOf(
  given: GivenSettings,
  stack: Join["ownTags"] & Pick<Join, "clients"> & { readonly topology: Topology },
): Join | undefined {
  const { azureCidr, azureVirtualNetworkId, awsCidr, awsVpcId, azureSpokes, azureClients } = given;
  const joins = azureVirtualNetworkId !== undefined || awsVpcId !== undefined || azureSpokes.length > 0;
  if (!joins && Object.keys(azureClients).length === 0) return undefined;
  const { routing, tunnels, azureInstances } = planVpn(stack.topology);
  const bgp = routing.kind === "bgp";
  const { project, stack: name } = stack;
  return {
    ownName: ownName(project, name),
    ownTags: { project, stack: name },
    location: given["azure-native:location"],
    region: given["aws:region"],
    azure:
      azureVirtualNetworkId === undefined
        ? { kind: "new", cidr: azureCidr ?? "" }
        : {
            kind: "existing",
            virtualNetworkId: azureVirtualNetworkId,
            gatewayId: given.azureGatewayId,
            clientSubnetCidr: given.clientSubnetCidr,
            gatewaySubnetCidr: given.gatewaySubnetCidr,
          },
    aws:
      awsVpcId === undefined
        ? { kind: "new", cidr: awsCidr ?? "" }
        : {
            kind: "existing",
            vpcId: awsVpcId,
            subnetIds: given.awsSubnetIds,
            gatewayId: given.awsGatewayId,
          },
    clients: stack.clients,
    spokeIds: azureSpokes,
    vpn: {
      topology: stack.topology.kind,
      bgp,
      awsAsn: given.awsAsn,
      azureAsn: given.azureAsn,
      bgpAddresses: bgp ? azureInstances.map((instance) => azureBgpAddresses(tunnels, instance)) : [],
      sku: skuOf(given),
      smallestGatewaySubnet: smallestGatewaySubnet(skuOf(given)),
    },
  };
}

function topologyOf(given: GivenSettings): Topology {
  const { vpnTopology: kind, tunnelInsideCidrs: insideCidrs, azureAsn, awsAsn } = given;
  const sku = skuOf(given);
  if (kind !== "active-active") return { kind, sku, insideCidrs };
  if (sku === "Basic") throw new Error("checkSettings let Basic through for active-active");
  return { kind, sku, azureAsn, awsAsn, insideCidrs };
}

function logsOf(given: GivenSettings): Settings["logs"] {
  const { flowLogs, accessLogs, auditTrail, protection, "aws:region": region } = given;
  const kinds = [
    ...(flowLogs ? (["flow"] as const) : []),
    ...(accessLogs ? (["access"] as const) : []),
    ...(auditTrail ? (["audit"] as const) : []),
  ];
  return kinds.length === 0 ? undefined : { region, kinds, protection };
}

/** Marked internal in the SDK's typings; it exists at run time, and no public function replaces it (3.248, runtime/config.js). */
function isSecret(key: string): boolean {
  const { isConfigSecret } = pulumi.runtime as typeof pulumi.runtime & {
    readonly isConfigSecret: (key: string) => boolean;
  };
  return isConfigSecret(key);
}
