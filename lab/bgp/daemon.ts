import { writeFileSync } from "node:fs";
import { type BgpSpeaker, birdSettings } from "./settings";
import type { Ground } from "../machine/namespaces";
import { type Daemon, LabError, runOk } from "../machine/processes";

export interface BgpSession {
  readonly name: string;
  /** BIRD's word: `Established`, `Active`, `Connect` … */
  readonly state: string;
  /** Networks learned over the session. */
  readonly learned: readonly string[];
  readonly lastError: string | undefined;
}

/** One gateway's BIRD. */
export class BgpDaemon {
  private constructor(
    private readonly files: { readonly settings: string; readonly control: string },
    readonly process: Daemon,
  ) {}

  static async start(ground: Ground, role: string, speaker: BgpSpeaker): Promise<BgpDaemon> {
    const files = {
      settings: `${ground.directory}/bird-${role}.conf`,
      control: `${ground.directory}/bird-${role}.ctl`,
    };
    writeFileSync(files.settings, birdSettings(speaker));
    const process = ground.start(role, `bird-${role}`, [
      "bird",
      "-f",
      "-c",
      files.settings,
      "-s",
      files.control,
    ]);
    return Promise.resolve(new BgpDaemon(files, process));
  }

  /** Takes other settings, without dropping the sessions that they leave alone. */
  async configure(speaker: BgpSpeaker): Promise<void> {
    writeFileSync(this.files.settings, birdSettings(speaker));
    const answer = await this.#ask("configure");
    if (!/Reconfigur|No changes/i.test(answer)) throw new LabError(`BIRD refuses its settings: ${answer}`);
  }

  async sessions(): Promise<BgpSession[]> {
    if (!this.process.running) throw new LabError(`BIRD ended: ${this.process.lines.slice(-3).join("; ")}`);
    const states = readSessions(await this.#ask("show protocols all").catch(() => ""));
    return Promise.all(
      states.map(async (session) => ({ ...session, learned: await this.#learned(session.name) })),
    );
  }

  async #learned(name: string): Promise<string[]> {
    const answer = await this.#ask(`show route protocol ${name}`);
    return [...answer.matchAll(/^(\d+\.\d+\.\d+\.\d+\/\d+)\s/gm)].map((match) => match[1] ?? "");
  }

  async #ask(question: string): Promise<string> {
    return runOk("birdc", ["-s", this.files.control, ...question.split(" ")]);
  }
}

/** The BGP sessions in BIRD's `show protocols all`. */
export function readSessions(answer: string): Omit<BgpSession, "learned">[] {
  return answer
    .split(/\n(?=\S)/)
    .map((block) => ({ block, head: /^(\S+)\s+BGP\s/.exec(block) }))
    .flatMap(({ block, head }) =>
      head?.[1] === undefined
        ? []
        : [
            {
              name: head[1],
              state: /^\s+BGP state:\s+(\S+)/m.exec(block)?.[1] ?? "Unknown",
              lastError: /^\s+Last error:\s+(.+?)\s*$/m.exec(block)?.[1],
            },
          ],
    );
}
