import type { Settings } from "./engineStack";

/** Settings of this project, by their own names; `undefined` takes one away. */
export function own(settings: Settings): Settings {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [`azure-s3-privatelink:${key}`, value]),
  );
}

/** The dev stack with both tunnels of its one connection. */
export const dualTunnel = own({
  vpnTopology: "dual-tunnel",
  gatewaySku: undefined,
  gatewaySubnetCidr: "10.0.1.224/27",
});
