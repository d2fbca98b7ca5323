import { expect } from "chai";
import type { Recording } from "../../../rehearsal/model/recording";
import { reportDocument } from "../../../rehearsal/report/document";
import { renderTerminal } from "../../../rehearsal/report/terminal";
import { secretsOf } from "../../../rehearsal/clouds/secrets";
import { judge } from "../../../rehearsal/verdict/verdict";
import { withResource, without } from "../fixtures/change";
import { devStack, joinedCases, type Rehearsed, rehearsedStack, stackCases } from "../fixtures/stacks";
import { notJudged } from "./notJudged";

function printed({ recording, intent }: Rehearsed, color = false, width = 100): string {
  return renderTerminal(reportDocument(recording, judge(recording, intent)), { color, width });
}

describe("The terminal report", () => {
  for (const given of [...stackCases, ...joinedCases]) {
    it(`shows no secret of ${given.title}, nor does its JSON`, async () => {
      const rehearsed = await rehearsedStack(given);
      const { recording, intent } = rehearsed;
      const secrets = [...secretsOf(recording.resources)];
      const json = JSON.stringify(reportDocument(recording, judge(recording, intent)));
      expect(secrets.length).to.be.greaterThan(3);
      expect(JSON.stringify(recording)).to.include(secrets[0]);
      for (const secret of secrets) {
        expect(printed(rehearsed)).to.not.include(secret);
        expect(json).to.not.include(secret);
      }
    });

    for (const width of [80, 120])
      it(`keeps to ${width} columns for ${given.title}`, async () => {
        const lines = printed(await rehearsedStack(given), false, width).split("\n");
        expect(lines.filter((line) => line.length > width)).to.deep.equal([]);
        expect(lines.length).to.be.greaterThan(80);
      });
  }

  it("ends with what is proven, and that administrators get in", async () => {
    const lines = printed(await devStack())
      .trimEnd()
      .split("\n");
    expect(lines.at(-1)).to.equal(
      "Proven for dev: the path works both ways, tunnel ends agree, only administrators also have access.",
    );
  });

  it("shows who may do what from where", async () => {
    const text = printed(await devStack());
    expect(text).to.match(/the reader +list get +nothing +nothing/);
    expect(text).to.match(/an administrator +nothing +list get put delete +list get put delete/);
    expect(text).to.include(
      "Inside the bucket's own account an administrator's policy suffices, from anywhere",
    );
  });

  it("says in a line what is protected, in another what is kept, and nothing where nothing is", async () => {
    const [, prod] = stackCases;
    if (prod === undefined) throw new Error("no such case");
    const { recording, intent } = await rehearsedStack(prod);
    const lines = printed({ recording, intent }, false, 400).split("\n");
    const from = lines.indexOf("Protection");
    expect(lines.slice(from + 1, from + 4)).to.deep.equal([
      "  protected: Pulumi refuses to delete or replace: vpn-azure-ip1, vpn-azure-ip2, vpn-aws-connection1, vpn-aws-connection2, s3-reports, s3-uploads",
      "  kept: stay in the cloud when they leave the stack: azure-group, alarms-azure-workspace, logs-bucket, vpn-aws-logs",
      "",
    ]);
    const unprotected = withResource(recording, "s3-reports", (one) => ({
      ...one,
      options: { ...one.options, protect: false },
    }));
    expect(printed({ recording: unprotected, intent }, false, 400)).to.include(
      "vpn-aws-connection2, s3-uploads\n",
    );
    expect(printed(await devStack())).not.to.include("Protection");
  });

  it("shows where the path ends, why, and what to do", async () => {
    const { recording, intent } = await devStack();
    const text = printed({ recording: without(recording, "vpn-aws-propagation"), intent });
    expect(text).to.match(
      /✗ +aws-routes +the subnet of the endpoint has a route to 10\.0\.1\.0\/24\n +neither propagation/,
    );
    expect(text).to.match(/Broken for dev: \d+ findings?\.\n {2}✗ /);
  });

  it("shows buckets of one access together", async () => {
    const name = (index: number) => ({
      name: `bucket${String(index)}`,
      access: index === 0 ? "readWrite" : "read",
    });
    const buckets = JSON.stringify([0, 1, 2, 3].map(name));
    const config = { "azure-s3-privatelink:buckets": buckets };
    const text = printed(await rehearsedStack({ title: "four buckets", stack: "dev", config }));
    expect(text).to.match(/\n {2}s3-bucket0-[\w-]+ +through the endpoint/);
    expect(text).to.match(/\n {2}s3-bucket1-[\w-]+ and 2 more +through the endpoint/);
    expect(text.match(/the reader /g)).to.have.length(2);
  });

  it("marks access that should be otherwise, without colour too", async () => {
    const { recording, intent } = await devStack();
    const text = printed({ recording: without(recording, "s3-data-policy"), intent });
    expect(text).to.match(/the reader +no list! no get! +nothing/);
  });

  it("colours only where it is told to", async () => {
    const escape = String.fromCharCode(27);
    expect(printed(await devStack(), true)).to.include(escape);
    expect(printed(await devStack())).to.not.include(escape);
  });

  it("calls nothing proven where something is not judged, and says what and why", async () => {
    const { recording, intent } = await devStack();
    const report = reportDocument(recording, judge(recording, intent));
    const broken = { ...notJudged, outcome: "broken", problem: "it is open" } as const;
    const lastLines = (changed: Partial<typeof report>, many: number) =>
      renderTerminal({ ...report, ...changed }, { color: false, width: 100 })
        .trimEnd()
        .split("\n")
        .slice(-many);
    expect(lastLines({ ok: false, outcome: "not judged", findings: [notJudged] }, 4)).to.deep.equal([
      "Not judged",
      "  ?  a: no rule covers it",
      "     look",
      "Not proven for dev: nothing is broken, but 1 item could not be judged.",
    ]);
    expect(lastLines({ outcome: "not judged" }, 1)).to.deep.equal([
      "Not proven for dev: nothing is broken, but not everything is judged.",
    ]);
    expect(lastLines({ ok: false, outcome: "broken", findings: [notJudged, broken] }, 6)).to.deep.equal([
      "Not judged",
      "  ?  a: no rule covers it",
      "     look",
      "Broken for dev: 1 finding.",
      "  ✗  a: it is open",
      "     look",
    ]);
  });

  it("shows a program that stopped by its own words alone", async () => {
    const { intent } = await devStack();
    const recording: Recording = {
      stack: "dev",
      resources: [],
      outputs: {},
      secretOutputs: [],
      refusals: [],
      errors: ["2 problems in the settings:\n  azureCidr is …\n  awsCidr is …"],
    };
    expect(printed({ recording, intent })).to.equal(
      "Stack dev on simulated clouds\n\nThe program stopped: 2 problems; nothing else was judged.\n  ✗  azureCidr is …\n  ✗  awsCidr is …\n",
    );
  });
});
