import type { StackOutputs } from "../../../outputs";

/** Whether the ends of the tunnels announce their networks by BGP, or have static routes. */
export function speaksBgp({ vpn }: StackOutputs): boolean {
  // Stacks deployed before the output existed: of their topologies only this one had BGP.
  return (vpn.routing ?? (vpn.topology === "active-active" ? "bgp" : "static")) === "bgp";
}
