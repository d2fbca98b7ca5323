import { expect } from "chai";
import fc from "fast-check";
import { decode, encode, Vici, type ViciMessage } from "../../../lab/ike/vici";
import { createServer, type Server } from "node:net";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

describe("vici messages", () => {
  it("are encoded as charon's documentation shows", () => {
    // The example of the protocol's own README, byte by byte.
    const message = {
      key1: "value1",
      section1: { "sub-section": { key2: "value2" }, list1: ["item1", "item2"] },
    };
    const text = (length: "one byte" | "two bytes", word: string): Buffer =>
      Buffer.concat([
        Buffer.from(length === "one byte" ? [word.length] : [0, word.length]),
        Buffer.from(word),
      ]);
    expect(encode(message)).to.deep.equal(
      Buffer.concat([
        ...[Buffer.of(3), text("one byte", "key1"), text("two bytes", "value1")],
        ...[Buffer.of(1), text("one byte", "section1")],
        ...[Buffer.of(1), text("one byte", "sub-section")],
        ...[Buffer.of(3), text("one byte", "key2"), text("two bytes", "value2")],
        Buffer.of(2),
        ...[Buffer.of(4), text("one byte", "list1")],
        ...[Buffer.of(5), text("two bytes", "item1"), Buffer.of(5), text("two bytes", "item2")],
        ...[Buffer.of(6), Buffer.of(2)],
      ]),
    );
  });

  it("come back as they went in, whatever they hold", () => {
    const name = fc.string({ minLength: 1, maxLength: 60 }).filter((word) => word !== "__proto__");
    const value = fc.string({ maxLength: 300 });
    const { message } = fc.letrec<{ message: ViciMessage }>((tie) => ({
      message: fc.dictionary(name, fc.oneof({ depthSize: "small" }, value, fc.array(value), tie("message")), {
        maxKeys: 4,
        noNullPrototype: true,
      }),
    }));
    fc.assert(
      fc.property(message, (given) => {
        expect(decode(encode(given))).to.deep.equal(given);
      }),
    );
  });

  for (const { name, bytes, says } of [
    { name: "ends inside a value", bytes: [3, 1, 97, 0, 9, 98], says: /ends inside a value/ },
    { name: "never closes a section", bytes: [1, 1, 97], says: /ends inside a section/ },
    { name: "closes a section that is not open", bytes: [2], says: /is not open/ },
    { name: "holds an unknown element", bytes: [9, 1, 97], says: /unknown kind 9/ },
  ] as const) {
    it(`are refused where one ${name}`, () => {
      expect(() => decode(Buffer.from(bytes))).to.throw(says);
    });
  }
});

describe("a vici connection", () => {
  let directory: string;
  let server: Server;
  let answers: Buffer[];

  beforeEach((done) => {
    directory = mkdtempSync(join(tmpdir(), "vici-"));
    answers = [];
    server = createServer((socket) => {
      socket.on("data", () => {
        // In pieces, as a stream may deliver them.
        for (const byte of answers.shift() ?? []) socket.write(Buffer.of(byte));
      });
      socket.on("error", () => undefined);
    });
    server.listen(join(directory, "socket"), done);
  });
  afterEach(() => {
    server.close();
    rmSync(directory, { recursive: true });
  });

  const packet = (kind: number, content: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(1 + content.length);
    return Buffer.concat([length, Buffer.of(kind), content]);
  };

  it("hands out an answer that arrives in pieces", async () => {
    answers = [packet(1, encode({ daemon: "charon" }))];
    const vici = await Vici.connect(join(directory, "socket"));
    expect(await vici.request("version")).to.deep.equal({ daemon: "charon" });
    vici.close();
  });

  it("throws what the daemon says where it refuses", async () => {
    answers = [packet(1, encode({ success: "no", errmsg: "unloading failed" }))];
    const vici = await Vici.connect(join(directory, "socket"));
    const error = await vici.request("unload-conn").catch((reason: unknown) => reason);
    expect(error).to.be.an("error").with.property("message", "unload-conn: unloading failed");
    vici.close();
  });

  it("rejects what is still open when the daemon goes", async () => {
    const vici = await Vici.connect(join(directory, "socket"));
    const open = vici.request("version").catch((reason: unknown) => reason);
    vici.close();
    expect(await open)
      .to.be.an("error")
      .with.property("message", "the IKE daemon closed its control socket");
  });
});
