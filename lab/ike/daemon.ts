import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { addressAt } from "../../rehearsal/model/addresses";
import type { Namespaces } from "../machine/namespaces";
import { type Daemon, LabError, until } from "../machine/processes";
import { everything, type TunnelEnd } from "../plan/tunnels";
import { type ChildAssociation, type IkeAssociation, isSection, readAssociation } from "./associations";
import { connectionMessage, daemonSettings, keyMessage } from "./settings";
import { Vici } from "./vici";

/** Debian's package charon-systemd. It runs without systemd as well. */
export const charon = "/usr/sbin/charon-systemd";

/** The TUN device that charon's user-space ESP creates, before it moves into the gateway. */
const ownDevice = "ipsec0";

/** Where a daemon is. */
export interface DaemonPlacement {
  /** Namespace that holds the daemon's public address. */
  readonly ikeRole: string;
  /** Namespace of the gateway that the daemon's device belongs to. */
  readonly gatewayRole: string;
  /** The daemon's device in the gateway. */
  readonly device: string;
}

/** A real IKE daemon, with one tunnel or several. */
export class IkeDaemon {
  #running: { readonly process: Daemon; readonly vici: Vici } | undefined;

  private constructor(
    private readonly namespaces: Namespaces,
    readonly placement: DaemonPlacement,
    private readonly end: TunnelEnd,
  ) {}

  /** Starts the daemon, without a peer, and moves its device into the gateway. `end` is that of any of its tunnels. */
  static async start(namespaces: Namespaces, placement: DaemonPlacement, end: TunnelEnd): Promise<IkeDaemon> {
    const daemon = new IkeDaemon(namespaces, placement, end);
    await daemon.restart();
    return daemon;
  }

  /** Starts another process in the place of one that was killed. */
  async restart(): Promise<void> {
    const { ikeRole } = this.placement;
    const directory = `${this.namespaces.directory}/${ikeRole}`;
    const socket = `${directory}/vici`;
    const settings = `${directory}/strongswan.conf`;
    mkdirSync(directory, { recursive: true });
    // What an earlier process left: its socket, and the substitute for its device.
    rmSync(socket, { force: true });
    await this.namespaces.run(ikeRole, ["ip", "link", "del", ownDevice]);
    writeFileSync(settings, daemonSettings(this.end, socket));
    const process = this.namespaces.start(ikeRole, ikeRole, [charon], {
      env: { STRONGSWAN_CONF: settings, PATH: "/usr/sbin:/usr/bin:/sbin:/bin" },
    });
    const vici = await until(`the IKE daemon ${ikeRole} accepts commands`, () => {
      process.checkRunning();
      return Vici.connect(socket).catch(() => undefined);
    });
    await moveDevice(this.namespaces, this.placement);
    this.#running = { process, vici };
  }

  get process(): Daemon {
    return this.#started.process;
  }

  get vici(): Vici {
    return this.#started.vici;
  }

  get #started() {
    if (this.#running === undefined) throw new LabError(`${this.placement.ikeRole} has not started`);
    return this.#running;
  }
}

/** One end of one tunnel. */
export interface EndPlacement {
  /** The tunnel's name. */
  readonly name: string;
  /** The tunnel's device in the gateway: the daemon's own, or one that the carrier makes. */
  readonly device: string;
  /** Addresses of the device, as `ip addr add` takes them. */
  readonly addresses: readonly string[];
  /** `ip` commands in the gateway once the tunnel carries traffic: its link comes up first. */
  readonly onUp: readonly string[];
  /** Undefined where the daemon has this tunnel alone. */
  readonly carrier: Carrier | undefined;
}

/**
 * Inside the ESP of a daemon with several tunnels, each tunnel is a VXLAN between two addresses of its own: charon's
 * user-space ESP chooses the tunnel by a packet's addresses, and routes choose it by the device.
 */
export interface Carrier {
  readonly id: number;
  readonly local: string;
  readonly remote: string;
}

/** charon's device takes 1400 bytes, and VXLAN over IPv4 needs 50 of them. */
const carriedBytes = 1350;

/** One end of one tunnel, in the daemon that has it. */
export class IkeEnd {
  constructor(
    private readonly namespaces: Namespaces,
    readonly daemon: IkeDaemon,
    readonly placement: EndPlacement,
  ) {}

  get process(): Daemon {
    return this.daemon.process;
  }

  /** Makes the tunnel's device in the gateway, down, after each start of the daemon. */
  async attach(): Promise<void> {
    const { device, addresses, carrier } = this.placement;
    const { device: own, gatewayRole } = this.daemon.placement;
    rmSync(this.#turns, { force: true });
    await this.namespaces.ip(
      [
        ...(carrier === undefined
          ? [`link set ${device} down`]
          : [
              `addr add ${carrier.local} peer ${carrier.remote}/32 dev ${own}`,
              `link set ${own} up`,
              // It goes with the daemon's device.
              `link add ${device} type vxlan id ${carrier.id} local ${carrier.local} remote ${carrier.remote} dev ${own} dstport 4789`,
              `link set ${device} mtu ${carriedBytes}`,
            ]),
        ...addresses.map((address) => `addr add ${address} dev ${device}`),
      ],
      gatewayRole,
    );
  }

  /** Loads peer and key, in place of earlier ones. */
  async configure(end: TunnelEnd): Promise<void> {
    const { carrier, name } = this.placement;
    const carried: TunnelEnd =
      carrier === undefined
        ? end
        : { ...end, localSelectors: [`${carrier.local}/32`], remoteSelectors: [`${carrier.remote}/32`] };
    await this.namespaces.ip(
      carried.localSelectors
        .filter((network) => network !== everything)
        // charon accepts narrower selectors only with an address of its own inside them.
        .map((network) => `addr replace ${addressAt(network, 1) ?? network} dev lo`),
      this.daemon.placement.ikeRole,
    );
    const script = updown(this.namespaces, this.daemon.placement.gatewayRole, this.placement, this.#turns);
    await this.#vici.request("load-shared", keyMessage(name, end));
    await this.#vici.request("load-conn", connectionMessage(name, carried, script));
  }

  /** Unloads peer and key, as deleting a connection does. */
  async unload(): Promise<void> {
    await this.#vici.request("unload-conn", { name: this.placement.name });
    await this.#vici.request("unload-shared", { id: this.placement.name });
  }

  /** Starts the negotiation, without waiting for its outcome. */
  async initiate(): Promise<void> {
    await this.#vici.request("initiate", { child: this.placement.name, timeout: "-1" });
  }

  /** Negotiates to the end; false where the tunnel did not come up. */
  async negotiate(timeoutMs: number): Promise<boolean> {
    const request = this.#vici.request("initiate", {
      child: this.placement.name,
      timeout: String(timeoutMs),
    });
    return request.then(
      () => true,
      () => false,
    );
  }

  /** Deletes the tunnel and notifies the peer, without waiting for a peer that cannot answer. */
  async terminate(): Promise<void> {
    const one = { ike: this.placement.name, timeout: "1000", force: "yes" };
    await this.#vici.request("terminate", one).catch(() => undefined);
  }

  async associations(): Promise<IkeAssociation[]> {
    const events = await this.#vici.stream("list-sas", "list-sa", { ike: this.placement.name });
    // Events of other requests to the daemon may be among them.
    return events
      .map((event) => event[this.placement.name])
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
    await this.#vici.request("rekey", { [what]: this.placement.name });
  }

  /** The daemon's log from a position taken with `logLength` on. */
  logSince(position: number): string[] {
    return this.process.lines.slice(position);
  }

  logLength(): number {
    return this.process.lines.length;
  }

  get #vici(): Vici {
    return this.daemon.vici;
  }

  /** A file with a line for each time that this process let the tunnel carry traffic, or stopped it. */
  get #turns(): string {
    return `${this.namespaces.directory}/${this.daemon.placement.ikeRole}/${this.placement.device}.turns`;
  }
}

/** Moves the daemon's device into the gateway, where it is a routed interface like any other. */
async function moveDevice(
  namespaces: Namespaces,
  { ikeRole, gatewayRole, device }: DaemonPlacement,
): Promise<void> {
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
}

/**
 * charon runs this when a tunnel starts or stops carrying traffic, not when it rekeys: the device's link follows the
 * tunnel, so that routes through a failed tunnel disappear. A tunnel's end and the beginning of its successor are told in
 * any order: the link goes down only when none is left.
 */
function updown(
  namespaces: Namespaces,
  gatewayRole: string,
  { device, onUp }: EndPlacement,
  turns: string,
): string {
  const ip = `ip -n ${namespaces.nameOf(gatewayRole)}`;
  const up = [`link set ${device} up`, ...onUp].map((command) => `${ip} ${command}`).join("; ");
  const left = `[ $(grep -c up ${turns}) -gt $(grep -c down ${turns}) ]`;
  const cases = `up-*) echo up >&9; ${up} ;; down-*) echo down >&9; ${left} || ${ip} link set ${device} down ;;`;
  return `sh -c 'exec 9>>${turns}; flock 9; case $PLUTO_VERB in ${cases} esac'`;
}
