import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { SurroundingsError, type Obstacle } from "../../../../network/existing/obstacle";
import { readSurroundings } from "../../../../network/existing/surroundings";
import { SimulatedClouds } from "../../../../rehearsal/clouds/clouds";
import { answerFromClouds } from "../../../../rehearsal/run/monitor";
import { parseSettings } from "../../../../settings/settings";
import { configWith } from "../../../settings/validConfig";
import { noticed } from "../surroundings";
import type { World } from "./world";

/** The account and the subscription that Pulumi runs in. */
const signedIn = {
  accountId: "123456789012",
  subscriptionId: "3f1c8a52-6d0e-4b7a-9c14-5e2d7b90a6f1",
};

const project = "azure-s3-privatelink";
export const stack = "joined";

const notAsked = () => {
  throw new Error("the simulated clouds answer");
};

/** The obstacles that the program reports before its first resource. */
export async function preview(world: World): Promise<readonly Obstacle[]> {
  try {
    await noticed(() => readIn(world));
    return [];
  } catch (error) {
    if (!(error instanceof SurroundingsError)) throw error;
    return error.obstacles;
  }
}

/** What it says besides; undefined where there are obstacles. */
export async function noticesIn(world: World): Promise<readonly string[] | undefined> {
  const { length } = await preview(world);
  return length > 0 ? undefined : noticed(() => readIn(world));
}

/** What a snapshot of the world says. */
export function snapshotOf({ settings, resources }: World) {
  const named = ["azureVirtualNetworkId", "azureGatewayId", "awsVpcId", "awsSubnetIds", "awsGatewayId"]
    .filter((key) => settings[key] !== undefined)
    .map((key) => [key, settings[key]]);
  const around = Object.fromEntries(named) as Readonly<Record<string, unknown>>;
  return { version: 1, stack, readAt: "2100-01-01T00:00:00.000Z", around, resources };
}

/** Calls with a folder that has the file `snapshots/joined.json`. */
export async function withSnapshot<T>(content: string, run: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "snapshot-"));
  try {
    mkdirSync(join(folder, "snapshots"));
    writeFileSync(join(folder, "snapshots", `${stack}.json`), content);
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Reads the world from the simulated clouds, and its snapshot. */
function readIn(world: World): Promise<void> {
  return withSnapshot(JSON.stringify(snapshotOf(world)), (folder) => readWith(world, folder));
}

/** Reads the world from the simulated clouds, with what is in a folder. */
export async function readWith({ settings, resources, serviceZones }: World, folder: string): Promise<void> {
  const place = { region: "ap-northeast-1", location: "japaneast", awsZones: serviceZones };
  const clouds = new SimulatedClouds({ ...signedIn, ...place });
  clouds.surround(
    resources.map(({ type, id, inputs, outputs }) => ({
      ...{ urn: id, type, name: id, id, inputs },
      outputs: { ...inputs, ...outputs },
    })),
  );
  const config = { azureCidr: undefined, awsCidr: undefined, ...settings };
  await pulumi.runtime.setMocks({ newResource: notAsked, call: notAsked }, project, stack, true);
  const monitor = pulumi.runtime.getMonitor() as unknown as MockMonitor;
  answerFromClouds(monitor, clouds, { project, stack, preview: true, proposedName: () => undefined });
  await readSurroundings(parseSettings({ ...configWith(config), stack }).join, folder);
}
