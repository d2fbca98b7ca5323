import { alarmed, fired, grainMinutes } from "../alarms/states";
import { peerSeries } from "../alarms/azureExpectations";
import { remembered } from "../model/remembered";
import type { Tunnel } from "../tunnels/tunnels";
import type { Estate } from "../estate/estate";
import type { Failure } from "./failures";
import type { MetricAlarm, MetricAlert } from "../estate/alarms";

/** An alarm that tells of a failure, and when. */
export interface Notification {
  readonly by: "AWS" | "Azure";
  /** The end of the alarm's name, behind the stack's. */
  readonly alarm: string;
  readonly afterMinutes: number;
}

/** Nobody waits longer for a message. */
const longestMinutes = 60;

/** The alarms of both clouds that tell of a failure; undefined where that is not known. */
export type Notifications = (
  failure: Pick<Failure, "kind" | "tunnels" | "notices" | "back">,
) => readonly Notification[] | undefined;

/**
 * By what a failure does to tunnels; undefined where nothing watches, and for resources that are gone, of which more
 * than tunnels may suffer. Failures that take down the same tunnels for as long are told of alike, so it is worked out
 * once for them.
 */
export function notificationsOf({ stack, alarms: watch }: Estate, tunnels: readonly Tunnel[]): Notifications {
  const told = remembered(
    (lasts: number, down: readonly string[]) => toldOf(watch, stack, tunnels, down, lasts),
    { most: 64 },
  );
  return ({ kind, tunnels: fallen, notices, back }) => {
    if (kind === "absent" || watch.alarms.length + watch.alerts.length === 0) return undefined;
    // What nobody notices, no state tells.
    const unnoticed = notices.some(({ seconds }) => seconds === undefined);
    const down = unnoticed ? [] : tunnels.map(({ name }) => name).filter((name) => fallen.includes(name));
    return told(back.seconds === undefined ? Infinity : back.seconds.to / 60, down);
  };
}

function toldOf(
  watch: Estate["alarms"],
  stack: string,
  tunnels: readonly Tunnel[],
  fallen: readonly string[],
  lasts: number,
): readonly Notification[] {
  const down = tunnels.filter(({ name }) => fallen.includes(name));
  const short = (name: string) => name.split(`${stack}-`).at(-1) ?? name;
  const told = (
    by: Notification["by"],
    alarm: MetricAlarm | MetricAlert,
    tells: (minutes: number) => boolean,
  ): readonly Notification[] => {
    const afterMinutes = waits(lasts).find(tells);
    return afterMinutes === undefined ? [] : [{ by, alarm: short(alarm.name), afterMinutes }];
  };
  return [
    ...watch.alarms
      .filter((alarm) => alarm.acts && alarm.onAlarm.length > 0)
      .flatMap((alarm) => told("AWS", alarm, (minutes) => awsTells(alarm, tunnels, down, minutes))),
    ...watch.alerts
      .filter((alert) => alert.enabled && alert.groups.length > 0)
      .flatMap((alert) => told("Azure", alert, (minutes) => azureTells(alert, tunnels, down, minutes))),
  ];
}

function waits(lasts: number): readonly number[] {
  const all = Array.from({ length: longestMinutes / grainMinutes }, (_, index) => (index + 1) * grainMinutes);
  return all.filter((minutes) => minutes <= lasts);
}

function awsTells(
  alarm: MetricAlarm,
  tunnels: readonly Tunnel[],
  down: readonly Tunnel[],
  minutes: number,
): boolean {
  const { VpnId, TunnelIpAddress } = alarm.dimensions;
  const own = tunnels.filter(
    ({ aws }) =>
      aws?.connection.resource.id === VpnId &&
      (TunnelIpAddress === undefined || aws?.tunnel.outsideAddress === TunnelIpAddress),
  );
  if (own.length === 0) return false;
  const values = (fallen: readonly Tunnel[]) =>
    own.map((tunnel) => (tunnel.up && !fallen.includes(tunnel) ? 1 : 0));
  const before = Array.from({ length: longestMinutes / grainMinutes }, () => values([]));
  const since = Array.from({ length: minutes / grainMinutes }, () => values(down));
  return alarmed(alarm, [...before, ...since]);
}

function azureTells(
  alert: MetricAlert,
  tunnels: readonly Tunnel[],
  down: readonly Tunnel[],
  minutes: number,
): boolean {
  const [gateway] = tunnels.flatMap(({ azure }) => azure?.connection.gateway ?? []);
  if (gateway === undefined) return false;
  const speaking = tunnels.filter(({ routing, spare }) => routing === "bgp" && !spare);
  const peers = peerSeries(gateway, speaking, down, minutes / grainMinutes);
  return fired(alert, { BgpPeerStatus: peers, BgpRoutesLearned: peers }).length > 0;
}

/** One sentence; nothing where nothing watches. */
export function alarmSentence(told: readonly Notification[] | undefined): readonly string[] {
  if (told === undefined) return [];
  if (told.length === 0) return ["No alarm reports it."];
  const byCloud = (["AWS", "Azure"] as const).flatMap((cloud) => {
    const alarms = told
      .filter(({ by }) => by === cloud)
      .map(({ alarm, afterMinutes }) => `${alarm} after ${afterMinutes} minutes`);
    return alarms.length === 0 ? [] : [`${cloud} by ${alarms.join(", ")}`];
  });
  return [`If it lasts, alarms report it: ${byCloud.join("; ")}.`];
}
