import { connect, type Socket } from "node:net";

/**
 * charon's control protocol, vici: how the lab configures and watches an IKE daemon without a file holding a key.
 * @see https://github.com/strongswan/strongswan/blob/5.9.8/src/libcharon/plugins/vici/README.md
 */
export interface ViciMessage {
  readonly [key: string]: string | readonly string[] | ViciMessage;
}

/** What `decode` builds while it reads. */
type Section = Record<string, string | readonly string[] | ViciMessage>;

const element = {
  sectionStart: 1,
  sectionEnd: 2,
  keyValue: 3,
  listStart: 4,
  listItem: 5,
  listEnd: 6,
} as const;
const packet = {
  request: 0,
  response: 1,
  register: 3,
  confirmed: 5,
  event: 7,
} as const;

/** The daemon takes no longer segment than this. */
const longestSegment = 512 * 1024;

export function encode(message: ViciMessage): Buffer {
  const parts: Buffer[] = [];
  const write = (kind: number, name?: string): void => {
    parts.push(
      name === undefined ? Buffer.of(kind) : Buffer.concat([Buffer.of(kind), lengthBefore(name, 1)]),
    );
  };
  const section = (content: ViciMessage): void => {
    for (const [name, value] of Object.entries(content)) {
      if (typeof value === "string") {
        write(element.keyValue, name);
        parts.push(lengthBefore(value, 2));
      } else if (isList(value)) {
        write(element.listStart, name);
        for (const item of value) parts.push(Buffer.of(element.listItem), lengthBefore(item, 2));
        write(element.listEnd);
      } else {
        write(element.sectionStart, name);
        section(value);
        write(element.sectionEnd);
      }
    }
  };
  section(message);
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
  const section = (nested: boolean): Section => {
    const content: Section = {};
    while (at < bytes.length) {
      const kind = bytes.readUInt8(at++);
      if (kind === element.sectionEnd) {
        if (!nested) throw new Error("vici message closes a section it never opened");
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
  readonly #listeners = new Map<string, Set<(event: ViciMessage) => void>>();
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

  /** Sends a command; throws what the daemon says where it answers `success = no`. */
  async request(command: string, message: ViciMessage = {}): Promise<ViciMessage> {
    const answer = await this.#send(packet.request, command, encode(message));
    if (answer.success === "no") {
      throw new Error(`${command}: ${typeof answer.errmsg === "string" ? answer.errmsg : "refused"}`);
    }
    return answer;
  }

  /** Sends a command whose answer is a stream of events, as `list-sas`. */
  async stream(command: string, event: string, message: ViciMessage = {}): Promise<ViciMessage[]> {
    const events: ViciMessage[] = [];
    const forget = await this.listen(event, (one) => events.push(one));
    try {
      await this.request(command, message);
    } finally {
      forget();
    }
    return events;
  }

  /** Calls `heard` for every such event, until the function returned is called. */
  async listen(event: string, heard: (event: ViciMessage) => void): Promise<() => void> {
    const known = this.#listeners.get(event);
    const listeners = known ?? new Set();
    this.#listeners.set(event, listeners);
    listeners.add(heard);
    // A second registration would make the daemon send every event twice.
    if (known === undefined) await this.#send(packet.register, event);
    return () => {
      listeners.delete(heard);
    };
  }

  close(): void {
    this.#socket.destroy();
  }

  #send(kind: number, name: string, body: Buffer = Buffer.alloc(0)): Promise<ViciMessage> {
    const segment = Buffer.concat([Buffer.of(kind), lengthBefore(name, 1), body]);
    if (segment.length > longestSegment) throw new Error(`${name}: message is longer than vici allows`);
    const header = Buffer.alloc(4);
    header.writeUInt32BE(segment.length);
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) {
        reject(new Error(`${name}: the IKE daemon's control socket is closed`));
        return;
      }
      this.#waiting.push({ resolve, reject, name });
      this.#socket.write(Buffer.concat([header, segment]));
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
      this.#listeners.get(segment.toString("utf8", 2, nameEnd))?.forEach((heard) => {
        heard(event);
      });
      return;
    }
    const waiting = this.#waiting.shift();
    if (waiting === undefined) return;
    if (kind === packet.response) waiting.resolve(decode(segment.subarray(1)));
    else if (kind === packet.confirmed) waiting.resolve({});
    else waiting.reject(new Error(`the IKE daemon does not know ${waiting.name}`));
  }
}

function isList(value: readonly string[] | ViciMessage): value is readonly string[] {
  return Array.isArray(value);
}

function lengthBefore(text: string, lengthBytes: 1 | 2): Buffer {
  const content = Buffer.from(text);
  const length = Buffer.alloc(lengthBytes);
  length.writeUIntBE(content.length, 0, lengthBytes);
  return Buffer.concat([length, content]);
}
