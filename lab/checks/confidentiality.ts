import { randomBytes } from "node:crypto";
import { runCli } from "../s3/awsCli";
import { Capture, type Packets, udpOf } from "../network/capture";
import { healInternet, losePackets } from "../network/packetLoss";
import { dial, hangUp, waitForTunnels } from "../lab";
import { awsLanDevice, edgeDevice, roles } from "../network/plan";
import { until } from "../machine/processes";
import type { Session } from "../session";
import { type Check, oneLine } from "./check";

/** Ports of IKE and of ESP inside UDP. */
const ipsecPorts = [500, 4500];

/** Nothing readable leaves the tunnel: the same bytes are seen inside and not on the internet. */
export async function checkWire(session: Session): Promise<Check[]> {
  const { ground } = session.lab;
  const [inside, outside] = await Promise.all([
    Capture.start(ground, roles.vpc, awsLanDevice(0)),
    Capture.start(ground, roles.internet, edgeDevice),
  ]);
  const marker = randomBytes(16).toString("hex");
  const serverName = /--endpoint-url https:\/\/(\S+)/.exec(session.lab.plan.storage.listCommand)?.[1] ?? "";
  await sendMarker(session, marker);
  await list(session);
  await until(
    "the capture inside has seen both markers",
    () => inside.sees(marker) && inside.sees(serverName),
  );
  const seenInside = await inside.stop();
  const seenOutside = await outside.stop();
  return [
    ...[marker, serverName].map((bytes) => hidden(bytes, seenInside, seenOutside)),
    onlyIpsec(seenOutside),
  ];
}

/** With every tunnel down there is no path, and what was on its way does not take another. */
export async function checkFailClosed(session: Session): Promise<Check[]> {
  const { lab } = session;
  const before = await list(session);
  await losePackets(lab, lab.tunnels, "everything");
  await Promise.all(lab.tunnels.map(hangUp));
  const outside = await Capture.start(lab.ground, roles.internet, edgeDevice);
  const during = await list(session);
  const seen = await outside.stop();
  await healInternet(lab);
  await Promise.all(lab.tunnels.map(dial));
  await waitForTunnels(lab);
  const after = await list(session);
  const strays = seen.ipv4.filter((packet) => udpOf(packet) === undefined).length;
  return [
    {
      name: "with all tunnels up the bucket is listed",
      holds: before.code === 0,
      found: oneLine(before.stdout),
    },
    { name: "with all tunnels down it is not", holds: during.code !== 0, found: oneLine(during.stderr) },
    {
      name: "with all tunnels down nothing but IKE is tried on the internet",
      holds: strays === 0,
      found: `${seen.ipv4.length} packets, ${strays} of them not IPsec's`,
    },
    {
      name: "with the tunnels up again it is listed again",
      holds: after.code === 0,
      found: oneLine(after.stdout),
    },
  ];
}

function hidden(bytes: string, inside: Packets, outside: Packets): Check {
  const count = (packets: Packets): number => packets.ipv4.filter((packet) => packet.includes(bytes)).length;
  const [seenInside, seenOutside] = [count(inside), count(outside)];
  return {
    name: `"${bytes.slice(0, 24)}…" is seen in the VPC and not on the internet`,
    holds: seenInside > 0 && seenOutside === 0,
    found: `in ${seenInside} packets inside, in ${seenOutside} outside`,
  };
}

function onlyIpsec(outside: Packets): Check {
  const foreign = outside.ipv4.filter((packet) => {
    const udp = udpOf(packet);
    return udp === undefined || !ipsecPorts.includes(udp.destinationPort);
  });
  return {
    name: "the internet sees nothing but IKE and ESP",
    holds: outside.ipv4.length > 0 && foreign.length === 0,
    found: `${outside.ipv4.length} packets, ${foreign.length} of them others`,
  };
}

/** Readable bytes to the endpoint's port, by a client that knows no TLS. */
async function sendMarker(session: Session, marker: string): Promise<void> {
  const address = session.lab.plan.aws.subnets[0]?.endpointAddress ?? "";
  await until("the endpoint takes a connection", async () => {
    const command = `exec 3<>/dev/tcp/${address}/443 && echo ${marker} >&3`;
    return (
      (await session.lab.ground.run(roles.client, ["bash", "-c", command], { timeoutMs: 3000 })).code === 0
    );
  });
}

function list(session: Session) {
  const { lab, s3 } = session;
  return runCli(lab.ground, {
    role: roles.client,
    credentials: lab.plan.storage.reader,
    authority: s3?.authority,
    command: lab.plan.storage.listCommand,
    // The command stays the stack's own; without a path the client would wait a minute.
    timeoutMs: 8000,
  });
}
