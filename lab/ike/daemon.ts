import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { addressAt } from "../../rehearsal/model/addresses";
import { connectionMessage, daemonSettings, forgetKey, keyMessage, tunnelName } from "./settings";
import type { Ground } from "../machine/namespaces";
import type { GatewayEnd } from "../plan/tunnels";
import { type Daemon, LabError, until } from "../machine/processes";
import { Vici, type ViciMessage } from "./vici";

/** Debian's package charon-systemd. It runs as well without systemd. */
export const charon = "/usr/sbin/charon-systemd";

/** The TUN device that charon's user-space ESP makes, before the gateway adopts it. */
const ownDevice = "ipsec0";

/** The selector of a route-based gateway. */
const everything = "0.0.0.0/0";

export interface IkePlace {
  /** Namespace that holds the end's public address. */
  readonly ikeRole: string;
  /** Namespace of the gateway that the tunnel's device belongs to. */
  readonly gatewayRole: string;
  readonly device: string;
  /** `ip` commands in the gateway once the tunnel carries traffic: its link comes up first. */
  readonly onUp: readonly string[];
  /** Addresses of the device. */
  readonly addresses: readonly string[];
}

/** One end of one tunnel: a real IKE daemon. */
export class IkeDaemon {
  private constructor(
    private readonly ground: Ground,
    readonly place: IkePlace,
    readonly vici: Vici,
    readonly process: Daemon,
    readonly updown: string,
  ) {}

  /** Starts the daemon and gives the gateway its device; it knows no peer yet. */
  static async start(ground: Ground, place: IkePlace, end: GatewayEnd): Promise<IkeDaemon> {
    const directory = `${ground.directory}/${place.ikeRole}`;
    const socket = `${directory}/vici`;
    mkdirSync(directory, { recursive: true });
    // What an earlier daemon of this end left: its socket, and the stand-in for its device.
    rmSync(socket, { force: true });
    await ground.run(place.ikeRole, ["ip", "link", "del", ownDevice]);
    writeFileSync(`${directory}/strongswan.conf`, daemonSettings(end, socket));
    const process = ground.start(place.ikeRole, place.ikeRole, [charon], {
      env: { STRONGSWAN_CONF: `${directory}/strongswan.conf`, PATH: "/usr/sbin:/usr/bin:/sbin:/bin" },
    });
    await until(`the IKE daemon ${place.ikeRole} answers`, () => {
      if (!process.running) throw new LabError(`${charon} ended: ${process.lines.slice(-5).join("; ")}`);
      return existsSync(socket);
    });
    const vici = await until(`the IKE daemon ${place.ikeRole} takes orders`, () =>
      Vici.connect(socket).catch(() => undefined),
    );
    await adopt(ground, place);
    return new IkeDaemon(ground, place, vici, process, updownCommand(ground, place));
  }

  /** Tells the daemon its peer and key, replacing what it knew. */
  async configure(end: GatewayEnd): Promise<void> {
    await this.ground.ip(
      end.localNetworks
        .filter((network) => network !== everything)
        // charon takes narrower selectors only where an address of its own lies inside them.
        .map((network) => `addr replace ${addressAt(network, 1) ?? network} dev lo`),
      this.place.ikeRole,
    );
    await this.vici.request("load-shared", keyMessage(end));
    await this.vici.request("load-conn", connectionMessage(end, this.updown));
  }

  /** Forgets peer and key, as a deleted connection does. */
  async forget(): Promise<void> {
    await this.vici.request("unload-conn", { name: tunnelName });
    await this.vici.request("unload-shared", forgetKey);
  }

  /** Dials, without waiting for the outcome. */
  async dial(): Promise<void> {
    await this.vici.request("initiate", { child: tunnelName, timeout: "-1" });
  }

  /** Dials and waits; the error says why the tunnel did not come up. */
  async dialAndWait(timeoutMs: number): Promise<void> {
    await this.vici.request("initiate", { child: tunnelName, timeout: String(timeoutMs) });
  }

  /** Hangs up. With `force` the peer hears nothing of it where it cannot answer. */
  async hangUp(): Promise<void> {
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

  /** The child association that carries traffic. */
  async child(): Promise<ChildAssociation | undefined> {
    const associations = await this.associations();
    return associations
      .filter((one) => one.state === "ESTABLISHED")
      .flatMap((one) => one.children)
      .find((child) => child.state === "INSTALLED");
  }

  async rekey(what: "ike" | "child"): Promise<void> {
    await this.vici.request("rekey", { [what]: tunnelName });
  }

  /** What the daemon said since a mark taken with `mark`. */
  said(since = 0): string[] {
    return this.process.lines.slice(since);
  }

  mark(): number {
    return this.process.lines.length;
  }
}

export interface IkeAssociation {
  readonly uniqueId: string;
  readonly state: string;
  /** As `AES_CBC_256/HMAC_SHA2_384_192/PRF_HMAC_SHA2_384/ECP_384`. */
  readonly suite: string;
  readonly initiator: boolean;
  readonly children: readonly ChildAssociation[];
}

export interface ChildAssociation {
  readonly uniqueId: string;
  readonly state: string;
  readonly suite: string;
  /** The group of its own key exchange; the first child of a tunnel has none. */
  readonly keyExchange: string | undefined;
}

function readAssociation(section: ViciMessage): IkeAssociation {
  const children = isSection(section["child-sas"]) ? Object.values(section["child-sas"]) : [];
  return {
    uniqueId: word(section, "uniqueid"),
    state: word(section, "state"),
    suite: [cipher(section), word(section, "integ-alg"), word(section, "prf-alg"), word(section, "dh-group")]
      .filter(Boolean)
      .join("/"),
    initiator: section["initiator"] === "yes",
    children: children.filter(isSection).map(readChild),
  };
}

function readChild(section: ViciMessage): ChildAssociation {
  return {
    uniqueId: word(section, "uniqueid"),
    state: word(section, "state"),
    suite: [cipher(section), word(section, "integ-alg")].filter(Boolean).join("/"),
    keyExchange: word(section, "dh-group") || undefined,
  };
}

function cipher(section: ViciMessage): string {
  return [word(section, "encr-alg"), word(section, "encr-keysize")].filter(Boolean).join("_");
}

function word(section: ViciMessage, key: string): string {
  const value = section[key];
  return typeof value === "string" ? value : "";
}

function isSection(value: ViciMessage[string] | undefined): value is ViciMessage {
  return typeof value === "object" && !Array.isArray(value);
}

/** Moves the daemon's device into the gateway, where it is a routed interface like any other. */
async function adopt(ground: Ground, place: IkePlace): Promise<void> {
  const gateway = ground.namespace(place.gatewayRole);
  const inIke = (args: string[]) => ground.run(place.ikeRole, ["ip", ...args]);
  await until(`the IKE daemon ${place.ikeRole} makes its device`, async () => {
    const { code } = await inIke(["link", "show", ownDevice]);
    return code === 0;
  });
  await ground.ip(
    [
      `link set ${ownDevice} netns ${gateway} name ${place.device}`,
      // charon routes each tunnel through a device of this name and gives the tunnel up where there is none.
      `link add ${ownDevice} type bridge`,
      `link set ${ownDevice} up`,
    ],
    place.ikeRole,
  );
  await ground.ip(
    [
      `link set ${place.device} down`,
      ...place.addresses.map((address) => `addr add ${address} dev ${place.device}`),
    ],
    place.gatewayRole,
  );
}

/**
 * Run by charon as a tunnel starts or ceases to carry traffic, not when its keys are renewed: the device's link follows
 * the tunnel, so that routes through a dead one vanish.
 */
function updownCommand(ground: Ground, place: IkePlace): string {
  const ip = `ip -n ${ground.namespace(place.gatewayRole)}`;
  const up = [`link set ${place.device} up`, ...place.onUp].map((command) => `${ip} ${command}`).join("; ");
  return `sh -c 'case $PLUTO_VERB in up-*) ${up} ;; down-*) ${ip} link set ${place.device} down ;; esac'`;
}
