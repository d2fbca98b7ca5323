import { priceNames } from "../../rehearsal/cost/prices";
import { stack } from "./mistake";

export const commands = ["rehearse", "rehearse:pulumi", "review", "verify", "rotate", "lab"] as const;
export type Command = (typeof commands)[number];

/** A call of a command that is wrong, and all that it writes. */
export interface CommandMistake {
  readonly command: Command;
  readonly what: string;
  readonly args: readonly string[];
  readonly says: string;
}

const rotated = ["--stack", stack, "--tunnel", "tunnel1"];

/** Files beside the stack's; a call finds them in the folder that it runs in. */
export const files: Readonly<Record<string, string>> = {
  "empty.json": "",
  "text.json": "not JSON",
  "list.json": "[]",
  "none.json": "{}",
  "steps.json": '{"steps": 4}',
  "undated.json": '{"date": "soon", "currency": "USD", "prices": []}',
  "unknown.json":
    '{"date": "2026-11", "currency": "USD", "prices": [{"name": "AWS VPN", "region": "eu-west-1", "per": "hour", "low": 1, "high": 1, "source": "us"}]}',
  "outputs.json": '{"contractVersion": 999}',
};

export const commandMistakes: readonly CommandMistake[] = [
  {
    command: "rehearse",
    what: "a stack without a file",
    args: ["--stack", "nope"],
    says: "--stack nope: there is no Pulumi.nope.yaml; the project has mistaken, and pulumi stack init nope begins one",
  },
  {
    command: "rehearse",
    what: "an unknown option",
    args: ["--stak", "dev"],
    says: "error: unknown option '--stak'\n(Did you mean --stack?)",
  },
  {
    command: "rehearse",
    what: "an option without its value",
    args: ["--stack"],
    says: "error: option '--stack <name>' argument missing",
  },
  {
    command: "rehearse",
    what: "hours in words",
    args: ["--stack", stack, "--hours", "many"],
    says: "error: option '--hours <number>' argument 'many' is invalid. Give a number, 0 or more.",
  },
  {
    command: "rehearse",
    what: "hours below 0",
    args: ["--stack", stack, "--hours", "-1"],
    says: "error: option '--hours <number>' argument '-1' is invalid. Give a number, 0 or more.",
  },
  {
    command: "rehearse",
    what: "an argument too many",
    args: ["dev"],
    says: "error: too many arguments. Expected 0 arguments but got 1.",
  },
  {
    command: "rehearse",
    what: "two outputs",
    args: ["--stack", stack, "--json", "--markdown"],
    says: "--json and --markdown both go to the standard output; use one of them",
  },
  {
    command: "rehearse",
    what: "a resource that is not there",
    args: ["--stack", stack, "--break", "vpn-aws-propagaton"],
    says: "--break vpn-aws-propagaton: the stack has no such resource or tunnel; did you mean vpn-aws-propagation, vpn-aws-logs, vpn-aws-connection1?",
  },
  {
    command: "rehearse",
    what: "a page in a folder that is not there",
    args: ["--stack", stack, "--html", "no/page.html"],
    says: "--html no/page.html: its folder does not exist; create it, or choose another (ENOENT)",
  },
  {
    command: "rehearse",
    what: "a page that is a folder",
    args: ["--stack", stack, "--html", "."],
    says: "--html .: this is a folder; name a file in it (EISDIR)",
  },
  {
    command: "rehearse:pulumi",
    what: "a preview of a stack without a file",
    args: ["preview", "--stack", "nope"],
    says: "--stack nope: there is no Pulumi.nope.yaml; the project has mistaken, and pulumi stack init nope begins one",
  },
  {
    command: "rehearse:pulumi",
    what: "an update of a stack without a file",
    args: ["up", "--yes", "-s=nope"],
    says: "--stack nope: there is no Pulumi.nope.yaml; the project has mistaken, and pulumi stack init nope begins one",
  },
  {
    command: "rehearse:pulumi",
    what: "an option without its value",
    args: ["--keep"],
    says: "--keep needs the folder to keep state and clouds in",
  },
  {
    command: "review",
    what: "a file that is not there",
    args: ["nope.json"],
    says: "nope.json cannot be read (ENOENT); write it with pulumi preview --json",
  },
  {
    command: "review",
    what: "a folder",
    args: ["."],
    says: ". cannot be read (EISDIR); write it with pulumi preview --json",
  },
  {
    command: "review",
    what: "an empty file",
    args: ["empty.json"],
    says: "empty.json: the preview is empty: did pulumi preview --json fail? See its own output",
  },
  {
    command: "review",
    what: "a file that is not JSON",
    args: ["text.json"],
    says: "text.json: this is not JSON; write it with pulumi preview --json",
  },
  {
    command: "review",
    what: "a list",
    args: ["list.json"],
    says: "list.json: this JSON is not a preview: it has no steps; write it with pulumi preview --json",
  },
  {
    command: "review",
    what: "a preview whose steps are a number",
    args: ["steps.json"],
    says: "steps.json: this JSON is not a preview: it has no steps; write it with pulumi preview --json",
  },
  {
    command: "review",
    what: "an impact that there is not",
    args: ["none.json", "--fail-on", "outage"],
    says: "error: option '--fail-on <impact>' argument 'outage' is invalid. Allowed choices are one-tunnel, some-tunnels, all-tunnels, less-access, access, address, data-loss, unknown, refused.",
  },
  {
    command: "review",
    what: "an unknown option",
    args: ["--stack", "dev"],
    says: "error: unknown option '--stack'",
  },
  {
    command: "verify",
    what: "neither stack nor outputs",
    args: [],
    says: "--stack NAME or --outputs FILE is required; see --help",
  },
  {
    command: "verify",
    what: "outputs in a file that is not there",
    args: ["--outputs", "nope.json"],
    says: "nope.json cannot be read (ENOENT); write it with pulumi stack output --json --show-secrets",
  },
  {
    command: "verify",
    what: "outputs in an empty file",
    args: ["--outputs", "empty.json"],
    says: "empty.json is not JSON; write it with pulumi stack output --json --show-secrets",
  },
  {
    command: "verify",
    what: "outputs that are not JSON",
    args: ["--outputs", "text.json"],
    says: "text.json is not JSON; write it with pulumi stack output --json --show-secrets",
  },
  {
    command: "verify",
    what: "outputs of a stack that is not deployed",
    args: ["--outputs", "none.json"],
    says: "none.json has no outputs; deploy it first: pulumi up",
  },
  {
    command: "verify",
    what: "a wait of nothing",
    args: ["--stack", stack, "--wait", "0"],
    says: "error: option '--wait <minutes>' argument '0' is invalid. It must be a number above 0.",
  },
  {
    command: "verify",
    what: "a wait in words",
    args: ["--stack", stack, "--wait", "long"],
    says: "error: option '--wait <minutes>' argument 'long' is invalid. It must be a number above 0.",
  },
  {
    command: "verify",
    what: "an unknown option",
    args: ["--jsn"],
    says: "error: unknown option '--jsn'\n(Did you mean --json?)",
  },
  {
    command: "rotate",
    what: "a stack without a file",
    args: ["--stack", "nope", "--tunnel", "tunnel1"],
    says: "--stack nope: there is no Pulumi.nope.yaml; the project has mistaken, and pulumi stack init nope begins one",
  },
  {
    command: "rotate",
    what: "no stack",
    args: ["--tunnel", "tunnel1"],
    says: "error: required option '--stack <name>' not specified",
  },
  {
    command: "rotate",
    what: "no tunnel",
    args: ["--stack", stack],
    says: "error: required option '--tunnel <name>' not specified",
  },
  {
    command: "rotate",
    what: "a tunnel that there never is",
    args: ["--stack", stack, "--tunnel", "tunnel5"],
    says: "error: option '--tunnel <name>' argument 'tunnel5' is invalid. Allowed choices are tunnel1, tunnel2, tunnel3, tunnel4.",
  },
  {
    command: "rotate",
    what: "outputs in a file that is not there",
    args: [...rotated, "--outputs", "nope.json"],
    says: "nope.json cannot be read (ENOENT); write it with pulumi stack output --json --show-secrets",
  },
  {
    command: "rotate",
    what: "outputs that are not JSON",
    args: [...rotated, "--outputs", "text.json"],
    says: "text.json is not JSON; write it with pulumi stack output --json --show-secrets",
  },
  {
    command: "lab",
    what: "a stack without a file",
    args: ["--stack", "nope"],
    says: "--stack nope: there is no Pulumi.nope.yaml; the project has mistaken, and pulumi stack init nope begins one",
  },
  {
    command: "lab",
    what: "a topology that there is not",
    args: ["--topology", "dual"],
    says: "error: option '--topology <name>' argument 'dual' is invalid. Allowed choices are single-tunnel, dual-tunnel, active-active.",
  },
  {
    command: "lab",
    what: "a check that there is not",
    args: ["--also", "speed"],
    says: "error: option '--also <what...>' argument 'speed' is invalid. Allowed choices are misconfigurations, rotation, failover.",
  },
  {
    command: "lab",
    what: "a speed of nothing",
    args: ["--stack", stack, "--speed", "0"],
    says: "--speed is a number from 1, the clouds' own timers, to 20",
  },
  {
    command: "lab",
    what: "a speed in words",
    args: ["--stack", stack, "--speed", "fast"],
    says: "--speed is a number from 1, the clouds' own timers, to 20",
  },
  { command: "lab", what: "an unknown option", args: ["--fast"], says: "error: unknown option '--fast'" },
  {
    command: "rehearse",
    what: "prices in a file that is not there",
    args: ["--stack", stack, "--prices", "nope.json"],
    says: "--prices nope.json: it cannot be read (ENOENT); docs/report.md shows a file of prices",
  },
  {
    command: "rehearse",
    what: "prices that are not JSON",
    args: ["--stack", stack, "--prices", "text.json"],
    says: "text.json is not JSON; docs/report.md shows a file of prices",
  },
  {
    command: "rehearse",
    what: "prices as a list",
    args: ["--stack", stack, "--prices", "list.json"],
    says: "list.json: the whole is wrong: Invalid input: expected object, received array; docs/report.md shows a file of prices",
  },
  {
    command: "rehearse",
    what: "prices with a date in words",
    args: ["--stack", stack, "--prices", "undated.json"],
    says: "undated.json: date is wrong: write it as 2026-09; docs/report.md shows a file of prices",
  },
  {
    command: "rehearse",
    what: "prices of what is not billed",
    args: ["--stack", stack, "--prices", "unknown.json"],
    says: `unknown.json: prices.0.name is wrong: Invalid option: expected one of ${priceNames.map((name) => `"${name}"`).join("|")}; docs/report.md shows a file of prices`,
  },
];
