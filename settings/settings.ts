import * as pulumi from "@pulumi/pulumi";
import type { LogKind } from "../monitoring/logPolicies";
import { planAwsSubnets, type AwsSubnetPlan } from "../network/cidr";
import { azureSubnetsOf } from "./azureSubnets";
import { checkSettings } from "./checks";
import { skuOf } from "./gatewaySkus";
import { problemLine, type Problem } from "./problem";
import { readRaw, type RawConfig } from "./reading";
import type { GivenSettings } from "./schema";
import type { TunnelName, Topology } from "../vpn/tunnels";

export interface BucketSettings {
  /** The bucket's key for good: resources and outputs are named by it. */
  readonly name: string;
  readonly access: "read" | "readWrite";
  /** S3's name; undefined for a generated one. */
  readonly bucketName: string | undefined;
}

/** A stack's configuration, checked and complete. Each setting is described in settings/schema.ts. */
export interface Settings {
  readonly awsRegion: string;
  readonly azureLocation: string;
  readonly azureCidr: string;
  readonly clientSubnetCidr: string;
  readonly gatewaySubnetCidr: string;
  readonly awsCidr: string;
  readonly awsSubnets: readonly AwsSubnetPlan[];
  readonly topology: Topology;
  readonly presharedKeyGenerations: Readonly<Record<TunnelName, number>>;
  readonly tunnelLogs: boolean;
  /** Who is told of an alarm; undefined where nothing watches. */
  readonly alarms: { readonly emails: readonly string[] } | undefined;
  /** What goes to the log bucket; without any there is none. */
  readonly logKinds: readonly LogKind[];
  readonly buckets: readonly BucketSettings[];
  readonly perimeter: "allow" | "enforced";
  readonly trustedPrincipals: readonly string[];
  readonly sampleObject: boolean;
  readonly clientVm: boolean;
  readonly tags: Readonly<Record<string, string>>;
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
  const prefix = `${pulumi.getProject()}:`;
  const all = Object.entries(pulumi.runtime.allConfig());
  const values = all.flatMap(([key, value]): [string, string][] => {
    if (key.startsWith(prefix)) return [[key.slice(prefix.length), value]];
    return key === "aws:region" || key === "azure-native:location" ? [[key, value]] : [];
  });
  const secretKeys = all.flatMap(([key]) => (isSecret(key) ? [key.replace(prefix, "")] : []));
  return parseSettings({ values: Object.fromEntries(values), secretKeys });
}

/** Settings from raw configuration values, or a SettingsError with every problem in them. */
export function parseSettings(raw: RawConfig): Settings {
  const { given, problems } = readRaw(raw);
  const all = [...problems, ...checkSettings(given)];
  if (all.length > 0) throw new SettingsError(all);
  // Every key parsed: a missing or malformed one is among the problems.
  return complete(given as GivenSettings);
}

/** The settings with what derives from others filled in. */
function complete(given: GivenSettings): Settings {
  const azureSubnets = azureSubnetsOf({ ...given, sku: skuOf(given) });
  return {
    awsRegion: given["aws:region"],
    azureLocation: given["azure-native:location"],
    azureCidr: given.azureCidr,
    clientSubnetCidr: azureSubnets.client,
    gatewaySubnetCidr: azureSubnets.gateway,
    awsCidr: given.awsCidr,
    awsSubnets: planAwsSubnets({ network: given.awsCidr, zones: given.awsZones }),
    topology: topologyOf(given),
    presharedKeyGenerations: given.presharedKeyGenerations,
    tunnelLogs: given.tunnelLogs,
    alarms: given.alarms ? { emails: given.alarmEmails } : undefined,
    logKinds: logKindsOf(given),
    buckets: given.buckets.map(({ name, access, bucketName }) => ({ name, access, bucketName })),
    perimeter: given.perimeter,
    trustedPrincipals: given.trustedPrincipals,
    sampleObject: given.sampleObject,
    clientVm: given.clientVm,
    tags: given.tags,
  };
}

function topologyOf(given: GivenSettings): Topology {
  const { vpnTopology: kind, tunnelInsideCidrs: insideCidrs, azureAsn, awsAsn } = given;
  const sku = skuOf(given);
  if (kind !== "active-active") return { kind, sku, insideCidrs };
  if (sku === "Basic") throw new Error("checkSettings let Basic through for active-active");
  return { kind, sku, azureAsn, awsAsn, insideCidrs };
}

function logKindsOf({ flowLogs, accessLogs }: GivenSettings): LogKind[] {
  return [...(flowLogs ? (["flow"] as const) : []), ...(accessLogs ? (["access"] as const) : [])];
}

/** Marked internal in the SDK's typings; its run time has it, and no public function tells (3.248, runtime/config.js). */
function isSecret(key: string): boolean {
  const { isConfigSecret } = pulumi.runtime as typeof pulumi.runtime & {
    readonly isConfigSecret: (key: string) => boolean;
  };
  return isConfigSecret(key);
}
