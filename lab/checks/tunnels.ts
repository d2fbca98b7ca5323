import type { ChildAssociation } from "../ike/associations";
import type { Lab, LabTunnel } from "../lab";
import { until } from "../machine/processes";
import { check, type Check } from "./check";

/** What one tunnel negotiated. */
export interface TunnelState {
  readonly name: string;
  readonly azureAddress: string;
  readonly awsAddress: string;
  readonly ike: string;
  readonly child: string;
  /** The group of a rekeyed child's own key exchange; the first one has none. */
  readonly pfs: string;
  readonly learned: string;
}

export async function tunnelStates(lab: Lab): Promise<TunnelState[]> {
  const sessions = (await lab.speakers.azure?.sessions()) ?? [];
  return Promise.all(
    lab.tunnels.map(async ({ plan: { name, azure, aws }, azure: daemon }) => {
      const [ike, child] = [await daemon.established(), await daemon.child()];
      const { routing } = azure;
      const learned = sessions.find((one) => one.name === name)?.learned ?? [];
      const routes = routing.kind === "static" ? routing.networks : learned;
      return {
        name,
        azureAddress: azure.outsideAddress,
        awsAddress: aws.outsideAddress,
        ike: ike?.suite ?? "down",
        child: child?.suite ?? "down",
        pfs: child?.keyExchange ?? "none yet",
        learned: `${routes.join(", ")} (${routing.kind})`,
      };
    }),
  );
}

/** Rekeys a tunnel: only a new child association with a key exchange of its own shows PFS. */
export async function checkPfs(tunnel: LabTunnel): Promise<Check> {
  const { name } = tunnel.plan;
  const after = await rekeyChild(tunnel, (await tunnel.aws.child())?.uniqueId);
  const found =
    after === undefined ? "no new child association" : `${after.suite} with ${after.keyExchange ?? "no PFS"}`;
  return check(`${name} rekeys`, { holds: after?.keyExchange !== undefined, at: name, found });
}

/** AWS's end rekeys the child; the child that replaces it, undefined where none does. */
export async function rekeyChild(
  tunnel: LabTunnel,
  old: string | undefined,
): Promise<ChildAssociation | undefined> {
  const position = tunnel.aws.logLength();
  await tunnel.aws.rekey("child");
  const result = await until(
    `${tunnel.plan.name} has rekeyed or failed to`,
    async () => {
      const child = await tunnel.aws.child();
      if (child !== undefined && child.uniqueId !== old) return child;
      const failed = tunnel.aws.logSince(position).some((line) => line.includes("rekeying failed"));
      return failed ? ("failed" as const) : undefined;
    },
    { timeoutMs: 15_000 },
  );
  return result === "failed" ? undefined : result;
}
