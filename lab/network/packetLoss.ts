import type { Namespaces } from "../machine/namespaces";
import type { TunnelPlan } from "../plan/tunnels";
import { roles } from "./plan";

/** Which packets the internet drops. */
export type Loss = "everything" | "esp";

const table = "inet lab_loss";

/** The internet drops what the two ends of these tunnels send each other. */
export async function dropPackets(
  namespaces: Namespaces,
  tunnels: readonly TunnelPlan[],
  loss: Loss,
): Promise<void> {
  // In UDP port 4500, IKE begins with four zero bytes and ESP with its SPI, which is never zero (RFC 3948).
  const match = loss === "everything" ? "" : "udp dport 4500 @th,64,32 != 0 ";
  const rule = (from: string, to: string): string =>
    `add rule ${table} loss ip saddr ${from} ip daddr ${to} ${match}drop`;
  await namespaces.nft(roles.internet, [
    `add table ${table}`,
    `add chain ${table} loss { type filter hook forward priority 0; }`,
    ...tunnels.flatMap(({ azure, aws }) => [
      rule(azure.outsideAddress, aws.outsideAddress),
      rule(aws.outsideAddress, azure.outsideAddress),
    ]),
  ]);
}

/** The internet passes everything on again. */
export async function stopDropping(namespaces: Namespaces): Promise<void> {
  await namespaces.nft(roles.internet, [`add table ${table}`, `delete table ${table}`]);
}
