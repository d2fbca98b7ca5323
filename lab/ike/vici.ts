import { connect, type Socket } from "node:net";

/**
 * charon's control protocol, vici: it configures and monitors an IKE daemon without a key in any file.
 * @see https://github.com/strongswan/strongswan/blob/5.9.8/src/libcharon/plugins/vici/README.md
 */
export interface ViciMessage {
  readonly [key: string]: string | readonly string[] | ViciMessage;
}

const element = {
  sectionStart: 1,
  sectionEnd: 2,
  keyValue: 3,
  listStart: 4,
  listItem: 5,
  listEnd: 6,
} as const;
const packet = { request: 0, response: 1, register: 3, confirmed: 5, event: 7 } as const;

/** The daemon accepts no longer segment. */
const longestSegment = 512 * 1024;

export function encode(message: ViciMessage): Buffer {
  const parts = Object.entries(message).flatMap(([name, value]) => {
    const start = (kind: number): Buffer[] => [Buffer.of(kind), lengthBefore(name, 1)];
    if (typeof value === "string") return [...start(element.keyValue), lengthBefore(value, 2)];
    if (isList(value)) {
      const items = value.flatMap((item) => [Buffer.of(element.listItem), lengthBefore(item, 2)]);
      return [...start(element.listStart), ...items, Buffer.of(element.listEnd)];
    }
    return [...start(element.sectionStart), encode(value), Buffer.of(element.sectionEnd)];
  });
  return Buffer.concat(parts);
}

export function decode(bytes: Buffer): ViciMessage {
  let at = 0;
  const take = (lengthBytes: number): string => {
    const length = bytes.readUIntBE(at, lengthBytes);
    at += lengthBytes + length;
    if (at > bytes.length) throw new Error("vici message ends inside a value");
    return bytes.toString("utf8", at - length, at);
  };
  const section = (nested: boolean): ViciMessage => {
    const content: Record<string, ViciMessage[string]> = {};
    while (at < bytes.length) {
      const kind = bytes.readUInt8(at++);
      if (kind === element.sectionEnd) {
        if (!nested) throw new Error("vici message closes a section that is not open");
        return content;
      }
      const name = take(1);
      if (kind === element.keyValue) content[name] = take(2);
      else if (kind === element.listStart) content[name] = list();
      else if (kind === element.sectionStart) content[name] = section(true);
      else throw new Error(`vici message holds an element of unknown kind ${String(kind)}`);
    }
    if (nested) throw new Error("vici message ends inside a section");
    return content;
  };
  const list = (): string[] => {
    const items: string[] = [];
    for (;;) {
      const kind = bytes.readUInt8(at++);
      if (kind === element.listEnd) return items;
      if (kind !== element.listItem) throw new Error(`vici list holds an element of kind ${String(kind)}`);
      items.push(take(2));
    }
  };
  return section(false);
}

/** One connection to one daemon. Requests are answered in order; events arrive in between. */
export class Vici {
  readonly #socket: Socket;
  readonly #waiting: {
    readonly name: string;
    readonly resolve: (answer: ViciMessage) => void;
    readonly reject: (reason: Error) => void;
  }[] = [];
  readonly #listeners = new Map<string, Set<(event: ViciMessage) => unknown>>();
  #received: Buffer = Buffer.alloc(0);

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (chunk) => {
      this.#receive(chunk);
    });
    const fail = (reason: Error): void => {
      for (const { reject } of this.#waiting.splice(0)) reject(reason);
    };
    socket.on("error", fail);
    socket.on("close", () => {
      fail(new Error("the IKE daemon closed its control socket"));
    });
  }

  static connect(path: string): Promise<Vici> {
    return new Promise((resolve, reject) => {
      const socket = connect(path, () => {
        socket.off("error", reject);
        resolve(new Vici(socket));
      });
      socket.once("error", reject);
    });
  }

  /** Sends a command; throws the daemon's message if it answers `success = no`. */
  async request(command: string, message: ViciMessage = {}): Promise<ViciMessage> {
    const answer = await this.#send(packet.request, command, encode(message));
    if (answer.success === "no") {
      throw new Error(`${command}: ${typeof answer.errmsg === "string" ? answer.errmsg : "refused"}`);
    }
    return answer;
  }

  /** Sends a command that answers with a stream of events, as `list-sas`. */
  async stream(command: string, event: string, message: ViciMessage = {}): Promise<ViciMessage[]> {
    const events: ViciMessage[] = [];
    const collect = (one: ViciMessage): unknown => events.push(one);
    const registered = this.#listeners.get(event);
    const listeners = registered ?? new Set();
    this.#listeners.set(event, listeners.add(collect));
    // A second registration would make the daemon send every event twice.
    if (registered === undefined) await this.#send(packet.register, event);
    try {
      await this.request(command, message);
    } finally {
      listeners.delete(collect);
    }
    return events;
  }

  close(): void {
    this.#socket.destroy();
  }

  #send(kind: number, name: string, body: Buffer = Buffer.alloc(0)): Promise<ViciMessage> {
    const segment = Buffer.concat([Buffer.of(kind), lengthBefore(name, 1), body]);
    if (segment.length > longestSegment) throw new Error(`${name}: message is longer than vici allows`);
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) {
        reject(new Error(`${name}: the IKE daemon's control socket is closed`));
        return;
      }
      this.#waiting.push({ resolve, reject, name });
      this.#socket.write(lengthBefore(segment, 4));
    });
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    while (this.#received.length >= 4) {
      const end = 4 + this.#received.readUInt32BE(0);
      if (this.#received.length < end) return;
      this.#handle(this.#received.subarray(4, end));
      this.#received = this.#received.subarray(end);
    }
  }

  #handle(segment: Buffer): void {
    const kind = segment.readUInt8(0);
    if (kind === packet.event) {
      const nameEnd = 2 + segment.readUInt8(1);
      const event = decode(segment.subarray(nameEnd));
      this.#listeners.get(segment.toString("utf8", 2, nameEnd))?.forEach((onEvent) => {
        onEvent(event);
      });
      return;
    }
    const waiting = this.#waiting.shift();
    if (waiting === undefined) return;
    if (kind === packet.response) waiting.resolve(decode(segment.subarray(1)));
    else if (kind === packet.confirmed) waiting.resolve({});
    else waiting.reject(new Error(`the IKE daemon has no command ${waiting.name}`));
  }
}

function isList(value: readonly string[] | ViciMessage): value is readonly string[] {
  return Array.isArray(value);
}

function lengthBefore(content: string | Buffer, lengthBytes: 1 | 2 | 4): Buffer {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  const length = Buffer.alloc(lengthBytes);
  length.writeUIntBE(bytes.length, 0, lengthBytes);
  return Buffer.concat([length, bytes]);
}
