import { resolve } from "node:path";
import { issueCertificate, endpointCertificateNames } from "./certificate";
import { type Door, type DoorEvent, doorReady, type DoorSettings } from "./proxy/settings";
import type { Ground } from "../machine/namespaces";
import { internetAddresses, roles } from "../network/plan";
import type { LabPlan } from "../plan/labPlan";
import { type Daemon, LabError, until } from "../machine/processes";
import { startS3Server } from "./server";

/** S3 at the end of the tunnel, and its other ways in. */
export interface S3 {
  /** The authority that clients must trust. */
  readonly authority: string;
  readonly process: Daemon;
  /** Opens S3's public door and one of somebody else's endpoint, both on the internet. */
  openElsewhere(): Promise<Daemon>;
}

/** The bucket host names of S3's public door. */
export function publicHost(region: string): string {
  return `s3.${region}.amazonaws.com`;
}

/** The names of somebody else's endpoint. */
export function otherEndpointHost(region: string): string {
  return `vpce-0fffffffffffffff0-ffffffff.s3.${region}.vpce.amazonaws.com`;
}

export async function startS3(ground: Ground, plan: LabPlan): Promise<S3> {
  const { storage } = plan;
  const authority = `${ground.directory}/authority.pem`;
  const { region } = storage;
  const [server, certificate] = await Promise.all([
    startS3Server(ground, storage),
    issueCertificate(
      [
        ...endpointCertificateNames([...storage.endpoint.names, otherEndpointHost(region)]),
        ...[publicHost(region), `*.${publicHost(region)}`],
      ],
      authority,
    ),
  ]);
  const accountId = /^arn:[^:]+:iam::(\d{12}):/.exec(storage.reader.arn)?.[1] ?? "";
  const settings = (doors: readonly Door[]): DoorSettings => ({
    doors,
    certificate,
    server: server.socket,
    baseHosts: [
      ...[...storage.endpoint.names, otherEndpointHost(region)].map((name) => `bucket.${name}`),
      publicHost(region),
    ],
    bucketPolicies: Object.fromEntries(
      storage.buckets.flatMap(({ name, policy }) => (policy === undefined ? [] : [[name, policy]])),
    ),
    accountId,
    users: { [storage.reader.accessKeyId]: storage.reader.arn },
  });
  const { id, vpcId, policy } = storage.endpoint;
  const ownDoor: Door = {
    name: "endpoint",
    addresses: plan.aws.subnets.map((subnet) => subnet.endpointAddress),
    endpoint: { endpointId: id, vpcId, policy },
  };
  tellNames(ground, plan);
  return {
    authority,
    process: await startDoors(ground, roles.endpoint, settings([ownDoor])),
    openElsewhere: () =>
      startDoors(
        ground,
        roles.elsewhere,
        settings([
          { name: "internet", addresses: [internetAddresses.publicS3], endpoint: undefined },
          {
            name: "other endpoint",
            addresses: [internetAddresses.otherEndpoint],
            // Somebody else's endpoint lets everything pass: the bucket's policy alone must refuse.
            endpoint: {
              endpointId: "vpce-0fffffffffffffff0",
              vpcId: "vpc-0fffffffffffffff0",
              policy: undefined,
            },
          },
        ]),
      ),
  };
}

/** What a door did since a mark in its output. */
export function doorEvents(door: Daemon, since = 0): DoorEvent[] {
  return door.lines
    .slice(since)
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as DoorEvent);
}

async function startDoors(ground: Ground, role: string, settings: DoorSettings): Promise<Daemon> {
  const program = [process.execPath, "--import", "tsx", resolve(__dirname, "proxy/proxy.ts")];
  const door = ground.start(role, "door", program, {
    env: { PATH: process.env["PATH"] ?? "" },
    input: JSON.stringify(settings),
  });
  await until("S3 answers at its doors", () => {
    if (!door.running) throw new LabError(`a door of S3 closed: ${door.lines.slice(-5).join("; ")}`);
    return door.lines.includes(doorReady);
  });
  return door;
}

/** The names resolve publicly, to private addresses; here a hosts file says so. */
function tellNames(ground: Ground, plan: LabPlan): void {
  const { storage } = plan;
  const below = (base: string, address: string) => [
    [base, address],
    ...storage.buckets.map((bucket) => [`${bucket.name}.${base}`, address]),
  ];
  const endpoint = storage.endpoint.names.flatMap((name) => {
    const address = addressOfName(plan, name);
    return [[name, address], ...below(`bucket.${name}`, address)];
  });
  const elsewhere = [
    ...below(publicHost(storage.region), internetAddresses.publicS3),
    ...below(`bucket.${otherEndpointHost(storage.region)}`, internetAddresses.otherEndpoint),
  ];
  ground.hosts(roles.client, Object.fromEntries(endpoint) as Record<string, string>);
  ground.hosts(roles.visitor, Object.fromEntries([...endpoint, ...elsewhere]) as Record<string, string>);
}

/** The regional name leads to every address, of which the lab takes the first; a zonal one to its zone's. */
function addressOfName(plan: LabPlan, name: string): string {
  const { subnets } = plan.aws;
  const zonal = subnets.find((subnet) => subnet.zone !== undefined && name.includes(`-${subnet.zone}.`));
  return (zonal ?? subnets[0])?.endpointAddress ?? "";
}
