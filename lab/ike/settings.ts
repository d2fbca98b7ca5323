import type { TunnelEnd } from "../plan/tunnels";
import type { ViciMessage } from "./vici";

/** How often a daemon repeats an unanswered message before it declares a peer dead. */
const retransmissions = 2;

/**
 * strongSwan's settings for one daemon; keys and peers are loaded through its control socket.
 * @see https://docs.strongswan.org/docs/5.9/config/strongswanConf.html
 */
export function daemonSettings(end: TunnelEnd, controlSocket: string): string {
  // A peer counts as dead when the last repetition stays unanswered: (1 + retransmissions) equal waits.
  const wait = end.dpd.timeoutSeconds / (1 + retransmissions);
  return `
charon {
  load = random nonce openssl kdf kernel-libipsec kernel-netlink socket-default updown vici
  install_virtual_ip = no
  retransmit_base = 1.0
  retransmit_timeout = ${wait}
  retransmit_tries = ${retransmissions}
  threads = 16
  plugins {
    vici {
      socket = unix://${controlSocket}
    }
    # The lab routes into the tunnel's device, as on a route-based gateway. charon always adds a route of its own for the
    # selectors 0.0.0.0/0, which would catch its own messages: a mark that no packet has makes it ineffective.
    kernel-netlink {
      fwmark = 0x7777
    }
    kernel-libipsec {
      allow_peer_ts = yes
    }
  }
  # Read by the lab through a pipe; level 2 shows every proposal and no key.
  filelog {
    stderr {
      default = 1
      ike = 2
      cfg = 2
      flush_line = yes
    }
  }
}
charon-systemd {
  journal {
    default = -1
  }
}
`;
}

/** A tunnel's pre-shared key, for the two addresses it belongs to. */
export function keyMessage(name: string, end: TunnelEnd): ViciMessage {
  return { id: name, type: "IKE", data: end.key, owners: [end.outsideAddress, end.peerAddress] };
}

/**
 * The connection, with exactly this end's settings. `name` is the tunnel's: of connection and child, and of no other
 * tunnel of the daemon. @see https://docs.strongswan.org/docs/5.9/swanctl/swanctlConf.html
 */
export function connectionMessage(name: string, end: TunnelEnd, updown: string): ViciMessage {
  const { leastSeconds, mostSeconds } = end.rekeyMargin;
  const lifetime = (seconds: number) => ({
    life_time: `${seconds}s`,
    rekey_time: `${seconds - leastSeconds}s`,
    rand_time: `${mostSeconds - leastSeconds}s`,
  });
  const ike = lifetime(end.ikeLifetimeSeconds);
  return {
    [name]: {
      version: String(end.ikeVersion),
      local_addrs: [end.outsideAddress],
      remote_addrs: [end.peerAddress],
      proposals: end.ike,
      mobike: "no",
      unique: "replace",
      keyingtries: "0",
      dpd_delay: `${Math.max(1, Math.round(end.dpd.delaySeconds))}s`,
      rekey_time: ike.rekey_time,
      rand_time: ike.rand_time,
      over_time: `${leastSeconds}s`,
      local: { auth: "psk", id: end.outsideAddress },
      remote: { auth: "psk", id: end.peerAddress },
      children: {
        [name]: {
          ...lifetime(end.childLifetimeSeconds),
          local_ts: end.localSelectors,
          remote_ts: end.remoteSelectors,
          esp_proposals: end.esp,
          // The lab initiates once both ends are configured.
          start_action: "none",
          dpd_action: end.dpd.restarts ? "restart" : "clear",
          // guess: an end that initiates again after a dead peer does so after a DELETE too.
          close_action: end.dpd.restarts ? "start" : "none",
          updown,
        },
      },
    },
  };
}

/** Errors of a failed negotiation and their text in charon's log, in the order in which the lab searches for them. */
export const ikeErrors = {
  AUTHENTICATION_FAILED: "AUTH_FAILED",
  TS_UNACCEPTABLE: "TS_UNACCEPT",
  NO_PROPOSAL_CHOSEN: "NO_PROP",
  INVALID_KE_PAYLOAD: "INVAL_KE",
  "peer not responding": "giving up after",
} as const;
export type IkeError = keyof typeof ikeErrors;

export function ikeErrorIn(lines: readonly string[]): IkeError | undefined {
  const found = Object.entries(ikeErrors).find(([, text]) => lines.some((line) => line.includes(text)));
  return found?.[0] as IkeError | undefined;
}
