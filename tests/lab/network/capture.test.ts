import { expect } from "chai";
import { readPackets, udpOf } from "../../../lab/network/capture";

describe("captured packets", () => {
  it("are read from their IPv4 header on, with their ports", () => {
    const header = Buffer.alloc(24);
    header.writeUInt32LE(1, 20);
    const ip = Buffer.from([0x45, ...Array<number>(8).fill(0), 17, ...Array<number>(10).fill(0)]);
    const udp = Buffer.from([0x11, 0x94, 0x01, 0xf4, 0, 8, 0, 0]);
    const frame = Buffer.concat([Buffer.alloc(12), Buffer.from([8, 0]), ip, udp]);
    const foreign = Buffer.concat([Buffer.alloc(12), Buffer.from([0x86, 0xdd]), ip]);
    const record = (packet: Buffer): Buffer => {
      const prefix = Buffer.alloc(16);
      prefix.writeUInt32LE(packet.length, 8);
      return Buffer.concat([prefix, packet]);
    };
    const packets = readPackets(Buffer.concat([header, record(foreign), record(frame)]));
    expect(packets).to.have.length(1);
    expect(udpOf(packets[0] ?? Buffer.alloc(0))).to.deep.equal({ sourcePort: 4500, destinationPort: 500 });
  });
});
