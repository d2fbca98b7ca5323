import type { FlowReport, SiteFlow } from "../traffic/siteFlow";
import { check, type Check } from "./check";

/** What the other site on a shared gateway has lost so far, by what was done with the stack's own tunnels. */
export class SiteWatch {
  readonly checks: Check[] = [];

  constructor(
    readonly name: string,
    readonly flow: SiteFlow,
  ) {}

  /** Judges what the site loses in the course of something that the stack does, or that happens to its tunnels. */
  async during<T>(what: string, work: () => Promise<T>): Promise<T> {
    const { result, report } = await this.flow.during(work);
    this.checks.push(siteCheck(this.name, what, report));
    return result;
  }

  /** The gateway itself fails, which concerns everybody on it: the loss is told, and not judged. */
  async unjudged<T>(what: string, work: () => Promise<T>): Promise<T> {
    const { result, report } = await this.flow.during(async () => {
      const done = await work();
      await this.flow.resumes();
      return done;
    });
    const reason = `the site's own tunnel there fails too, until the other instance takes over: ${inWords(report)}`;
    this.checks.push({ name: `${this.name} while ${what}`, outcome: { kind: "not judged", reason } });
    return result;
  }
}

export function siteCheck(site: string, what: string, report: FlowReport): Check {
  const { lost, sent } = report;
  return check(`${site} loses no packet while ${what}`, {
    holds: sent > 0 && lost.length === 0,
    at: sent > 0 ? `the gateway that ${site} is connected to` : `${site}, which sent nothing`,
    found: inWords(report),
  });
}

function inWords({ sent, lost }: FlowReport): string {
  return `${lost.length} of ${sent} packets lost`;
}
