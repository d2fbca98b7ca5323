import type { KindName } from "../../../operations/verify/judge/findings";
import type { Snapshot } from "../../../rehearsal/model/snapshot";
import type { AwsConnection, AwsTunnel } from "../support/awsVpn";
import type { DeployedStack } from "../support/deployedStack";
import type { Topology } from "../support/place";

/** One way for a cloud to be wrong, and all that verify must then find: nothing more, nothing less. */
export interface Wrong {
  readonly name: string;
  /** The topology it is tried in; active-active unless it matters. */
  readonly topology?: Topology;
  /** What the stack joins, so that its surroundings are compared with a snapshot of before; nothing when left out. */
  readonly joins?: (stack: DeployedStack) => Snapshot["around"];
  readonly breaks: (stack: DeployedStack) => unknown;
  readonly finds: readonly { readonly kind: KindName; readonly says: RegExp }[];
}

export const only = (kind: KindName, says: RegExp) => [{ kind, says }];

export function connection({ aws }: DeployedStack): AwsConnection {
  const [first] = aws.vpn.connections;
  if (first === undefined) throw new Error("no connection");
  return first;
}

export function tunnel(stack: DeployedStack, slot = 0): AwsTunnel {
  const found = connection(stack).tunnels[slot];
  if (found === undefined) throw new Error("no tunnel");
  return found;
}
