import { join, resolve } from "node:path";
import { record } from "../../rehearsal/run/record";
import type { RecordedResource, Recording } from "../../rehearsal/model/recording";
import { everySwitch } from "../settings/everySwitch";

export const projectDir = resolve(__dirname, "../..");

export interface Run {
  readonly title: string;
  readonly stack: string;
  readonly config?: Readonly<Record<string, string>>;
  /** Components beside those that every stack has. */
  readonly also?: readonly string[];
}

const setting = (name: string) => `azure-s3-privatelink:${name}`;

/** Both stacks as they are, and what they leave untried: every topology with every kind of SKU that it takes, and options. */
export const runs = {
  dev: { title: "dev (single-tunnel, Basic)", stack: "dev" },
  devZoned: {
    title: "dev with single-tunnel and VpnGw1AZ",
    stack: "dev",
    config: { [setting("gatewaySku")]: "VpnGw1AZ", [setting("gatewaySubnetCidr")]: "10.0.1.224/27" },
  },
  dualBasic: {
    title: "dev with dual-tunnel and Basic",
    stack: "dev",
    config: { [setting("vpnTopology")]: "dual-tunnel", [setting("gatewaySku")]: "Basic" },
  },
  dual: {
    title: "dev with dual-tunnel",
    stack: "dev",
    config: { [setting("vpnTopology")]: "dual-tunnel", [setting("gatewaySubnetCidr")]: "10.0.1.224/27" },
  },
  watched: {
    title: "dev with alarms",
    stack: "dev",
    config: { [setting("alarms")]: "true", [setting("alarmEmails")]: '["us@example.com"]' },
    also: ["alarms"],
  },
  prod: { title: "prod (active-active)", stack: "prod", also: ["alarms", "logs", "audit"] },
  logged: {
    title: "dev with flow and access logs",
    stack: "dev",
    config: { [setting("flowLogs")]: "true", [setting("accessLogs")]: "true" },
    also: ["logs"],
  },
  locked: {
    title: "dev with a bucket that is locked",
    stack: "dev",
    config: {
      [setting("buckets")]:
        '[{"name":"data","access":"read"},{"name":"archive","access":"readWrite","lockDays":30}]',
      [setting("oldVersionDays")]: "90",
    },
  },
  audited: {
    title: "dev with a trail and alarms, in IAM's own region",
    stack: "dev",
    config: {
      "aws:region": "us-east-1",
      [setting("auditTrail")]: "true",
      [setting("alarms")]: "true",
      [setting("alarmEmails")]: '["us@example.com"]',
    },
    also: ["alarms", "logs", "audit"],
  },
  switched: {
    title: "dev with every switch on",
    stack: "dev",
    config: everySwitch,
    also: ["alarms", "logs", "audit", "client"],
  },
  client: {
    title: "dev with a client inside",
    stack: "dev",
    config: { [setting("clientVm")]: "true" },
    also: ["client"],
  },
} as const satisfies Record<string, Run>;

/** All of them by what they have in common. */
export const allRuns: readonly Run[] = Object.values(runs);

const recordings = new Map<string, Promise<Recording>>();

/** The recording of a run, made once: nobody changes it. */
export function recordingOf(run: Run, options: { readonly preview?: boolean } = {}): Promise<Recording> {
  const key = JSON.stringify([run, options]);
  const made = recordings.get(key) ?? record({ projectDir, ...run, ...options });
  recordings.set(key, made);
  return made;
}

export function ofType(recording: Recording, type: string): RecordedResource[] {
  return recording.resources.filter((resource) => resource.type === type);
}

export function named(recording: Recording, name: string): RecordedResource {
  const found = recording.resources.filter((resource) => resource.name === name);
  if (found[0] === undefined || found.length > 1)
    throw new Error(`${found.length} resources are called ${name}`);
  return found[0];
}

/** Everything that a resource waits for, however far back. */
export function ancestors(recording: Recording, name: string): Set<string> {
  const byUrn = new Map(recording.resources.map((resource) => [resource.urn, resource]));
  const seen = new Set<string>();
  const visit = (resource: RecordedResource) => {
    // A component waits for its arguments, and what is in it for the component.
    const component = byUrn.get(resource.parent ?? "");
    for (const urn of [...resource.dependencies, ...(component?.dependencies ?? [])]) {
      const dependency = byUrn.get(urn);
      if (dependency === undefined || seen.has(dependency.name)) continue;
      seen.add(dependency.name);
      visit(dependency);
    }
  };
  visit(named(recording, name));
  return seen;
}

export const stackFile = (stack: string) => join(projectDir, `Pulumi.${stack}.yaml`);
