import { expect } from "chai";
import { execFile } from "node:child_process";
import path from "node:path";
import type { Finding } from "../../../operations/verify/judge/findings";
import { finding } from "../../../operations/verify/judge/findings";
import { verify } from "../../../operations/verify/command";
import { jsonReport, terminalReport } from "../../../operations/verify/report";
import { exitCodeOf, type SubjectVerdict, type Verdict } from "../../../operations/verify/judge/verdict";
import { waitUntilSettled } from "../../../operations/verify/wait";
import { OutputsFile } from "../support/outputsFile";
import pc from "picocolors";

const root = path.resolve(__dirname, "../../..");

function verdictOf(...findings: Finding[]): Verdict {
  const down = findings.some(({ kind }) => kind === "aws-tunnel-down");
  const tunnel = { name: "tunnel1", awsUp: !down, azureStatus: "Connected", up: !down };
  const places = findings.filter(({ severity }) => severity === "broken").map(({ subject }) => subject);
  const outcome = places.length > 0 ? "broken" : "holds";
  const tunnels: SubjectVerdict = { subject: "tunnels", outcome, places, notJudged: [] };
  const gateway: SubjectVerdict = { subject: "gateway", outcome: "holds", places: [], notJudged: [] };
  return {
    outcome,
    subjects: [tunnels, gateway],
    findings,
    unanswered: [],
    tunnels: [tunnel],
    client: "at S3's public address",
    endpoint: "timeout",
    destinations: { aws: [], azure: [] },
  };
}

const right = verdictOf();
const tunnelDown = verdictOf(finding("aws-tunnel-down", "tunnel1", "AWS reports it down"));
const openBucket = verdictOf(finding("bucket-public-access", "data", "BlockPublicAcls must be on"));
const warned = verdictOf(
  finding("tunnel-maintenance-pending", "tunnel1", "AWS has maintenance pending for it"),
);

describe("the exit code of verify", () => {
  const missing = { about: "AWS", problem: { kind: "network", says: "AWS cannot be reached" } } as const;
  for (const { name, verdict, code } of [
    { name: "is 0 where everything is right", verdict: right, code: 0 },
    { name: "is 0 with a warning", verdict: warned, code: 0 },
    { name: "is 1 where something is broken", verdict: openBucket, code: 1 },
    { name: "is 3 where something is unknown", verdict: { ...right, unanswered: [missing] }, code: 3 },
    {
      name: "is 1 where something is broken and something unknown",
      verdict: { ...openBucket, unanswered: [missing] },
      code: 1,
    },
  ])
    it(name, () => {
      expect(exitCodeOf(verdict)).to.equal(code);
    });
});

describe("verify --wait", () => {
  async function wait(minutes: number, ...verdicts: readonly Verdict[]) {
    let time = 0;
    const lines: string[] = [];
    const rest = [...verdicts];
    const last = await waitUntilSettled({
      minutes,
      intervalSeconds: 30,
      verify: () => Promise.resolve((rest.length > 1 ? rest.shift() : rest[0]) ?? right),
      now: () => time,
      sleep: (milliseconds) => Promise.resolve(void (time += milliseconds)),
      progress: (line) => lines.push(line),
    });
    return { last, lines, seconds: time / 1000 };
  }

  it("looks until the tunnels are up, and says how long it has waited", async () => {
    expect(await wait(10, tunnelDown, tunnelDown, right)).to.deep.equal({
      last: right,
      seconds: 60,
      lines: [
        "0:00 of 10 min: 0 of 1 tunnels up; waiting for tunnel1 aws-tunnel-down",
        "0:30 of 10 min: 0 of 1 tunnels up; waiting for tunnel1 aws-tunnel-down",
      ],
    });
  });

  it("gives up when the time is over", async () => {
    const { last, seconds } = await wait(2, tunnelDown);
    expect({ last, seconds }).to.deep.equal({ last: tunnelDown, seconds: 120 });
  });

  it("does not wait for what does not pass by itself", async () => {
    expect(await wait(10, openBucket, right)).to.deep.include({ last: openBucket, seconds: 0 });
  });

  it("looks once without it", async () => {
    expect(await wait(0, tunnelDown, right)).to.deep.include({ last: tunnelDown, seconds: 0, lines: [] });
  });
});

describe("the report of verify", () => {
  it("names cause and next step of each finding, without colours where there are none", () => {
    expect(terminalReport(tunnelDown, pc.createColors(false))).to.equal(
      [
        " tunnel     AWS     Azure     ",
        " tunnel1    DOWN    Connected ",
        "The endpoint here: no answer in time; that is right outside the two networks, and inside them docs/runbooks/tunnel-down.md helps.",
        "The reader's key was tried at S3's public address alone.",
        "",
        "broken  tunnel1: AWS reports it down",
        "        likely: the ends do not reach each other or do not agree",
        "        next:   docs/runbooks/tunnel-down.md  (aws-tunnel-down)",
        "",
        "broken:     tunnels (tunnel1)",
        "holds:      gateway",
        "1 broken.",
        "",
      ].join("\n"),
    );
  });

  it("has colours where they are shown", () => {
    expect(terminalReport(right, pc.createColors(true))).to.include("\u001b[32m");
  });

  it("is JSON with a version for programs", () => {
    const report = JSON.parse(jsonReport(warned)) as {
      version: number;
      exitCode: number;
      findings: Finding[];
    };
    expect([report.version, report.exitCode, report.findings[0]?.kind]).to.deep.equal([
      2,
      0,
      "tunnel-maintenance-pending",
    ]);
  });
});

describe("npm run verify", () => {
  const file = new OutputsFile();
  after(() => {
    file.remove();
  });

  async function run(...args: string[]) {
    let [out, err] = ["", ""];
    const code = await verify(args, {
      out: (text) => (out += text),
      err: (text) => (err += text),
      color: false,
      access: {},
    });
    return { code, out, err };
  }

  for (const { name, args, says } of [
    { name: "neither stack nor outputs", args: [], says: /--stack NAME or --outputs FILE is required/ },
    { name: "an unknown option", args: ["--stck", "dev"], says: /unknown option '--stck'/ },
    {
      name: "a wait of no time",
      args: ["--outputs", "x", "--wait", "-1"],
      says: /It must be a number above 0/,
    },
    {
      name: "a file that is not there",
      args: ["--outputs", "/no/such/file"],
      says: /cannot be read \(ENOENT\)/,
    },
  ])
    it(`ends with 2 at ${name}`, async () => {
      const { code, err } = await run(...args);
      expect(code).to.equal(2);
      expect(err).to.match(says);
    });

  it("ends with 2 at outputs of another contract, and shows none of their values", async () => {
    const { code, err } = await run(
      "--outputs",
      file.write({ contractVersion: 9, readerSecretAccessKey: "hush" }),
    );
    expect(code).to.equal(2);
    expect(err)
      .to.match(/are not what this version reads/)
      .and.to.match(/contractVersion/);
    expect(err).not.to.include("hush");
  });

  it("ends with 2 at a stack that is not deployed", async () => {
    expect((await run("--outputs", file.write({}))).err).to.match(
      /has no outputs; deploy it first: pulumi up/,
    );
  });

  it("shows its options and exit codes", async () => {
    const { code, out } = await run("--help");
    expect(code).to.equal(0);
    expect(out).to.include("Exit codes:").and.to.include("--wait <minutes>");
  });

  it("says that there is no pulumi, in a process of its own", async function () {
    this.timeout(60_000);
    const tsx = path.join(root, "node_modules", "tsx", "dist", "cli.mjs");
    const env = { ...process.env, PATH: "/nowhere" };
    const { code, text } = await new Promise<{ code: number | null; text: string }>((resolve) => {
      const child = execFile(
        process.execPath,
        [tsx, path.join(root, "operations/verify.ts"), "--stack", "dev"],
        { env },
        (_, out, err) => {
          resolve({ code: child.exitCode, text: out + err });
        },
      );
    });
    expect(text).to.match(/^there is no pulumi on the PATH; install it, or give --outputs FILE/);
    expect(text.trim().split("\n")).to.have.length(1);
    expect(code).to.equal(2);
  });
});
