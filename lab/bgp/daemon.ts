import { writeFileSync } from "node:fs";
import type { Namespaces } from "../machine/namespaces";
import { type Daemon, LabError, runOk, until } from "../machine/processes";
import { type BgpSpeaker, birdSettings } from "./settings";

export interface BgpSession {
  readonly name: string;
  /** As BIRD names it: `Established`, `Active`, `Connect` … */
  readonly state: string;
  /** Networks learned over the session. */
  readonly learned: readonly string[];
}

/** One gateway's BIRD. */
export class BgpDaemon {
  private constructor(
    private readonly files: { readonly settings: string; readonly control: string },
    readonly process: Daemon,
  ) {}

  static start(namespaces: Namespaces, role: string, speaker: BgpSpeaker): BgpDaemon {
    const name = `bird-${role}`;
    const settings = `${namespaces.directory}/${name}.conf`;
    const control = `${namespaces.directory}/${name}.ctl`;
    writeFileSync(settings, birdSettings(speaker));
    const process = namespaces.start(role, name, ["bird", "-f", "-c", settings, "-s", control]);
    return new BgpDaemon({ settings, control }, process);
  }

  /** Loads other settings, without dropping the sessions that stay as they are. */
  async configure(speaker: BgpSpeaker): Promise<void> {
    // It may have started a moment ago.
    await until("BIRD accepts commands", () => {
      this.process.checkRunning();
      return this.#birdc("show status").then(
        () => true,
        () => false,
      );
    });
    writeFileSync(this.files.settings, birdSettings(speaker));
    const answer = await this.#birdc("configure");
    if (!/Reconfigur|No changes/i.test(answer)) throw new LabError(`BIRD refuses its settings: ${answer}`);
  }

  async sessions(): Promise<BgpSession[]> {
    this.process.checkRunning();
    const sessions = readSessions(await this.#birdc("show protocols all").catch(() => ""));
    return Promise.all(
      sessions.map(async (session) => ({ ...session, learned: await this.#learned(session.name) })),
    );
  }

  async #learned(name: string): Promise<string[]> {
    const answer = await this.#birdc(`show route protocol ${name}`);
    return [...answer.matchAll(/^(\d+\.\d+\.\d+\.\d+\/\d+)\s/gm)].map((match) => match[1] ?? "");
  }

  async #birdc(command: string): Promise<string> {
    return runOk("birdc", ["-s", this.files.control, ...command.split(" ")]);
  }
}

/** The BGP sessions in BIRD's `show protocols all`. */
export function readSessions(answer: string): Omit<BgpSession, "learned">[] {
  return answer.split(/\n(?=\S)/).flatMap((block) => {
    const name = /^(\S+)\s+BGP\s/.exec(block)?.[1];
    if (name === undefined) return [];
    const state = /^\s+BGP state:\s+(\S+)/m.exec(block)?.[1] ?? "Unknown";
    return [{ name, state }];
  });
}
