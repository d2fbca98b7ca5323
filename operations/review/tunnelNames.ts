import type { Tunnels } from "../../rehearsal/clouds/impact";

/**
 * Which tunnels a logical name stands for; undefined where it says nothing. The program fixes these names:
 * `vpn-tunnel2-key` and other resources of one tunnel, `vpn-aws-connection1` and `vpn-aws-customer1` of AWS
 * connection 1, whose two slots are tunnel1 and tunnel2.
 */
export function tunnelsNamed(name: string, which: Tunnels): readonly string[] | undefined {
  const tunnel = /-(tunnel\d)-/.exec(name)?.[1];
  const connection = /-(?:connection|customer)(\d)/.exec(name)?.[1];
  const inSlot = (slot: 1 | 2) => `tunnel${2 * (Number(connection) - 1) + slot}`;
  switch (which) {
    case "its own":
      return tunnel === undefined ? undefined : [tunnel];
    case "slot 1":
      return connection === undefined ? undefined : [inSlot(1)];
    case "slot 2":
      return connection === undefined ? undefined : [inSlot(2)];
    case "connection":
      return connection === undefined ? undefined : [inSlot(1), inSlot(2)];
    case "all":
      return undefined;
  }
}
