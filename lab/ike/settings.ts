import type { GatewayEnd } from "../plan/tunnels";
import type { ViciMessage } from "./vici";

/** Both connection and child bear one name: a daemon has one tunnel. */
export const tunnelName = "tunnel";
const keyName = "key";

/** How often a daemon repeats an unanswered message before it gives a peer up. */
const retransmissions = 2;

/**
 * strongSwan's settings of one daemon; keys and peers come through its control socket.
 * @see https://docs.strongswan.org/docs/5.9/config/strongswanConf.html
 */
export function daemonSettings(end: GatewayEnd, controlSocket: string): string {
  // A peer counts as dead when the last repetition stays unanswered: (1 + retransmissions) equal waits.
  const wait = end.deadPeer.timeoutSeconds / (1 + retransmissions);
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
    # The tunnel's device is routed by hand, as on a route-based gateway. charon insists on a route of its own for the
    # selectors 0.0.0.0/0, which would swallow its own messages: a mark that nobody sets keeps it out of the way.
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

/** The pre-shared key, for the two addresses it belongs to. */
export function keyMessage(end: GatewayEnd): ViciMessage {
  return { id: keyName, type: "IKE", data: end.key, owners: [end.outsideAddress, end.peerAddress] };
}

export const forgetKey: ViciMessage = { id: keyName };

/** The connection, with exactly what this end was told. @see https://docs.strongswan.org/docs/5.9/swanctl/swanctlConf.html */
export function connectionMessage(end: GatewayEnd, updown: string): ViciMessage {
  const { leastSeconds, mostSeconds } = end.renewal;
  const lifetime = (seconds: number) => ({
    life_time: `${seconds}s`,
    rekey_time: `${seconds - leastSeconds}s`,
    rand_time: `${mostSeconds - leastSeconds}s`,
  });
  const ike = lifetime(end.ikeSeconds);
  return {
    [tunnelName]: {
      version: String(end.ikeVersion),
      local_addrs: [end.outsideAddress],
      remote_addrs: [end.peerAddress],
      proposals: end.ike,
      mobike: "no",
      unique: "replace",
      keyingtries: "0",
      dpd_delay: `${Math.max(1, Math.round(end.deadPeer.idleSeconds))}s`,
      rekey_time: ike.rekey_time,
      rand_time: ike.rand_time,
      over_time: `${leastSeconds}s`,
      local: { auth: "psk", id: end.outsideAddress },
      remote: { auth: "psk", id: end.peerAddress },
      children: {
        [tunnelName]: {
          ...lifetime(end.childSeconds),
          local_ts: end.localNetworks,
          remote_ts: end.remoteNetworks,
          esp_proposals: end.esp,
          // The lab dials once both ends stand.
          start_action: "none",
          dpd_action: end.deadPeer.redials ? "restart" : "clear",
          // guess: an end that dials after a silence dials after a farewell too.
          close_action: end.deadPeer.redials ? "start" : "none",
          updown,
        },
      },
    },
  };
}

/** What a failed negotiation says, in the order in which the lab looks for it. */
export const ikeErrors = [
  "AUTHENTICATION_FAILED",
  "TS_UNACCEPTABLE",
  "NO_PROPOSAL_CHOSEN",
  "INVALID_KE_PAYLOAD",
  "peer not responding",
] as const;
export type IkeError = (typeof ikeErrors)[number];
