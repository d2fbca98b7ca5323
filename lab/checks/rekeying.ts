import { pause, until } from "../machine/processes";
import type { Session } from "../session";
import { Traffic } from "../traffic/traffic";
import type { Check } from "./check";
import { checkRenewal } from "./tunnels";

/** How many times each kind of key is renewed on each tunnel. */
const rounds = 3;

/** Renews the keys of IKE and of ESP on healthy tunnels, again and again, and loses nothing of the traffic. */
export async function checkRenewals(session: Session): Promise<Check[]> {
  const { lab } = session;
  const traffic = await Traffic.start(lab, 10);
  const began = Date.now();
  const checks: Check[] = [];
  for (const tunnel of lab.tunnels) {
    const renewals: Check[] = [];
    for (let round = 0; round < rounds; round++) {
      renewals.push(await checkRenewal(tunnel));
      const before = (await tunnel.aws.associations()).map((one) => one.uniqueId);
      await tunnel.aws.rekey("ike");
      await until(`${tunnel.plan.name} has renewed its IKE keys`, async () => {
        const now = await tunnel.aws.associations();
        return now.some((one) => one.state === "ESTABLISHED" && !before.includes(one.uniqueId));
      });
      // The traffic has to use the new keys before they are old.
      await pause(100);
      await traffic.answeredSince(Date.now(), 5000);
    }
    const failed = renewals.find((one) => !one.holds);
    const last = renewals.at(-1);
    if (last !== undefined) checks.push(failed ?? { ...last, found: `${rounds} times: ${last.found}` });
  }
  const { attempts, lost } = await traffic.report(began);
  await traffic.stop();
  return [
    ...checks,
    {
      name: `${rounds} renewals of IKE's and of ESP's keys on every tunnel lose no packet`,
      holds: attempts > 0 && lost === 0,
      found: `${lost} of ${attempts} attempts lost`,
    },
  ];
}
