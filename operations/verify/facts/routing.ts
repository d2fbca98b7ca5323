import type { StackOutputs } from "../../../outputs";

/** Whether the ends of the tunnels announce their networks by BGP, or have static routes. */
export function speaksBgp({ vpn }: StackOutputs): boolean {
  return vpn.topology === "active-active";
}
