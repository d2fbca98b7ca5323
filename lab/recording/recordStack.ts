import { LabError } from "../machine/processes";
import type { Recording } from "../../rehearsal/model/recording";
import { record } from "../../rehearsal/run/record";

export const topologies = ["single-tunnel", "dual-tunnel", "active-active"] as const;
export type Topology = (typeof topologies)[number];

export interface StackChoice {
  /** The folder of Pulumi.yaml. */
  readonly projectDir: string;
  readonly stack: string;
  /** The stack's file, where it is not in the project. */
  readonly configFile?: string | undefined;
  /** Another topology than the stack's own, with the defaults that go with it. */
  readonly topology?: Topology | undefined;
  /** Settings above those of the stack file; lists and objects as JSON. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Runs the unchanged program on the simulated clouds; a LabError where a setting stops it. */
export async function recordStack(choice: StackChoice): Promise<Recording> {
  const { projectDir, stack, configFile, topology, settings } = choice;
  const config: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...settingsOf(topology), ...settings })) {
    config[`azure-s3-privatelink:${name}`] = value;
  }
  const recording = await record({
    projectDir,
    stack,
    config,
    ...(configFile !== undefined && { configFile }),
  });
  if (recording.errors.length > 0) throw new LabError(recording.errors.join("\n"));
  return recording;
}

/** What the stack file sets for one topology may not suit another: an empty setting takes its default. */
function settingsOf(topology: Topology | undefined): Record<string, string> {
  if (topology === undefined) return {};
  return {
    vpnTopology: topology,
    gatewaySku: "",
    gatewaySubnetCidr: "",
    clientSubnetCidr: "",
    tunnelInsideCidrs: "{}",
    presharedKeyGenerations: "{}",
  };
}
