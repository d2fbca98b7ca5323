import { z } from "zod";
import type { Props } from "./recording";

/** The version that is written. A file of another is refused: read the surroundings again. */
export const snapshotVersion = 1;

/** A snapshot older than this many days is said to be stale. */
export const snapshotDays = 30;

const props = z.record(z.string(), z.json()).transform((value) => value as Props);

const resourceSchema = z.strictObject({
  type: z.string().describe("Pulumi's token of the type, as `aws:ec2/vpc:Vpc`."),
  id: z.string().describe("The cloud's id; in Azure the whole resource id."),
  inputs: props.describe("What decides about the path, in the names of the SDK's inputs."),
  outputs: props.describe("What only the cloud knows, in the names of the SDK's outputs."),
});

/**
 * The surroundings of a stack: what others own and what can decide about the path. Written by `npm run snapshot`, kept
 * beside the stack file, and without secrets.
 */
export const snapshotSchema = z.strictObject({
  version: z.literal(snapshotVersion),
  stack: z.string().describe("The stack that it was read for."),
  readAt: z.iso.datetime().describe("When the clouds were read, in UTC."),
  around: z
    .record(z.string(), z.union([z.string(), z.array(z.string())]))
    .describe("The settings that name what exists, with their values: with others, the snapshot is stale."),
  resources: z.array(resourceSchema).describe("Sorted by type and id."),
});

export type Snapshot = z.output<typeof snapshotSchema>;
export type SnapshotResource = Snapshot["resources"][number];

/** The settings that name what exists. */
export const joiningSettings = [
  "azureVirtualNetworkId",
  "azureGatewayId",
  "azureSpokes",
  "awsVpcId",
  "awsSubnetIds",
  "awsGatewayId",
] as const;
export type JoiningSetting = (typeof joiningSettings)[number];
