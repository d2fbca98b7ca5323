import { expect } from "chai";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { runReview } from "../../../operations/review/command";

const preview = (name: string) => path.resolve(__dirname, "../previews", `${name}.json`);
const root = path.resolve(__dirname, "../../..");

function run(...args: string[]) {
  let [out, err] = ["", ""];
  const code = runReview(args, { out: (text) => (out += text), err: (text) => (err += text) });
  return { code, out, err };
}

describe("npm run review", () => {
  it("writes Markdown and passes without a gate", () => {
    const { code, out } = run(preview("prod-all-keys"));
    expect(code).to.equal(0);
    expect(out).to.match(/^<!-- azure-s3-privatelink: review -->\n## What this does to traffic/);
  });

  it("fails at the gate and says so", () => {
    const { code, err } = run(preview("prod-all-keys"), "--fail-on", "all-tunnels");
    expect({ code, err }).to.deep.equal({
      code: 1,
      err: "the impact is all-tunnels, and --fail-on is all-tunnels\n",
    });
  });

  it("passes below the gate", () => {
    expect(run(preview("prod-new-key"), "--fail-on", "all-tunnels").code).to.equal(0);
  });

  it("writes JSON with a version", () => {
    const json = JSON.parse(run(preview("prod-new-key"), "--json").out) as {
      version: number;
      impact: string;
    };
    expect([json.version, json.impact]).to.deep.equal([1, "one-tunnel"]);
  });

  for (const { name, args, says } of [
    { name: "a file that is not there", args: ["no/such/file.json"], says: /cannot be read \(ENOENT\)/ },
    {
      name: "an unknown impact",
      args: [preview("prod-tags"), "--fail-on", "bad"],
      says: /Allowed choices are/,
    },
    {
      name: "a file that is not a preview",
      args: [path.join(root, "package.json")],
      says: /is not a preview: it has no steps/,
    },
  ])
    it(`refuses ${name} with code 2`, () => {
      const { code, err } = run(...args);
      expect(code).to.equal(2);
      expect(err).to.match(says);
      expect(err).not.to.match(/\n\s+at /);
    });

  it("reads a pipe", async function () {
    this.timeout(60_000);
    const tsx = path.join(root, "node_modules", ".bin", "tsx");
    const child = execFile(tsx, [path.join(root, "operations/review.ts"), "--fail-on", "access"]);
    let out = "";
    child.stdout?.on("data", (text: string) => (out += text));
    child.stdin?.end(readFileSync(preview("prod-allow"), "utf8"));
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect(code).to.equal(1);
    expect(out).to.include("The data path or who gets in changes");
  });
});
