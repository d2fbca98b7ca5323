import type { IkeDaemon } from "../ike/daemon";
import {
  connectTunnels,
  initiate,
  type Lab,
  type LabTunnel,
  removeTunnels,
  replaceDaemon,
  waitForSite,
  waitForTunnels,
} from "../lab";
import { LabError, until } from "../machine/processes";
import { dropPackets, stopDropping } from "../network/packetLoss";
import type { Session } from "../session";
import type { SiteFlow } from "../traffic/siteFlow";

/**
 * Every tunnel of the stack fails, then an instance of the shared gateway in Azure, or an endpoint of the stack's at the one in
 * AWS; then the stack's tunnels are deleted and made again.
 */
export async function checkSite({ lab, site }: Session): Promise<void> {
  if (site === undefined) return;
  for (const tunnel of lab.tunnels) {
    await site.during(`${tunnel.plan.name} fails and comes back`, () => failAndReturn(lab, tunnel));
  }
  if (lab.plan.site?.cloud === "azure") {
    await site.unjudged("an instance of the gateway fails", () => failInstance(lab, site.flow));
    await site.during("nothing is done, with the instance back", () => Promise.resolve());
  } else {
    await site.during("AWS replaces an endpoint of the stack's", () => replaceEndpoint(lab));
  }
  await site.during("the stack's tunnels are deleted", () => removeTunnels(lab));
  await site.during("they are made again", async () => {
    await connectTunnels(lab);
    await waitForTunnels(lab);
  });
}

/** The internet drops all of a tunnel's packets until Azure has noticed, and then no more. */
async function failAndReturn(lab: Lab, tunnel: LabTunnel): Promise<void> {
  await dropPackets(lab.namespaces, [tunnel.plan], "everything");
  await until(
    `Azure's end of ${tunnel.plan.name} finds its peer dead`,
    async () => (await tunnel.azure.child()) === undefined,
    { timeoutMs: 60_000, everyMs: 100 },
  );
  await stopDropping(lab.namespaces);
  await initiate(tunnel);
  await waitForTunnels(lab, 60_000);
}

/** The instance whose daemon carries the site's first tunnel and some of the stack's. */
async function failInstance(lab: Lab, flow: SiteFlow): Promise<void> {
  const daemon = sharedDaemon(lab);
  await daemon.process.kill();
  await flow.resumes();
  await replaceDaemon(lab, daemon);
  await waitForTunnels(lab, 60_000);
  await waitForSite(lab, 60_000);
}

/** In AWS a tunnel endpoint carries one tunnel, of one connection. */
async function replaceEndpoint(lab: Lab): Promise<void> {
  const [tunnel] = lab.tunnels;
  if (tunnel === undefined) throw new LabError("the stack has no tunnel");
  await tunnel.aws.process.kill();
  await replaceDaemon(lab, tunnel.aws.daemon);
  await initiate(tunnel);
  await waitForTunnels(lab, 60_000);
}

function sharedDaemon({ siteTunnels, tunnels }: Lab): IkeDaemon {
  const daemon = siteTunnels[0]?.gateway.daemon;
  if (daemon !== undefined && tunnels.some(({ azure }) => azure.daemon === daemon)) return daemon;
  throw new LabError("no daemon carries both a tunnel of the other site and one of the stack's");
}
