import path from "node:path";
import { record } from "../../../rehearsal/run/record";
import type { RecordedResource } from "../../../rehearsal/model/recording";
import { everySwitch } from "../../settings/everySwitch";
import { lockedBucket } from "./places";

const projectDir = path.resolve(__dirname, "../../..");

/** What dev registers, prod with every option and a bucket that locks: components left out. */
export async function registeredResources(): Promise<readonly RecordedResource[]> {
  const stacks = await Promise.all([
    record({ projectDir, stack: "dev" }),
    record({ projectDir, stack: "prod", config: everySwitch }),
    record({ projectDir, stack: "dev", config: lockedBucket }),
  ]);
  return stacks.flatMap(({ resources }) => resources.filter(({ custom }) => custom));
}
