import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { azureTypes } from "../rehearsal/model/resourceTypes";
import { snapshotSchema, type Snapshot, type SnapshotResource } from "../rehearsal/model/snapshot";
import { compare, report, type Script } from "./pairs";

// What a rehearsal takes in a hub of 500 subnets with 2,000 routes, against that of prod, which joins nothing:
// npx tsx bench/surroundings.ts

const projectDir = path.resolve(__dirname, "..");
const examples = path.join(projectDir, "examples", "join");
const pairs = 5;

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

function main(): void {
  const folder = mkdtempSync(path.join(tmpdir(), "surroundings-"));
  try {
    mkdirSync(path.join(folder, "snapshots"));
    const configFile = path.join(folder, "Pulumi.hub.yaml");
    writeFileSync(configFile, readFileSync(path.join(examples, "Pulumi.hub.yaml")));
    const hub = snapshotSchema.parse(
      JSON.parse(readFileSync(path.join(examples, "snapshots/hub.json"), "utf8")),
    );
    writeFileSync(path.join(folder, "snapshots/hub.json"), JSON.stringify(enlarged(hub)));
    const rehearsal = (title: string, ...args: readonly string[]): Script => ({
      title,
      args: ["--import=tsx", path.join(projectDir, "operations/rehearse.ts"), ...args],
    });
    const joined = rehearsal("rehearsing the hub", "--stack=hub", `--config-file=${configFile}`);
    const prod = rehearsal("rehearsing prod", "--stack=prod");
    console.log(report(joined, prod, compare(joined, prod, pairs)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main();
