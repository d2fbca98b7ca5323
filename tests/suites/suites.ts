import { existsSync } from "node:fs";
import { missingPieces } from "../../lab/preflight";
import { findPulumi, NoPulumi } from "../../rehearsal/engine/pulumiCli";
import { randomProviderFile } from "../../rehearsal/engine/randomProvider";
import { installedBrowser } from "../page/browser";
import { actionlint } from "../workflows/actionlint";
import { hasPython, type Machine, type Need, thisMachine, unmet } from "./machine";

/** Tests that run together. */
export interface Suite {
  readonly title: string;
  /** Installs what is missing, where the machine meets its needs. */
  readonly install?: { readonly command: string; readonly needs: readonly Need[] };
  /** What is missing all the same; the suite runs where nothing is. */
  readonly missing?: () => readonly string[] | Promise<readonly string[]>;
  /** None where the tests are among those of the next suite, which leaves them out by itself. */
  readonly command?: string;
  /**
   * Where each can have a processor, it runs beside the suite before it: one of both waits more than it computes, or
   * each computes on one processor only.
   */
  readonly beside?: true;
}

/** Why a suite is left out. */
export interface LeftOut {
  readonly title: string;
  readonly reason: string;
}

const packages: Suite["install"] = {
  command: "bash tests/suites/install.sh",
  needs: ["Debian's apt-get, as root or with sudo"],
};

/** All suites, the quickest first. */
export const suites: readonly Suite[] = [
  { title: "Types, lint, format, structure", command: "npm run check" },
  {
    title: "checkov over both halves",
    install: packages,
    missing: () => (hasPython() ? [] : ["there is no Python with venv"]),
    command: "npm run test:compliance",
    beside: true,
  },
  {
    title: "Workflows",
    install: packages,
    missing: () => [
      ...(existsSync(actionlint()) || thisMachine.has("go") ? [] : ["needs Go, which builds actionlint"]),
      ...(hasPython() ? [] : ["needs Python with venv, for zizmor"]),
    ],
    command: "npm run lint:workflows",
  },
  {
    title: "The page in a browser",
    install: packages,
    missing: () => (installedBrowser() === undefined ? ["there is no Chromium"] : []),
  },
  {
    title: "The client's script",
    install: packages,
    missing: () =>
      ["curl", "openssl", "shellcheck"]
        .filter((tool) => !thisMachine.has(tool))
        .map((tool) => `there is no ${tool}`),
  },
  {
    title: "verify against moto",
    install: packages,
    missing: () => (hasPython() ? [] : ["there is no Python with venv"]),
  },
  { title: "Unit tests", command: "npm test" },
  { title: "Rehearsal of dev", command: "npm run rehearse -- --stack dev" },
  { title: "Rehearsal of prod", command: "npm run rehearse -- --stack prod" },
  {
    title: "The real engine",
    install: { command: "npm run engine:install", needs: ["Go"] },
    missing: missingOfTheEngine,
    command: "npm run test:engine",
  },
  {
    title: "The lab: real IPsec, BGP and S3",
    install: {
      command: "sh lab/install.sh",
      needs: ["Linux", "root", "Debian's apt-get, as root or with sudo", "Go"],
    },
    missing: missingPieces,
    command: "npm run test:lab",
    beside: true,
  },
];

/** The suites in their order, with those together that run side by side on a machine with so many processors. */
export function stagesOf(all: readonly Suite[], { processors }: Pick<Machine, "processors">): Suite[][] {
  const stages: Suite[][] = [];
  for (const suite of all) {
    const last = stages.at(-1);
    if (suite.beside === true && last !== undefined && last.length < processors) last.push(suite);
    else stages.push([suite]);
  }
  return stages;
}

/** The suite's own set-up: the command, or nothing where the machine cannot run it. */
export function installation({ install }: Suite, machine: Machine): string | undefined {
  return install !== undefined && unmet(install.needs, machine).length === 0 ? install.command : undefined;
}

/** Why the suite cannot run after its set-up; undefined where it can. What the set-up lacked is the cause of all else. */
export async function whyLeftOut(suite: Suite, machine: Machine): Promise<LeftOut | undefined> {
  const missing = (await suite.missing?.()) ?? [];
  if (missing.length === 0) return undefined;
  const needs = unmet(suite.install?.needs ?? [], machine);
  const reason = needs.length > 0 ? `needs ${needs.join("; ")}` : missing.join("; ");
  return { title: suite.title, reason };
}

function missingOfTheEngine(): readonly string[] {
  try {
    findPulumi();
  } catch (error) {
    if (!(error instanceof NoPulumi)) throw error;
    return [error.message];
  }
  return existsSync(randomProviderFile()) ? [] : ["the random provider is not built"];
}
