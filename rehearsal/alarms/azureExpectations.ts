import type { Series } from "./states";
import type { AzureGateway } from "../estate/azure";
import { azureNameOf } from "../estate/azureNames";
import type { TunnelEnds } from "../estate/tunnelEnds";

/** A failure that one metric shows, in numbers. */
export interface Trouble {
  readonly metric: string;
  readonly when: string;
  /** Made only where an alert is held against it. */
  readonly series: () => readonly Series[];
  /** What the alert must tell it by. */
  readonly by: Readonly<Record<string, string>>;
}

/** An hour of one value, then another: for a quarter of an hour, where nothing else is said. */
function changed(usual: number, then: number, times = 3): readonly number[] {
  return [...Array.from({ length: 12 }, () => usual), ...Array.from({ length: times }, () => then)];
}

const bgpMetrics = [
  { metric: "BgpPeerStatus", says: "lost its BGP peer" },
  { metric: "BgpRoutesLearned", says: "learned no route" },
] as const;

/**
 * The state of each peer on each instance: guess: an instance shows every peer of the gateway, and 0 for those that
 * another instance speaks to, as `getBgpPeerStatus` does.
 */
export function peerSeries(
  gateway: AzureGateway,
  tunnels: readonly TunnelEnds[],
  lost: readonly TunnelEnds[],
  times?: number,
): readonly Series[] {
  return tunnels.flatMap((tunnel) =>
    gateway.instances.map((instance, index): Series => ({
      dimensions: peerOf(tunnel, index),
      values:
        tunnel.azure?.instance === instance
          ? changed(1, lost.includes(tunnel) ? 0 : 1, times)
          : changed(0, 0, times),
    })),
  );
}

function peerOf(tunnel: TunnelEnds, instance: number): Readonly<Record<string, string>> {
  return { BgpPeerAddress: tunnel.aws?.tunnel.awsInside ?? "", Instance: `instance ${instance}` };
}

/** Packets dropped on one tunnel: just now, or half an hour ago and none since. */
function dropSeries(
  tunnels: readonly TunnelEnds[],
  dropping: TunnelEnds | undefined,
  when: "now" | "earlier" = "now",
): readonly Series[] {
  const since = when === "now" ? [] : [0, 0, 0, 0, 0, 0];
  return tunnels.map((tunnel) => ({
    dimensions: {
      ConnectionName: nameOfEnd(tunnel),
      RemoteIP: tunnel.azure?.connection.localNetworkGateway?.address ?? "",
      Instance: "instance 0",
    },
    values: [...changed(0, 0), tunnel === dropping ? 1 : 0, ...since],
  }));
}

export function troublesOf(gateway: AzureGateway, used: readonly TunnelEnds[]): readonly Trouble[] {
  const tunnels = used.filter(({ azure }) => azure?.connection.gateway === gateway);
  const speaking = tunnels.filter(({ routing }) => routing === "bgp");
  return [
    ...bgpMetrics.flatMap(({ metric, says }) =>
      speaking.map((tunnel): Trouble => ({
        metric,
        when: `${tunnel.name} has ${says} for 15 minutes`,
        series: () => peerSeries(gateway, speaking, [tunnel]),
        by: { BgpPeerAddress: tunnel.aws?.tunnel.awsInside ?? "" },
      })),
    ),
    ...(["Ingress", "Egress"] as const).flatMap((direction) =>
      tunnels.map((tunnel): Trouble => ({
        metric: `Tunnel${direction}PacketDropTSMismatch`,
        when: `a packet of ${tunnel.name} is dropped, because the ends disagree on its networks (${direction})`,
        series: () => dropSeries(tunnels, tunnel),
        by: { ConnectionName: nameOfEnd(tunnel) },
      })),
    ),
  ];
}

function nameOfEnd({ azure }: TunnelEnds): string {
  return azure === undefined ? "" : azureNameOf(azure.connection.resource);
}

/** Every metric as it is while all tunnels are up, and packets dropped half an hour ago are dropped no longer. */
export function wellOf(
  gateway: AzureGateway,
  used: readonly TunnelEnds[],
): Readonly<Record<string, readonly Series[]>> {
  const tunnels = used.filter(({ azure }) => azure?.connection.gateway === gateway);
  const peers = peerSeries(gateway, tunnels, []);
  const drops = dropSeries(tunnels, tunnels[0], "earlier");
  return {
    BgpPeerStatus: peers,
    BgpRoutesLearned: peers,
    TunnelIngressPacketDropTSMismatch: drops,
    TunnelEgressPacketDropTSMismatch: drops,
  };
}
