import { expect } from "chai";
import { overall } from "../../../rehearsal/model/findings";
import type { Recording } from "../../../rehearsal/model/recording";
import { leaveOut } from "../../../rehearsal/run/leaveOut";
import { judge } from "../../../rehearsal/verdict/verdict";
import { resourceNamed, withInputs, withStatement } from "../fixtures/change";
import { devStack, joinedCases, rehearsedStack, stackCases } from "../fixtures/stacks";

describe("The verdict", () => {
  for (const given of [...stackCases, ...joinedCases])
    it(`is good of ${given.title}`, async () => {
      const { recording, intent } = await rehearsedStack(given);
      const { outcome, ok, findings } = judge(recording, intent);
      expect({ outcome, ok, findings }).to.deep.equal({ outcome: "holds", ok: true, findings: [] });
    });

  // An obstacle of active-active at others' gateway names dual-tunnel as its remedy.
  for (const given of joinedCases)
    for (const vpnTopology of ["single-tunnel", "dual-tunnel"])
      it(`is good of ${given.title} with ${vpnTopology}`, async () => {
        const config = { "azure-s3-privatelink:vpnTopology": vpnTopology };
        const { recording, intent } = await rehearsedStack({ ...given, config });
        const { outcome, findings } = judge(recording, intent);
        expect({ outcome, findings }).to.deep.equal({ outcome: "holds", findings: [] });
      });

  it("is what the program said, and nothing else, where it stopped", async () => {
    const { intent } = await devStack();
    const stopped: Recording = {
      stack: "dev",
      resources: [],
      outputs: {},
      secretOutputs: [],
      refusals: [],
      errors: ["azureCidr is 10.0.0.0/8, but …"],
    };
    const { ok, findings } = judge(stopped, intent);
    expect(ok).to.equal(false);
    expect(findings.map(({ kind, problem }) => [kind, problem])).to.deep.equal([
      ["error", "azureCidr is 10.0.0.0/8, but …"],
    ]);
  });

  it("is not judged where a policy cannot be evaluated, with the reason", async () => {
    const { recording, intent } = await devStack();
    const policy = withStatement(
      resourceNamed(recording, "s3-data-policy").inputs["policy"],
      "DenyInsecureTransport",
      (statement) => ({ ...statement, Condition: { DateLessThan: { "aws:CurrentTime": "2030-01-01" } } }),
    );
    const unread = withInputs(recording, "s3-data-policy", { policy });
    const { outcome, ok, findings, access } = judge(unread, intent);
    expect({ outcome, ok }).to.deep.equal({ outcome: "not judged", ok: false });
    expect(findings.map(({ outcome: one, place }) => [one, place.split("::").at(-1)])).to.deep.equal([
      ["not judged", "s3-data-policy"],
    ]);
    expect(findings[0]?.problem).to.match(/uses the operator DateLessThan, which is not evaluated here/);
    const decidedHere = access.cases.filter(({ place, others }) =>
      [place, ...others].some((urn) => urn.endsWith("s3-data-policy")),
    );
    expect(new Set(decidedHere.map((one) => one.outcome))).to.deep.equal(new Set(["not judged"]));
    const elsewhere = access.cases.filter((one) => !decidedHere.includes(one));
    expect(new Set(elsewhere.map(({ bucket }) => bucket))).to.deep.equal(new Set(["somebody else's bucket"]));
  });

  it("is broken where one thing is broken and another was not judged", () => {
    expect(overall(["holds", "not judged", "broken"])).to.equal("broken");
    expect(overall(["holds", "not judged"])).to.equal("not judged");
    expect(overall(["holds", "holds"])).to.equal("holds");
    expect(overall([])).to.equal("holds");
  });

  it("repeats what the clouds refuse, with code, property and source", async () => {
    const { recording, intent } = await devStack();
    const refused = withInputs(recording, "vpn-azure-gateway", { enableBgp: true });
    const [first] = judge(refused, intent).findings.filter((finding) => finding.kind === "refusal");
    expect(first?.place.split("::").at(-1)).to.equal("vpn-azure-gateway");
    expect(first?.problem).to.match(/^the cloud rejects enableBgp: \w+: /);
    expect(first?.fix).to.match(/^see https:/);
  });

  it("names both ends where they disagree", async () => {
    const { recording, intent } = await devStack();
    const changed = withInputs(recording, "vpn-aws-connection1", { tunnel1PresharedKey: "A".repeat(64) });
    const found = judge(changed, intent).findings.find(({ kind }) => kind === "tunnel");
    expect([found?.place, ...(found?.others ?? [])].map((urn) => urn?.split("::").at(-1))).to.deep.equal([
      "vpn-tunnel1-azure-connection",
      "vpn-aws-connection1",
    ]);
  });

  for (const { output, value, says } of [
    {
      output: "endpointId",
      value: "vpce-1",
      says: /^the output endpointId says vpce-1, the recorded resources vpce-/,
    },
    {
      output: "azureLocation",
      value: "westeurope",
      says: /^the output azureLocation says westeurope, the recorded resources japaneast$/,
    },
    {
      output: "firstBucket",
      value: "other",
      says: /^the output firstBucket says other, the recorded resources data$/,
    },
    {
      output: "listCommand",
      value: "aws s3 ls",
      says: /^the output listCommand says aws s3 ls, the recorded resources aws s3 --endpoint-url /,
    },
    {
      output: "readerSecretAccessKey",
      value: "x",
      says: /^the output readerSecretAccessKey says a secret, the recorded resources another one$/,
    },
    {
      output: "exemptPrincipals",
      value: ["arn:aws:iam::123456789012:role/dev"],
      says: /^the output exemptPrincipals says arn:aws:iam::123456789012:role\/dev, the recorded resources nothing$/,
    },
    { output: "perimeter", value: "open", says: /^the output perimeter is neither allow nor enforced$/ },
  ])
    it(`finds that ${output} promises what is not so`, async () => {
      const { recording, intent } = await devStack();
      const changed = { ...recording, outputs: { ...recording.outputs, [output]: value } };
      const problems = judge(changed, intent).findings.map((finding) => finding.problem);
      expect(
        problems.some((problem) => says.test(problem)),
        problems.join("\n"),
      ).to.equal(true);
    });

  it("never prints a value that is missing, whatever is left out", async () => {
    const { recording, intent } = await devStack();
    const printed = recording.resources
      .filter(({ custom }) => custom)
      .flatMap(({ name }) => judge(leaveOut(recording, name).recording, intent).findings)
      .map(({ problem }) => problem);
    expect(printed.length).to.be.greaterThan(100);
    expect(printed.filter((problem) => /undefined|NaN|\[object|\s,/.test(problem))).to.deep.equal([]);
  });
});
