import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dump, load } from "js-yaml";

/**
 * Records what the real engine says of one change each, on simulated clouds: `npx tsx tests/operations/previews/record.ts`.
 * Run it again, and `npm run fix`, when the program registers something else.
 */
const root = path.resolve(__dirname, "../../..");
const project = "azure-s3-privatelink";

interface Change {
  readonly name: string;
  readonly stack: "dev" | "prod";
  /** Settings over those of the stack's file. */
  readonly settings: Readonly<Record<string, unknown>>;
}

const changes: readonly Change[] = [
  { name: "dev-new-key", stack: "dev", settings: { presharedKeyGenerations: { tunnel1: 2 } } },
  { name: "dev-unused-key", stack: "dev", settings: { presharedKeyGenerations: { tunnel2: 2 } } },
  { name: "dev-to-active-active", stack: "dev", settings: toActiveActive() },
  { name: "dev-client-inside", stack: "dev", settings: { clientVm: true } },
  { name: "dev-other-network", stack: "dev", settings: { awsCidr: "10.0.8.0/24" } },
  { name: "prod-new-key", stack: "prod", settings: { presharedKeyGenerations: { tunnel2: 2 } } },
  {
    name: "prod-all-keys",
    stack: "prod",
    settings: { presharedKeyGenerations: { tunnel1: 2, tunnel2: 2, tunnel3: 2, tunnel4: 2 } },
  },
  {
    name: "prod-tags",
    stack: "prod",
    settings: { tags: { environment: "production", owner: "somebody-else" } },
  },
  { name: "prod-larger-gateway", stack: "prod", settings: { gatewaySku: "VpnGw3AZ" } },
  {
    name: "prod-allow",
    stack: "prod",
    settings: { perimeter: "allow", deployers: [], trustedPrincipals: [] },
  },
  {
    name: "prod-one-more-trusted",
    stack: "prod",
    settings: {
      trustedPrincipals: ["role/break-glass", "role/auditors/alex"].map(
        (name) => `arn:aws:iam::123456789012:${name}`,
      ),
    },
  },
  {
    name: "prod-one-bucket-less",
    stack: "prod",
    settings: { buckets: [{ name: "reports", access: "read" }] },
  },
  { name: "prod-another-bucket", stack: "prod", settings: { buckets: threeBuckets() } },
  {
    name: "prod-inside-cidr",
    stack: "prod",
    settings: { tunnelInsideCidrs: { tunnel3: "169.254.21.12/30" } },
  },
  { name: "prod-without-logs", stack: "prod", settings: { tunnelLogs: false } },
  { name: "prod-without-traffic-logs", stack: "prod", settings: { flowLogs: false, accessLogs: false } },
  { name: "prod-without-alarms", stack: "prod", settings: { alarms: false, alarmEmails: [] } },
];

function toActiveActive() {
  return { vpnTopology: "active-active", gatewaySku: "VpnGw2AZ", gatewaySubnetCidr: "10.0.1.224/27" };
}

function threeBuckets() {
  return [
    { name: "reports", access: "read" },
    { name: "uploads", access: "readWrite" },
    { name: "archive", access: "read" },
  ];
}

function main(): void {
  const folder = mkdtempSync(path.join(tmpdir(), "previews-"));
  try {
    for (const stack of ["dev", "prod"] as const) {
      if (!changes.some((one) => one.stack === stack && isWanted(one.name))) continue;
      const keep = path.join(folder, stack);
      save(`${stack}-first`, preview(keep, stack, []));
      pulumi(keep, ["config", "set", "protection", "false", "--stack", stack]);
      pulumi(keep, ["up", "--yes", "--skip-preview", "--stack", stack]);
      for (const change of changes.filter((one) => one.stack === stack && isWanted(one.name))) {
        const file = path.join(folder, `Pulumi.${change.name}.yaml`);
        writeFileSync(file, withSettings(stack, change.settings));
        save(change.name, preview(keep, stack, ["--config-file", file]));
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Names as arguments record those changes alone. */
function isWanted(name: string): boolean {
  const wanted = process.argv.slice(2);
  return wanted.length === 0 || wanted.includes(name);
}

/** Without protection, which ends a preview of what deletes something: the review is to say what that does. */
function withSettings(stack: string, given: Change["settings"]): string {
  const settings = { protection: false, ...given };
  const file = load(readFileSync(path.join(root, `Pulumi.${stack}.yaml`), "utf8")) as { config: object };
  const changed = Object.entries(settings).map(([key, value]) => [`${project}:${key}`, value] as const);
  return dump({ ...file, config: { ...file.config, ...Object.fromEntries(changed) } });
}

function preview(keep: string, stack: string, args: readonly string[]): string {
  return pulumi(keep, ["preview", "--json", "--stack", stack, ...args]);
}

function pulumi(keep: string, args: readonly string[]): string {
  const tsx = path.join(root, "node_modules", ".bin", "tsx");
  process.stderr.write(`pulumi ${args.join(" ")}\n`);
  return execFileSync(tsx, [path.join(root, "operations", "pulumi.ts"), "--keep", keep, ...args], {
    encoding: "utf8",
    maxBuffer: 64e6,
  });
}

function save(name: string, json: string): void {
  const { config, steps, changeSummary } = JSON.parse(json) as Record<string, unknown>;
  const slim = (steps as readonly Record<string, unknown>[]).map((step) => ({
    ...only(step, ["op", "urn", "diffReasons", "replaceReasons", "detailedDiff"]),
    ...Object.fromEntries(
      ["oldState", "newState"].flatMap((which) => {
        const state = step[which] as State | undefined;
        const retained =
          state?.retainOnDelete === true && step["op"] === "delete" ? { retainOnDelete: true } : {};
        const kept = { ...slimState(state), ...retained };
        return Object.keys(kept).length === 0 ? [] : [[which, kept]];
      }),
    ),
  }));
  const text = JSON.stringify({ config, steps: slim, changeSummary }, undefined, 1);
  writeFileSync(path.join(__dirname, `${name}.json`), `${text}\n`);
}

interface State {
  readonly type: string;
  readonly retainOnDelete?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** Of the states, by far the largest part, only what the review reads: policies, what a trail records, and what the stack has put out. */
function slimState({ type, inputs = {}, outputs = {} }: State = { type: "" }): Partial<State> | undefined {
  switch (type) {
    case "pulumi:pulumi:Stack":
      return { outputs: only(outputs, ["readerArn", "endpointId", "awsNetwork", "azureNetwork"]) };
    case "aws:s3/bucketPolicy:BucketPolicy":
    case "aws:ec2/vpcEndpoint:VpcEndpoint":
      return { inputs: only(inputs, ["bucket", "policy"]) };
    case "aws:cloudtrail/trail:Trail":
      return { inputs: only(inputs, ["advancedEventSelectors"]) };
    default:
      return undefined;
  }
}

function only(from: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
}

main();
