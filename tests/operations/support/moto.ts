import { execFileSync, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";

export interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly bytes: Buffer;
}

/** AWS as moto plays it, in a process of its own. */
export class Moto {
  /** Those since anything changed what it holds: it takes long over each, and verify asks the same every time. */
  private readonly answers = new Map<string, Promise<Answer>>();

  private constructor(
    private readonly url: string,
    readonly stop: () => void,
  ) {}

  static async start(): Promise<Moto> {
    const python = execFileSync(path.join(__dirname, "moto.sh"), { encoding: "utf8" }).trim();
    const server = spawn(python, [path.join(__dirname, "motoServer.py")], {
      stdio: ["pipe", "pipe", "ignore"],
    });
    for await (const port of createInterface(server.stdout))
      // Its copies end with it.
      return new Moto(`http://127.0.0.1:${port}`, () => server.stdin.end());
    throw new Error("moto did not start");
  }

  /** Another that holds the same. */
  async copy(): Promise<Moto> {
    const { bytes } = await this.ask("/copy", { method: "POST" });
    const [port, pid] = bytes.toString().split(" ");
    return new Moto(`http://127.0.0.1:${port}`, () => process.kill(Number(pid)));
  }

  /** Forgets everything. */
  async reset(): Promise<void> {
    await this.change("/moto-api/reset", { method: "POST" });
  }

  /** The question names the answer that is given again while nothing changes. */
  read(question: string, path: string, request: RequestInit): Promise<Answer> {
    const answer = this.answers.get(question) ?? this.ask(path, request);
    this.answers.set(question, answer);
    return answer;
  }

  async change(path: string, request: RequestInit): Promise<Answer> {
    const answer = await this.ask(path, request);
    this.answers.clear();
    return answer;
  }

  private async ask(path: string, request: RequestInit): Promise<Answer> {
    const answer = await fetch(this.url + path, request);
    const kept = [...answer.headers].filter(
      ([name]) => !["content-length", "content-encoding", "transfer-encoding", "connection"].includes(name),
    );
    const bytes = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, headers: new Map(kept), bytes };
  }
}
