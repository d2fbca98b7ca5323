import type { ChildAssociation } from "../ike/daemon";
import type { Lab, LabTunnel } from "../lab";
import { until } from "../machine/processes";
import type { Check } from "./check";

/** What one tunnel settled on. */
export interface TunnelState {
  readonly name: string;
  readonly azureAddress: string;
  readonly awsAddress: string;
  readonly ike: string;
  readonly child: string;
  /** The group of a renewed child's own key exchange; the first one has none. */
  readonly pfs: string;
  readonly learned: string;
}

export async function tunnelStates(lab: Lab): Promise<TunnelState[]> {
  const sessions = (await lab.speakers?.azure.sessions()) ?? [];
  return Promise.all(
    lab.tunnels.map(async (tunnel) => {
      const { plan } = tunnel;
      const ike = (await tunnel.azure.associations()).find((one) => one.state === "ESTABLISHED");
      const child = await tunnel.azure.child();
      const session = sessions.find((one) => one.name === plan.name);
      const routes =
        plan.azure.routing.kind === "static" ? plan.azure.routing.networks : (session?.learned ?? []);
      return {
        name: plan.name,
        azureAddress: plan.azure.outsideAddress,
        awsAddress: plan.aws.outsideAddress,
        ike: ike?.suite ?? "down",
        child: child?.suite ?? "down",
        pfs: child?.keyExchange ?? "none yet",
        learned: `${routes.join(", ")} (${plan.azure.routing.kind})`,
      };
    }),
  );
}

/** Renews the keys of a tunnel: only a new child association with a key exchange of its own shows PFS. */
export async function checkRenewal(tunnel: LabTunnel): Promise<Check> {
  const before = await tunnel.aws.child();
  const after = await renewed(tunnel, before?.uniqueId);
  return {
    name: `${tunnel.plan.name} renews its keys`,
    holds: after?.keyExchange !== undefined,
    found:
      after === undefined
        ? "no new child association"
        : `${after.suite} with ${after.keyExchange ?? "no PFS"}`,
  };
}

/** Has AWS's end renew the child's keys; the child that took the old one's place, undefined where none did. */
export async function renewed(
  tunnel: LabTunnel,
  old: string | undefined,
): Promise<ChildAssociation | undefined> {
  const mark = tunnel.aws.mark();
  await tunnel.aws.rekey("child");
  const outcome = await until(
    `${tunnel.plan.name} has renewed its keys or failed to`,
    async () => {
      const child = await tunnel.aws.child();
      if (child !== undefined && child.uniqueId !== old) return child;
      return tunnel.aws.said(mark).some((line) => line.includes("rekeying failed"))
        ? ("failed" as const)
        : undefined;
    },
    { timeoutMs: 15_000 },
  );
  return outcome === "failed" ? undefined : outcome;
}
