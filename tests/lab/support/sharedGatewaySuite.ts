import { expect } from "chai";
import { resolve } from "node:path";
import { planSpeakers } from "../../../lab/bgp/settings";
import { checkAccess, checkListCommand } from "../../../lab/checks/access";
import type { Check } from "../../../lab/checks/check";
import { measureFailover } from "../../../lab/checks/failover";
import { checkConfidentiality, checkFailClosed } from "../../../lab/checks/confidentiality";
import { checkRekeying } from "../../../lab/checks/rekeying";
import { checkRotation } from "../../../lab/checks/rotation";
import { checkSecrets } from "../../../lab/checks/secrets";
import { checkSite } from "../../../lab/checks/site";
import { siteCheck, type SiteWatch } from "../../../lab/checks/siteWatch";
import { tunnelStates } from "../../../lab/checks/tunnels";
import { waitForSite, waitForTunnels } from "../../../lab/lab";
import { until } from "../../../lab/machine/processes";
import type { Side } from "../../../lab/network/plan";
import type { Cloud } from "../../../lab/plan/tunnels";
import { openSession } from "../../../lab/session";
import { expectAll, expectAsPredicted, projectDir, recordingOf, sharedLab } from "./machine";

/** One of the examples, and what must be found there. */
export interface SharedGateway {
  readonly stack: string;
  /** Whose gateway it is. */
  readonly cloud: Cloud;
  /** The other site's name. */
  readonly site: string;
  /** The tunnels of each daemon of that gateway. */
  readonly daemons: Readonly<Record<string, readonly string[]>>;
  /** What each gateway learns of the others by BGP, in any order. */
  readonly learned: Readonly<Record<Side, readonly string[]>>;
  /** Checks of access that must be among all. */
  readonly access: readonly string[];
  /** A part of the site's network that the far cloud announces by mistake. */
  readonly overlapping: string;
  /** How many checks there are of what the site loses while the stack's tunnels fail one by one and are made again. */
  readonly failures: number;
}

/** The stack's tunnels beside another site's, for real. */
export function describeSharedGateway(given: SharedGateway, suite: Mocha.Suite): void {
  suite.timeout(300_000);
  const { stack, cloud } = given;
  const choice = { stack, configFile: resolve(projectDir, `examples/join/Pulumi.${stack}.yaml`) };
  const lab = sharedLab(suite, async () => openSession({ recording: await recordingOf(choice) }));
  const watch = (): SiteWatch => {
    const { site } = lab();
    if (site === undefined) throw new Error("there is no other site");
    return site;
  };
  /** What the site lost in the course of something. */
  const siteChecks = async (work: () => Promise<unknown>): Promise<readonly Check[]> => {
    const before = watch().checks.length;
    await work();
    return watch().checks.slice(before);
  };

  it("come up beside the site's without a lost packet of the site's", () => {
    const names = watch().checks.map(({ name }) => name);
    expect(names).to.include.members([
      `${given.site} loses no packet while the stack has no tunnel yet`,
      `${given.site} loses no packet while the stack's tunnels come up`,
    ]);
    expectAll(watch().checks);
  });

  it("are in the gateway's daemons as the cloud has them, beside the site's", () => {
    const { tunnels, siteTunnels } = lab().lab;
    const ends = [
      ...tunnels.map((tunnel) => [tunnel.plan.name, tunnel[cloud].daemon] as const),
      ...siteTunnels.map(({ plan, gateway }) => [plan.name, gateway.daemon] as const),
    ];
    const found: Record<string, string[]> = {};
    for (const [name, { placement }] of ends) (found[placement.ikeRole] ??= []).push(name);
    expect(found).to.deep.equal(given.daemons);
    expect(new Set(ends.map(([, { process }]) => process)).size).to.equal(Object.keys(found).length);
  });

  it("negotiate the pinned suite and learn every network of AWS's, all four", async () => {
    const states = await tunnelStates(lab().lab);
    for (const { name, learned } of states) {
      for (const network of lab().lab.plan.aws.networks) expect(learned, name).to.include(network);
    }
    expect(states.map(({ name, ike, child }) => ({ name, ike, child }))).to.deep.equal(
      ["tunnel1", "tunnel2", "tunnel3", "tunnel4"].map((name) => ({
        name,
        ike: "AES_CBC_256/HMAC_SHA2_384_192/PRF_HMAC_SHA2_384/ECP_384",
        child: "AES_GCM_16_256",
      })),
    );
  });

  it("tell each gateway of every network behind the others", async () => {
    const { speakers } = lab().lab;
    for (const side of ["azure", "aws", "site"] as const) {
      const learned = (await speakers[side]?.sessions())?.flatMap((session) => session.learned);
      expect([...new Set(learned)], side).to.have.members([...given.learned[side]]);
    }
  });

  it("let in whom azureClients names and nobody else, at each of the endpoint's addresses", async () => {
    const checks = [await checkListCommand(lab()), ...(await checkAccess(lab()))];
    expectAll(checks);
    expect(checks.map(({ name }) => name)).to.include.members([...given.access]);
  });

  it("keep every key out of files and arguments, the site's too", () => {
    expectAll(checkSecrets(lab()));
  });

  it("show the internet nothing but IKE and ESP", async () => {
    expectAll(await checkConfidentiality(lab()));
  });

  it("rekey, all fail and come back, and the site loses nothing", async () => {
    const own: Check[] = [];
    const checks = await siteChecks(async () => {
      await watch().during("the stack's tunnels rekey", async () =>
        own.push(...(await checkRekeying(lab()))),
      );
      await watch().during("all of the stack's tunnels fail", async () =>
        own.push(...(await checkFailClosed(lab()))),
      );
    });
    expectAll(own);
    expect(checks).to.have.length(2);
    expectAll(checks);
  });

  it("get new pre-shared keys one at a time, and the site loses nothing", async () => {
    const rotated = (tunnel: string) =>
      recordingOf({ ...choice, settings: { presharedKeyGenerations: JSON.stringify({ [tunnel]: 2 }) } });
    const own: Check[] = [];
    const checks = await siteChecks(() =>
      watch().during("the stack's keys are rotated", async () =>
        own.push(...(await checkRotation(lab(), rotated))),
      ),
    );
    expectAll(own);
    expectAll(checks);
  });

  it("fail over as the rehearsal predicts, and the site loses nothing but with its own instance", async () => {
    const checks = await siteChecks(async () => {
      expectAsPredicted(await measureFailover(lab()));
    });
    expectAllButInstance(checks, 5);
  });

  it("fail one by one, are deleted and made again, and the site loses nothing", async () => {
    expectAllButInstance(await siteChecks(() => checkSite(lab())), given.failures);
  });

  describe("as a control of the count, a mistake of the stack's is noticed", () => {
    it("where the site's tunnels are ended as well", async () => {
      const { lab: running } = lab();
      const { flow, name } = watch();
      const { report } = await flow.during(async () => {
        // The site first: it would initiate again at the gateway's DELETE, while that still closes the old tunnel.
        for (const { gateway, site } of running.siteTunnels) {
          await site.terminate();
          await gateway.terminate();
        }
        for (const { site } of running.siteTunnels) await site.initiate();
        await waitForSite(running, 60_000);
        await waitForTunnels(running, 60_000);
        await flow.resumes();
      });
      expect(siteCheck(name, "a reload ends its tunnels", report).outcome.kind).to.equal("broken");
    });

    it("where the far cloud announces a part of the site's network", async () => {
      const { lab: running } = lab();
      const { flow, name } = watch();
      const far = cloud === "azure" ? "aws" : "azure";
      const speaker = planSpeakers(running.plan)[far];
      const [announcing, learning] = [running.speakers[far], running.speakers[cloud]];
      if (speaker === undefined || announcing === undefined) throw new Error(`${far} has no BGP`);
      const { overlapping } = given;
      const learns = async () =>
        (await learning?.sessions())?.some(({ learned }) => learned.includes(overlapping)) === true;
      const { report } = await flow.during(async () => {
        await announcing.configure({ ...speaker, networks: [...speaker.networks, overlapping] });
        await until("the shared gateway has learned it", learns);
      });
      await announcing.configure(speaker);
      await until("the shared gateway has forgotten it", async () => !(await learns()));
      await flow.resumes();
      expect(siteCheck(name, `${far} announces its network`, report).outcome.kind).to.equal("broken");
    });
  });

  /** Every check holds; the failure of an instance of Azure's shared gateway is told and not judged. */
  function expectAllButInstance(checks: readonly Check[], count: number): void {
    expect(checks).to.have.length(count);
    const untold = checks.filter(({ outcome }) => outcome.kind === "not judged");
    expect(untold.map(({ name }) => name.replace(/(Azure )?gateway.*/, "gateway"))).to.deep.equal(
      cloud === "azure" ? [`${given.site} while an instance of the gateway`] : [],
    );
    expectAll(checks.filter((one) => !untold.includes(one)));
  }
}
