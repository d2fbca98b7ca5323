import type { Lab, LabTunnel } from "../lab";
import { roles } from "./plan";

/** Which packets the internet loses. */
export type Loss = "everything" | "esp";

const table = "inet lab_faults";

/** The internet loses what the two ends of a tunnel send each other. */
export async function losePackets(lab: Lab, tunnels: readonly LabTunnel[], loss: Loss): Promise<void> {
  const rules = tunnels.flatMap(({ plan }) => {
    const [azure, aws] = [plan.azure.outsideAddress, plan.aws.outsideAddress];
    // Inside UDP 4500, IKE begins with four zero bytes and ESP with its SPI, which is never zero (RFC 3948).
    const match = loss === "everything" ? "" : "udp dport 4500 @th,64,32 != 0 ";
    return [
      `add rule ${table} lose ip saddr ${azure} ip daddr ${aws} ${match}drop`,
      `add rule ${table} lose ip saddr ${aws} ip daddr ${azure} ${match}drop`,
    ];
  });
  await nft(lab, [
    `add table ${table}`,
    `add chain ${table} lose { type filter hook forward priority 0; }`,
    ...rules,
  ]);
}

/** The internet is whole again. */
export async function healInternet(lab: Lab): Promise<void> {
  await nft(lab, [`add table ${table}`, `delete table ${table}`]);
}

async function nft(lab: Lab, commands: readonly string[]): Promise<void> {
  await lab.ground.runOk(roles.internet, ["nft", "-f", "-"], { input: `${commands.join("\n")}\n` });
}
