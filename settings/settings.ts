import * as pulumi from "@pulumi/pulumi";
import type { LinkAlarmsArgs } from "../monitoring/linkAlarms";
import type { TrafficLogsArgs } from "../monitoring/trafficLogs";
import type { AwsNetworkArgs } from "../network/awsNetwork";
import type { AzureNetworkArgs } from "../network/azureNetwork";
import { planAwsSubnets } from "../network/cidr";
import type { PrivateLinkBucketArgs } from "../s3access/privateLinkBucket";
import type { CrossCloudVpnArgs } from "../vpn/crossCloudVpn";
import type { Topology } from "../vpn/tunnels";
import { azureSubnetsOf } from "./azureSubnets";
import { checkSettings } from "./checks";
import { checkDefaultTags } from "./defaultTags";
import { skuOf } from "./gatewaySkus";
import { noticesOf } from "./notices";
import { problemLine, type Problem } from "./problem";
import { readRaw, type RawConfig } from "./reading";
import type { GivenSettings } from "./schema";

/**
 * A stack's configuration, checked, complete and sorted by component: what each one can get before any resource
 * exists. Each setting is described in settings/schema.ts.
 */
export interface Settings {
  readonly azureNetwork: Omit<AzureNetworkArgs, "tags">;
  readonly awsNetwork: Omit<AwsNetworkArgs, "tags">;
  readonly vpn: Pick<CrossCloudVpnArgs, "topology" | "presharedKeyGenerations" | "tunnelLogs" | "protection">;
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
  return complete(given as GivenSettings, raw.stack);
}

/** The settings with what derives from others filled in. */
function complete(given: GivenSettings, stack: string | undefined): Settings {
  const { azureCidr, awsCidr, protection, "aws:region": region } = given;
  const { client: clientSubnetCidr, gateway: gatewaySubnetCidr } = azureSubnetsOf({
    ...given,
    sku: skuOf(given),
  });
  return {
    azureNetwork: {
      location: given["azure-native:location"],
      resourceGroup: given.azureResourceGroup,
      cidr: azureCidr,
      clientSubnetCidr,
      gatewaySubnetCidr,
      peerCidr: awsCidr,
      protection,
    },
    awsNetwork: { cidr: awsCidr, subnets: planAwsSubnets({ network: awsCidr, zones: given.awsZones }) },
    vpn: {
      topology: topologyOf(given),
      presharedKeyGenerations: given.presharedKeyGenerations,
      tunnelLogs: given.tunnelLogs,
      protection,
    },
    alarms: given.alarms ? { emails: given.alarmEmails, protection } : undefined,
    logs: logsOf(given),
    s3: {
      region,
      clients: { azure: clientSubnetCidr, aws: awsCidr },
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
    notices: noticesOf({ ...given, stack, location: given["azure-native:location"], sku: skuOf(given) }),
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
