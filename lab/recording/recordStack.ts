import { record } from "../../rehearsal/run/record";
import type { Recording } from "../../rehearsal/model/recording";

export const topologies = ["single-tunnel", "dual-tunnel", "active-active"] as const;
export type Topology = (typeof topologies)[number];

export interface StackChoice {
  /** The folder of Pulumi.yaml. */
  readonly projectDir: string;
  readonly stack: string;
  /** Another topology than the stack's own, with the defaults that go with it. */
  readonly topology?: Topology | undefined;
  /** Settings above those of the stack file; lists and objects as JSON. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Runs the unchanged program on the simulated clouds. */
export function recordStack({ projectDir, stack, topology, settings }: StackChoice): Promise<Recording> {
  const config = { ...(topology === undefined ? {} : settingsOf(topology)), ...settings };
  const prefixed = Object.entries(config).map(([name, value]) => [`azure-s3-privatelink:${name}`, value]);
  return record({ projectDir, stack, config: Object.fromEntries(prefixed) as Record<string, string> });
}

/** What the stack file pins for one topology may not suit another: empty, a setting takes its default. */
function settingsOf(topology: Topology): Record<string, string> {
  return {
    vpnTopology: topology,
    gatewaySku: "",
    gatewaySubnetCidr: "",
    clientSubnetCidr: "",
    tunnelInsideCidrs: "{}",
    presharedKeyGenerations: "{}",
  };
}
