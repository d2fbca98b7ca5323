import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../../operations/rehearse";
import { reportSchema } from "../../../rehearsal/report/schema";
import { projectDir } from "../fixtures/stacks";

interface Run {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs the command in this process and keeps what it says. */
async function rehearse(...args: string[]): Promise<Run> {
  const kept = { out: "", error: "" };
  const { stdout, stderr } = process;
  const writes = { out: stdout.write.bind(stdout), error: stderr.write.bind(stderr) };
  stdout.write = (text: string | Uint8Array) => {
    kept.out += String(text);
    return true;
  };
  stderr.write = (text: string | Uint8Array) => {
    kept.error += String(text);
    return true;
  };
  try {
    return { code: await main(args, projectDir), ...kept };
  } finally {
    stdout.write = writes.out;
    stderr.write = writes.error;
  }
}

describe("npm run rehearse", () => {
  const folder = mkdtempSync(join(tmpdir(), "rehearse-command-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("writes the page and prints the report", async () => {
    const file = join(folder, "report.html");
    const { code, out } = await rehearse("--stack", "dev", "--html", file);
    expect(code).to.equal(0);
    expect(out).to.include("\nFailures ");
    expect(out).not.to.include("\u001b");
    expect(readFileSync(file, "utf8")).to.match(/^<!doctype html>/);
  });

  it("prints JSON that its schema knows, and nothing else", async () => {
    const { code, out, error } = await rehearse("--stack", "dev", "--json", "--hours", "100");
    const printed = reportSchema.parse(JSON.parse(out));
    expect([code, error, printed.forecast?.cost.usage.hours]).to.deep.equal([0, "", 100]);
  });

  it("prints a summary for a pull request, and fails where something is wrong", async () => {
    const { code, out } = await rehearse("--stack", "dev", "--markdown", "--break", "vpn-aws-propagation");
    expect(code).to.equal(1);
    expect(out).to.match(/^## ❌ Stack `dev`/);
  });

  for (const { title, args, says } of [
    {
      title: "a page in a folder that is not there",
      args: ["--html", join(folder, "none", "report.html")],
      says: /^--html .*none\/report\.html: its folder does not exist; create it, or choose another \(ENOENT\)\n$/,
    },
    {
      title: "a page where a folder is",
      args: ["--html", folder],
      says: /^--html .*: this is a folder; name a file in it \(EISDIR\)\n$/,
    },
    {
      title: "two forms on one output",
      args: ["--json", "--markdown"],
      says: /^--json and --markdown both go to the standard output; use one of them\n$/,
    },
    {
      title: "an amount that is no number",
      args: ["--hours", "many"],
      says: /--hours <number>' argument 'many' is invalid\. Give a number, 0 or more\./,
    },
    {
      title: "something to break that is not there",
      args: ["--break", "tunel1"],
      says: /^--break tunel1: the stack has no such resource or tunnel; did you mean tunnel1/,
    },
  ])
    it(`answers ${title} with one clear sentence`, async () => {
      const { code, out, error } = await rehearse("--stack", "dev", ...args);
      expect(error).to.match(says);
      expect([code, out]).to.deep.equal([2, ""]);
    });
});
