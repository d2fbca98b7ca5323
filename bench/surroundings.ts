import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { azureTypes } from "../rehearsal/model/resourceTypes";
import { snapshotSchema, type Snapshot, type SnapshotResource } from "../rehearsal/model/snapshot";
import { readIntent } from "../rehearsal/run/intent";
import { record } from "../rehearsal/run/record";
import { forecastOf } from "../rehearsal/verdict/forecast";
import { judge } from "../rehearsal/verdict/verdict";

// How long a rehearsal takes in a hub of 500 subnets with 2,000 routes, against that of prod, which joins nothing:
// npx tsx bench/surroundings.ts

const projectDir = path.resolve(__dirname, "..");
const examples = path.join(projectDir, "examples", "join");
const runs = 5;

const size = { subnets: 500, tables: 20, routesInEach: 100 };

/** The hub with one more spoke, of so many subnets and tables. */
function enlarged(hub: Snapshot): Snapshot {
  const network = hub.resources.find(({ id }) => id.endsWith("/vnet-app"));
  if (network === undefined) throw new Error("the example has lost its spoke");
  const group = network.id.replace(/\/virtualNetworks\/.*/, "");
  const names = { resourceGroupName: "rg-network-app" };
  const tables = Array.from({ length: size.tables }, (_, at): SnapshotResource => ({
    type: "azure-native:network:RouteTable",
    id: `${group}/routeTables/rt-${String(at)}`,
    inputs: {
      ...{ ...names, routeTableName: `rt-${String(at)}` },
      routes: Array.from({ length: size.routesInEach }, (_route, of) => ({
        ...{ name: `route-${String(of)}`, addressPrefix: `172.${String(16 + (at % 16))}.${String(of)}.0/24` },
        ...{ nextHopType: "VirtualAppliance", nextHopIpAddress: "10.100.1.4" },
      })),
    },
    outputs: { name: `rt-${String(at)}` },
  }));
  const subnets = Array.from({ length: size.subnets }, (_, at): SnapshotResource => ({
    type: azureTypes.subnet,
    id: `${network.id}/subnets/snet-${String(at)}`,
    inputs: {
      ...{ ...names, virtualNetworkName: "vnet-app", subnetName: `snet-${String(at)}` },
      addressPrefix: `10.${String(110 + Math.floor(at / 256))}.${String(at % 256)}.0/24`,
      routeTable: { id: tables[at % size.tables]?.id ?? "" },
    },
    outputs: { name: `snet-${String(at)}` },
  }));
  return { ...hub, resources: [...hub.resources, ...tables, ...subnets] };
}

async function milliseconds(place: { stack: string; configFile?: string }): Promise<number> {
  const began = performance.now();
  const recording = await record({ projectDir, ...place });
  if (recording.errors.length > 0) throw new Error(recording.errors.join("\n"));
  judge(recording, readIntent({ projectDir, ...place }));
  await forecastOf({ projectDir, ...place, recording, depth: "summary" });
  return performance.now() - began;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "surroundings-"));
  try {
    mkdirSync(path.join(folder, "snapshots"));
    const configFile = path.join(folder, "Pulumi.hub.yaml");
    writeFileSync(configFile, readFileSync(path.join(examples, "Pulumi.hub.yaml")));
    const hub = snapshotSchema.parse(
      JSON.parse(readFileSync(path.join(examples, "snapshots/hub.json"), "utf8")),
    );
    writeFileSync(path.join(folder, "snapshots/hub.json"), JSON.stringify(enlarged(hub)));
    const times: { prod: number[]; hub: number[] } = { prod: [], hub: [] };
    // In turns, so that both meet the same machine; the first of each warms up.
    for (let run = 0; run <= runs; run += 1) {
      const [prod, joined] = [
        await milliseconds({ stack: "prod" }),
        await milliseconds({ stack: "hub", configFile }),
      ];
      if (run > 0) times.prod.push(prod);
      if (run > 0) times.hub.push(joined);
    }
    const [prod, joined] = [median(times.prod), median(times.hub)];
    console.log(
      `prod ${prod.toFixed(0)} ms, hub ${joined.toFixed(0)} ms: ${(joined / prod).toFixed(2)} times`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

void main();
