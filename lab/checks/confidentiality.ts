import { randomBytes } from "node:crypto";
import { initiate, terminate, waitForTunnels } from "../lab";
import { type Finished, until } from "../machine/processes";
import { Capture, udpOf } from "../network/capture";
import { dropPackets, stopDropping } from "../network/packetLoss";
import { awsLanDevice, edgeDevice, roles } from "../network/plan";
import { runCli } from "../s3/awsCli";
import type { Session } from "../session";
import { check, type Check, oneLine } from "./check";

/** Ports of IKE and of ESP in UDP. */
const ipsecPorts = [500, 4500];

/** Nothing readable is on the internet: the same bytes are seen in the VPC and not there. */
export async function checkConfidentiality(session: Session): Promise<Check[]> {
  const { namespaces, plan } = session.lab;
  const [inside, outside] = await Promise.all([
    Capture.start(namespaces, roles.vpc, awsLanDevice(0)),
    Capture.start(namespaces, roles.internet, edgeDevice),
  ]);
  const marker = randomBytes(16).toString("hex");
  const serverName = plan.storage.endpointUrl.replace("https://", "");
  await sendMarker(session, marker);
  await list(session);
  await until(
    "the capture in the VPC has both markers",
    () => inside.sees(marker) && inside.sees(serverName),
  );
  const seenInside = await inside.stop();
  const seenOutside = await outside.stop();
  const foreign = seenOutside.filter((packet) => !ipsecPorts.includes(udpOf(packet)?.destinationPort ?? 0));
  const count = (packets: readonly Buffer[], bytes: string): number =>
    packets.filter((packet) => packet.includes(bytes)).length;
  return [
    ...[marker, serverName].map((bytes) => {
      const [vpc, internet] = [count(seenInside, bytes), count(seenOutside, bytes)];
      return check(`"${bytes.slice(0, 24)}…" is seen in the VPC and not on the internet`, {
        holds: vpc > 0 && internet === 0,
        at: internet > 0 ? "internet" : "VPC",
        found: `in ${vpc} packets in the VPC, in ${internet} on the internet`,
      });
    }),
    check("on the internet there is nothing but IKE and ESP", {
      holds: seenOutside.length > 0 && foreign.length === 0,
      at: "internet",
      found: `${seenOutside.length} packets, ${foreign.length} of them others`,
    }),
  ];
}

/** With every tunnel down there is no path, and packets take no other one. */
export async function checkFailClosed(session: Session): Promise<Check[]> {
  const { lab } = session;
  const { namespaces, tunnels } = lab;
  const before = await list(session);
  const plans = tunnels.map(({ plan }) => plan);
  await dropPackets(namespaces, plans, "everything");
  await Promise.all(tunnels.map(terminate));
  const outside = await Capture.start(namespaces, roles.internet, edgeDevice);
  const during = await list(session);
  const seen = await outside.stop();
  await stopDropping(namespaces);
  await Promise.all(tunnels.map(initiate));
  await waitForTunnels(lab);
  const after = await list(session);
  const strays = seen.filter((packet) => udpOf(packet) === undefined).length;
  const answered = (name: string, run: Finished, holds = run.code === 0): Check =>
    check(name, { holds, at: roles.client, found: oneLine(run.code === 0 ? run.stdout : run.stderr) });
  return [
    answered("with all tunnels up the bucket is listed", before),
    answered("with all tunnels down the endpoint does not answer", during, isUnreachable(during)),
    check("with all tunnels down there is nothing but IKE on the internet", {
      holds: strays === 0,
      at: "internet",
      found: `${seen.length} packets, ${strays} of them not IPsec's`,
    }),
    answered("with the tunnels up again it is listed again", after),
  ];
}

/** The client found no way: any other failure of its says nothing about the path. */
function isUnreachable({ code, stderr }: Finished): boolean {
  return code !== 0 && stderr.includes("Could not connect to the endpoint URL");
}

/** Readable bytes to the endpoint's port, by a client without TLS. */
async function sendMarker({ lab }: Session, marker: string): Promise<void> {
  const command = `exec 3<>/dev/tcp/${lab.plan.aws.endpointAddress}/443 && echo ${marker} >&3`;
  await until("the endpoint accepts a connection", async () => {
    const { code } = await lab.namespaces.run(roles.client, ["bash", "-c", command]);
    return code === 0;
  });
}

function list({ lab, s3 }: Session) {
  const { reader, listCommand } = lab.plan.storage;
  return runCli(lab.namespaces, {
    role: roles.client,
    credentials: reader,
    authority: s3?.authority,
    command: listCommand,
  });
}
