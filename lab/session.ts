import type { Recording } from "../rehearsal/model/recording";
import { SiteWatch } from "./checks/siteWatch";
import { buildLab, connectSite, connectTunnels, type Lab, waitForTunnels } from "./lab";
import { Namespaces, removeStale } from "./machine/namespaces";
import { type LabPlan, planLab } from "./plan/labPlan";
import { type S3, startS3 } from "./s3/proxies";
import { speedUp } from "./plan/timers";
import { SiteFlow } from "./traffic/siteFlow";

/** A lab from its recording to its end. */
export interface Session {
  readonly recording: Recording;
  /** As recorded. */
  readonly recorded: LabPlan;
  /** By how much the timers that detect failures are shortened. */
  readonly speed: number;
  readonly lab: Lab;
  /** Undefined with `tunnelsOnly`. */
  readonly s3: S3 | undefined;
  /** The other site's traffic, since before the stack's tunnels came; undefined where the gateway is the stack's own. */
  readonly site: SiteWatch | undefined;
  close(): Promise<void>;
}

export interface SessionOptions {
  readonly recording: Recording;
  /** @default 10 */
  readonly speed?: number;
  /** Leaves S3 out. @default false */
  readonly tunnelsOnly?: boolean;
  /** Leaves all tunnels but the first out, for checks that need one. @default false */
  readonly firstTunnelOnly?: boolean;
  /** Called after each step. */
  readonly onStep?: (step: string, seconds: number) => void;
}

export const defaultSpeed = 10;

/** Builds the lab of a recording, and removes what is left of labs whose process has ended. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { recording, speed = defaultSpeed } = options;
  const recorded = planLab(recording);
  const plan = chooseTunnels(speedUp(recorded, speed), options);
  await timed(options, "Remove what is left of earlier labs", () => removeStale());
  const namespaces = Namespaces.make();
  const close = (): Promise<void> => namespaces.remove();
  try {
    const lab = await timed(options, "Build networks, start IKE and BGP daemons", () =>
      buildLab(plan, namespaces),
    );
    const s3 =
      options.tunnelsOnly === true ? undefined : timed(options, "Start S3", () => startS3(namespaces, plan));
    // Awaited below; if the tunnels fail first, this failure must not stay unhandled.
    s3?.catch(() => undefined);
    const site = plan.site && (await timed(options, "Connect the other site", () => watchSite(lab)));
    const connect = async (): Promise<void> => {
      await connectTunnels(lab);
      await waitForTunnels(lab);
    };
    await timed(options, "Negotiate the tunnels and learn the routes", () =>
      site === undefined ? connect() : site.during("the stack's tunnels come up", connect),
    );
    return { recording, recorded, speed, lab, s3: await s3, site, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function watchSite(lab: Lab): Promise<SiteWatch> {
  await connectSite(lab);
  const watch = new SiteWatch(lab.plan.site?.name ?? "", await SiteFlow.start(lab));
  await watch.during("the stack has no tunnel yet", () => Promise.resolve());
  return watch;
}

export function chooseTunnels(plan: LabPlan, options: Pick<SessionOptions, "firstTunnelOnly">): LabPlan {
  return options.firstTunnelOnly === true ? { ...plan, tunnels: plan.tunnels.slice(0, 1) } : plan;
}

async function timed<T>(options: SessionOptions, step: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await work();
  options.onStep?.(step, (performance.now() - began) / 1000);
  return result;
}
