import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { addressAt } from "../../rehearsal/model/addresses";
import type { Namespaces } from "../machine/namespaces";
import { type Daemon, until } from "../machine/processes";
import { everything, type TunnelEnd } from "../plan/tunnels";
import { type ChildAssociation, type IkeAssociation, isSection, readAssociation } from "./associations";
import { connectionMessage, daemonSettings, keyMessage, tunnelName, unloadKey } from "./settings";
import { Vici } from "./vici";

/** Debian's package charon-systemd. It runs without systemd as well. */
export const charon = "/usr/sbin/charon-systemd";

/** The TUN device that charon's user-space ESP creates, before it moves into the gateway. */
const ownDevice = "ipsec0";

export interface IkePlacement {
  /** Namespace that holds the end's public address. */
  readonly ikeRole: string;
  /** Namespace of the gateway that the tunnel's device belongs to. */
  readonly gatewayRole: string;
  readonly device: string;
  /** Addresses of the device. */
  readonly addresses: readonly string[];
  /** `ip` commands in the gateway once the tunnel carries traffic: its link comes up first. */
  readonly onUp: readonly string[];
}

/** One end of one tunnel: a real IKE daemon. */
export class IkeDaemon {
  private constructor(
    private readonly namespaces: Namespaces,
    readonly placement: IkePlacement,
    readonly vici: Vici,
    readonly process: Daemon,
  ) {}

  /** Starts the daemon, without a peer, and moves its device into the gateway. */
  static async start(namespaces: Namespaces, placement: IkePlacement, end: TunnelEnd): Promise<IkeDaemon> {
    const { ikeRole } = placement;
    const directory = `${namespaces.directory}/${ikeRole}`;
    const socket = `${directory}/vici`;
    const settings = `${directory}/strongswan.conf`;
    mkdirSync(directory, { recursive: true });
    // What an earlier daemon of this end left: its socket, and the substitute for its device.
    rmSync(socket, { force: true });
    await namespaces.run(ikeRole, ["ip", "link", "del", ownDevice]);
    writeFileSync(settings, daemonSettings(end, socket));
    const process = namespaces.start(ikeRole, ikeRole, [charon], {
      env: { STRONGSWAN_CONF: settings, PATH: "/usr/sbin:/usr/bin:/sbin:/bin" },
    });
    const vici = await until(`the IKE daemon ${ikeRole} accepts commands`, () => {
      process.checkRunning();
      return Vici.connect(socket).catch(() => undefined);
    });
    await moveDevice(namespaces, placement);
    return new IkeDaemon(namespaces, placement, vici, process);
  }

  /** Loads peer and key, in place of earlier ones. */
  async configure(end: TunnelEnd): Promise<void> {
    const { ikeRole } = this.placement;
    await this.namespaces.ip(
      end.localSelectors
        .filter((network) => network !== everything)
        // charon accepts narrower selectors only with an address of its own inside them.
        .map((network) => `addr replace ${addressAt(network, 1) ?? network} dev lo`),
      ikeRole,
    );
    await this.vici.request("load-shared", keyMessage(end));
    await this.vici.request("load-conn", connectionMessage(end, updown(this.namespaces, this.placement)));
  }

  /** Unloads peer and key, as deleting a connection does. */
  async unload(): Promise<void> {
    await this.vici.request("unload-conn", { name: tunnelName });
    await this.vici.request("unload-shared", unloadKey);
  }

  /** Starts the negotiation, without waiting for its outcome. */
  async initiate(): Promise<void> {
    await this.vici.request("initiate", { child: tunnelName, timeout: "-1" });
  }

  /** Negotiates to the end; false where the tunnel did not come up. */
  async negotiate(timeoutMs: number): Promise<boolean> {
    const request = this.vici.request("initiate", { child: tunnelName, timeout: String(timeoutMs) });
    return request.then(
      () => true,
      () => false,
    );
  }

  /** Deletes the tunnel and notifies the peer, without waiting for a peer that cannot answer. */
  async terminate(): Promise<void> {
    const one = { ike: tunnelName, timeout: "1000", force: "yes" };
    await this.vici.request("terminate", one).catch(() => undefined);
  }

  async associations(): Promise<IkeAssociation[]> {
    const events = await this.vici.stream("list-sas", "list-sa");
    return events
      .flatMap((event) => Object.values(event))
      .filter(isSection)
      .map(readAssociation);
  }

  /** The IKE association that is up. */
  async established(): Promise<IkeAssociation | undefined> {
    return (await this.associations()).find((one) => one.state === "ESTABLISHED");
  }

  /** The child association that carries traffic. */
  async child(): Promise<ChildAssociation | undefined> {
    const up = (await this.associations()).filter((one) => one.state === "ESTABLISHED");
    return up.flatMap((one) => one.children).find((child) => child.state === "INSTALLED");
  }

  async rekey(what: "ike" | "child"): Promise<void> {
    await this.vici.request("rekey", { [what]: tunnelName });
  }

  /** The daemon's log from a position taken with `logLength` on. */
  logSince(position: number): string[] {
    return this.process.lines.slice(position);
  }

  logLength(): number {
    return this.process.lines.length;
  }
}

/** Moves the daemon's device into the gateway, where it is a routed interface like any other. */
async function moveDevice(namespaces: Namespaces, placement: IkePlacement): Promise<void> {
  const { ikeRole, gatewayRole, device, addresses } = placement;
  await until(`the IKE daemon ${ikeRole} creates its device`, async () => {
    const { code } = await namespaces.run(ikeRole, ["ip", "link", "show", ownDevice]);
    return code === 0;
  });
  await namespaces.ip(
    [
      `link set ${ownDevice} netns ${namespaces.nameOf(gatewayRole)} name ${device}`,
      // charon routes each tunnel through a device of this name and deletes the tunnel if there is none.
      `link add ${ownDevice} type bridge`,
      `link set ${ownDevice} up`,
    ],
    ikeRole,
  );
  await namespaces.ip(
    [`link set ${device} down`, ...addresses.map((address) => `addr add ${address} dev ${device}`)],
    gatewayRole,
  );
}

/**
 * charon runs this when a tunnel starts or stops carrying traffic, not when it rekeys: the device's link follows the
 * tunnel, so that routes through a failed tunnel disappear.
 */
function updown(namespaces: Namespaces, { gatewayRole, device, onUp }: IkePlacement): string {
  const ip = `ip -n ${namespaces.nameOf(gatewayRole)}`;
  const up = [`link set ${device} up`, ...onUp].map((command) => `${ip} ${command}`).join("; ");
  return `sh -c 'case $PLUTO_VERB in up-*) ${up} ;; down-*) ${ip} link set ${device} down ;; esac'`;
}
