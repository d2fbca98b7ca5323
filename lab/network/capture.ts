import { type ChildProcess, spawn } from "node:child_process";
import type { Namespaces } from "../machine/namespaces";
import { LabError } from "../machine/processes";

/** Packets seen in one namespace, kept in memory. */
export class Capture {
  #bytes: Buffer[] = [];

  private constructor(private readonly child: ChildProcess) {}

  /** Starts tcpdump on a device and returns once it captures. */
  static async start(namespaces: Namespaces, role: string, device: string): Promise<Capture> {
    const command = `netns exec ${namespaces.nameOf(role)} tcpdump -i ${device} -n -U --immediate-mode -s 0 -w -`;
    const child = spawn("ip", command.split(" "), { stdio: ["ignore", "pipe", "pipe"], detached: true });
    const capture = new Capture(child);
    child.stdout.on("data", (chunk: Buffer) => capture.#bytes.push(chunk));
    await new Promise<void>((resolve, reject) => {
      let messages = "";
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        messages += text;
        if (messages.includes("listening on")) resolve();
      });
      child.on("exit", () => {
        reject(new LabError(`tcpdump ended: ${messages.trim()}`));
      });
    });
    return capture;
  }

  /** Whether a packet with these bytes has passed. */
  sees(bytes: string): boolean {
    return Buffer.concat(this.#bytes).includes(bytes);
  }

  /** Every packet from its IPv4 header on; other protocols are left out. */
  async stop(): Promise<readonly Buffer[]> {
    const ended = new Promise((resolve) => this.child.on("close", resolve));
    this.child.kill("SIGINT");
    await ended;
    return readPackets(Buffer.concat(this.#bytes));
  }
}

/** By the capture's link type: Ethernet, Linux "cooked" v1 and v2. */
const linkHeaders: Readonly<Record<number, { readonly length: number; readonly typeAt: number }>> = {
  1: { length: 14, typeAt: 12 },
  113: { length: 16, typeAt: 14 },
  276: { length: 20, typeAt: 0 },
};

/** @see https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-04.html */
export function readPackets(file: Buffer): Buffer[] {
  const header = linkHeaders[file.readUInt32LE(20)];
  if (header === undefined) throw new LabError(`capture of unknown link type ${file.readUInt32LE(20)}`);
  const ipv4: Buffer[] = [];
  for (let at = 24; at + 16 <= file.length;) {
    const length = file.readUInt32LE(at + 8);
    const packet = file.subarray(at + 16, at + 16 + length);
    if (packet.length === length && packet.readUInt16BE(header.typeAt) === 0x0800) {
      ipv4.push(packet.subarray(header.length));
    }
    at += 16 + length;
  }
  return ipv4;
}

/** The UDP ports of an IPv4 packet; undefined for other protocols. */
export function udpOf(packet: Buffer): { sourcePort: number; destinationPort: number } | undefined {
  if (packet.readUInt8(9) !== 17) return undefined;
  const at = 4 * (packet.readUInt8(0) & 0x0f);
  return { sourcePort: packet.readUInt16BE(at), destinationPort: packet.readUInt16BE(at + 2) };
}
