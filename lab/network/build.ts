import type { Ground } from "../machine/namespaces";
import type { NetworkPlan } from "./plan";

const hostSettings = [
  "cd /proc/sys/net/ipv4",
  // Tunnels make paths that differ there and back.
  "echo 0 > conf/all/rp_filter",
  "echo 0 > conf/default/rp_filter",
];

const routerSettings = [
  ...hostSettings,
  "echo 1 > ip_forward",
  "echo 0 > conf/all/send_redirects",
  // Neighbours with nothing but a public /32 ask for every address: the router answers, and at once.
  "echo 1 > conf/all/proxy_arp",
  "for delay in neigh/*/proxy_delay; do echo 0 > $delay; done",
];

/** Lays the namespaces and their cables. Nothing ever touches the machine's own network. */
export async function buildNetwork(ground: Ground, network: NetworkPlan): Promise<void> {
  const name = (role: string): string => ground.namespace(role);
  await ground.ip([
    ...network.namespaces.map((role) => `netns add ${name(role)}`),
    ...network.cables.map(
      ([one, other]) =>
        `link add ${one.device} netns ${name(one.role)} type veth peer name ${other.device} netns ${name(other.role)}`,
    ),
  ]);
  await Promise.all(
    network.namespaces.map(async (role) => {
      const plugs = network.cables.flat().filter((plug) => plug.role === role);
      await ground.runOk(role, [
        "sh",
        "-ec",
        (network.routers.includes(role) ? routerSettings : hostSettings).join("\n"),
      ]);
      await ground.ip(
        [
          "link set lo up",
          ...plugs.flatMap((plug) =>
            plug.addresses.map((address) => `addr add ${address} dev ${plug.device}`),
          ),
          ...plugs.map((plug) => `link set ${plug.device} up`),
        ],
        role,
      );
    }),
  );
  // Routes by way of a neighbour need both ends of the cable up.
  await Promise.all(Object.entries(network.commands).map(([role, commands]) => ground.ip(commands, role)));
}
