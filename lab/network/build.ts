import type { Namespaces } from "../machine/namespaces";
import type { NetworkPlan } from "./plan";

const hostSettings = [
  "cd /proc/sys/net/ipv4",
  // Tunnels make asymmetric paths.
  "echo 0 > conf/all/rp_filter",
  "echo 0 > conf/default/rp_filter",
  // Without a path the system gives a connection up after 7 seconds, not two minutes, however slowly its program starts.
  "echo 2 > tcp_syn_retries",
];

const routerSettings = [
  ...hostSettings,
  "echo 1 > ip_forward",
  "echo 0 > conf/all/send_redirects",
  // Neighbours with a public /32 alone send ARP requests for every address: the router answers, without delay.
  "echo 1 > conf/all/proxy_arp",
  "for delay in neigh/*/proxy_delay; do echo 0 > $delay; done",
];

/** Creates the namespaces and the links between them. The machine's own network stays as it is. */
export async function buildNetwork(namespaces: Namespaces, network: NetworkPlan): Promise<void> {
  const name = (role: string): string => namespaces.nameOf(role);
  await namespaces.ip([
    ...network.namespaces.map((role) => `netns add ${name(role)}`),
    ...network.links.map(
      ([one, other]) =>
        `link add ${one.device} netns ${name(one.role)} type veth peer name ${other.device} netns ${name(other.role)}`,
    ),
  ]);
  await Promise.all(
    network.namespaces.map(async (role) => {
      const settings = network.routers.includes(role) ? routerSettings : hostSettings;
      await namespaces.runOk(role, ["sh", "-ec", settings.join("\n")]);
      const interfaces = network.links.flat().filter((one) => one.role === role);
      const commands = interfaces.flatMap(({ device, addresses }) => [
        ...addresses.map((address) => `addr add ${address} dev ${device}`),
        `link set ${device} up`,
      ]);
      await namespaces.ip(["link set lo up", ...commands], role);
    }),
  );
  // Routes by way of a neighbour need both ends of the link up.
  const commands = Object.entries(network.commands);
  await Promise.all(commands.map(([role, lines]) => namespaces.ip(lines, role)));
}
