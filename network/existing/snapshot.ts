import { existsSync, readFileSync } from "node:fs";
import { join as joinPath } from "node:path";
import { z } from "zod";
import { sameId } from "./azureIds";
import type { Join } from "./join";

/** The version of the file that this reads. */
const version = 1;

/** A snapshot older than this many days is said to be old. */
const days = 30;

/** What others had around the stack when `npm run snapshot` read it: what no function of a provider lists. */
export interface Snapshot {
  /** As `snapshots/prod.json of 2026-03-01`. */
  readonly name: string;
  readonly resources: readonly SnapshotResource[];
}

const reference = z.object({ id: z.string() }).optional();

/** Of a resource only what tells which networks are behind a gateway. */
const resourceSchema = z.object({
  type: z.string(),
  id: z.string(),
  inputs: z.object({
    virtualNetworkGateway1: reference,
    virtualNetworkGateway2: reference,
    localNetworkGateway2: reference,
    localNetworkAddressSpace: z.object({ addressPrefixes: z.array(z.string()).default([]) }).optional(),
    bgpSettings: z.object({ bgpPeeringAddress: z.string().optional() }).optional(),
    vpnGatewayId: z.string().optional(),
    staticRoutesOnly: z.boolean().default(false),
    vpnConnectionId: z.string().optional(),
    destinationCidrBlock: z.string().optional(),
  }),
  outputs: z.object({
    learnedRoutes: z
      .array(z.object({ network: z.string(), nextHop: z.string().optional(), origin: z.string().optional() }))
      .default([]),
    propagatedRoutes: z
      .array(z.object({ destinationCidrBlock: z.string().optional(), gatewayId: z.string().optional() }))
      .default([]),
  }),
});
export type SnapshotResource = z.output<typeof resourceSchema>;

const snapshotSchema = z.object({
  version: z.literal(version),
  stack: z.string(),
  readAt: z.iso.datetime(),
  around: z.record(z.string(), z.unknown()),
  resources: z.array(resourceSchema),
});

/**
 * The snapshot of a stack, and what its user should know about it. A file that is missing, broken or of something else is
 * a notice and no error: it adds one comparison, and a stack that is deployed must not stop for it.
 * @param folder Of the stack's file, as far as the program knows: `--config-file` may name another.
 */
export function readSnapshot(
  join: Join,
  folder: string,
  now = new Date(),
): { readonly snapshot: Snapshot | undefined; readonly notices: readonly string[] } {
  const { stack } = join.ownTags;
  const name = `snapshots/${stack}.json`;
  const without = (why: string) => ({
    snapshot: undefined,
    notices: [
      `${why}: networks of other sites behind the gateways that this stack joins are not compared with its own. Take it by npm run snapshot -- --stack ${stack}.`,
    ],
  });
  const file = joinPath(folder, name);
  if (!existsSync(file)) return without(`There is no snapshot ${file}`);
  const json = jsonIn(file);
  if (json === undefined) return without(`${name} cannot be read as JSON`);
  const parsed = snapshotSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return without(
      `${name} is no snapshot of version ${version} (${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""})`,
    );
  }
  const { around, readAt, resources } = parsed.data;
  if (parsed.data.stack !== stack) return without(`${name} was read for the stack ${parsed.data.stack}`);
  const others = Object.entries(namedBy(join)).filter(([setting, id]) => !isNamed(around[setting], id));
  if (others.length > 0)
    return without(`${name} was read for another ${others.map(([setting]) => setting).join(", ")}`);
  const age = Math.floor((now.getTime() - Date.parse(readAt)) / 86_400_000);
  return {
    snapshot: { name: `${name} of ${readAt.slice(0, 10)}`, resources },
    notices:
      age > days
        ? [
            `${name} is ${age} days old: other sites are compared as they were then. Take it again by npm run snapshot -- --stack ${stack}.`,
          ]
        : [],
  };
}

/** Undefined for what is none. */
function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

/** The settings that decide which gateways a snapshot shows. Spokes and subnets have none of others. */
function namedBy({ azure, aws }: Join): Readonly<Record<string, string | undefined>> {
  return {
    azureVirtualNetworkId: azure.kind === "existing" ? azure.virtualNetworkId : undefined,
    azureGatewayId: azure.kind === "existing" ? azure.gatewayId : undefined,
    awsVpcId: aws.kind === "existing" ? aws.vpcId : undefined,
    awsGatewayId: aws.kind === "existing" ? aws.gatewayId : undefined,
  };
}

function isNamed(read: unknown, id: string | undefined): boolean {
  return (typeof read === "string" || read === undefined) && sameId(read, id);
}
