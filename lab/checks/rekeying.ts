import { pause, until } from "../machine/processes";
import type { Session } from "../session";
import { Traffic } from "../traffic/traffic";
import { check, type Check } from "./check";
import { checkPfs } from "./tunnels";

/** How many times each tunnel rekeys IKE and ESP. */
const rounds = 3;

/** Rekeys IKE and ESP on healthy tunnels, several times, and loses no traffic. */
export async function checkRekeying(session: Session): Promise<Check[]> {
  const { lab } = session;
  const checks: Check[] = [];
  const { attempts, lost } = await Traffic.during(lab, 10, async (traffic) => {
    for (const tunnel of lab.tunnels) {
      const rekeyed: Check[] = [];
      for (let round = 0; round < rounds; round++) {
        rekeyed.push(await checkPfs(tunnel));
        const before = (await tunnel.aws.associations()).map((one) => one.uniqueId);
        await tunnel.aws.rekey("ike");
        await until(`${tunnel.plan.name} has rekeyed IKE`, async () => {
          const now = await tunnel.aws.associations();
          return now.some((one) => one.state === "ESTABLISHED" && !before.includes(one.uniqueId));
        });
        // The traffic has to use the new keys before they are replaced.
        await pause(100);
        await traffic.answeredSince(Date.now(), 5000);
      }
      // The first failure of a tunnel, else its last round.
      const shown = rekeyed.find(({ outcome }) => outcome.kind !== "holds") ?? rekeyed.at(-1);
      if (shown !== undefined) checks.push({ ...shown, name: `${shown.name} ${rounds} times` });
    }
  });
  return [
    ...checks,
    check(`rekeying IKE and ESP ${rounds} times on every tunnel loses no packet`, {
      holds: attempts > 0 && lost === 0,
      at: attempts > 0 ? "the path from the client to the endpoint" : "the client, which sent nothing",
      found: `${lost} of ${attempts} attempts lost`,
    }),
  ];
}
