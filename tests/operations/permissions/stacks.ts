import path from "node:path";
import { record } from "../../../rehearsal/run/record";
import type { RecordedResource } from "../../../rehearsal/model/recording";

const projectDir = path.resolve(__dirname, "../../..");

/** What a stack can have beside what it must. */
const everyOption = {
  "azure-s3-privatelink:flowLogs": "true",
  "azure-s3-privatelink:accessLogs": "true",
  "azure-s3-privatelink:clientVm": "true",
};

/** What dev registers, and prod with every option: components left out. */
export async function registeredResources(): Promise<readonly RecordedResource[]> {
  const stacks = await Promise.all([
    record({ projectDir, stack: "dev" }),
    record({ projectDir, stack: "prod", config: everyOption }),
  ]);
  return stacks.flatMap(({ resources }) => resources.filter(({ custom }) => custom));
}
