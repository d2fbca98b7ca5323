import { expect } from "chai";
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { flowLines } from "../../operations/review/flows/words";
import { review } from "../../operations/review/judge";
import { readPreview } from "../../operations/review/preview";
import { EngineStack, type Run } from "./support/engineStack";
import { root } from "./support/inlineProgram";
import { dummySecrets, secretsIn, withoutPlaces } from "./support/releasedState";

const released = path.join(__dirname, "fixtures/released");

/**
 * Replacements and deletions that the changelog announces, as `replaces aws:ec2/subnet:Subnet`: its lines that say
 * "Replaces `type`" or "Deletes `type`" above the heading of a version.
 */
function announced(changelog: string, since: string): readonly string[] {
  const [newer = ""] = changelog.split(new RegExp(`^## \\[?v?${since.replaceAll(".", "\\.")}\\b`, "m"));
  return [...newer.matchAll(/\b(replace|delete)s `([^`]+)`/gi)].map(
    ([, what = "", type = ""]) => `${what.toLowerCase()}s ${type}`,
  );
}

function destructive({ steps }: Run): readonly string[] {
  return steps
    .filter(({ op, type }) => ["replace", "delete"].includes(op) && !type.startsWith("pulumi:"))
    .map(({ op, type }) => `${op}s ${type}`);
}

describe("an upgrade", function () {
  this.timeout(60_000);
  const opened: EngineStack[] = [];
  const changelog = path.join(root, "CHANGELOG.md");

  async function previewOver(state: string, version: string, name: "dev" | "prod"): Promise<Run> {
    const stack = await EngineStack.create({ stack: name });
    opened.push(stack);
    copyFileSync(
      path.join(released, version, `Pulumi.${name}.yaml`),
      path.join(stack.projectFolder, `Pulumi.${name}.yaml`),
    );
    const file = path.join(stack.folder, "released.json");
    writeFileSync(file, state);
    const imported = await stack.pulumi(["stack", "import", "--file", file]);
    expect(imported.code, imported.output).to.equal(0);
    return stack.preview();
  }
  afterEach(() => {
    for (const stack of opened.splice(0)) stack.close();
  });

  for (const version of readdirSync(released)) {
    for (const name of ["dev", "prod"] as const) {
      const state = readFileSync(path.join(released, version, `${name}.state`), "utf8");

      it(`of ${name} from ${version} replaces and deletes what the changelog announces, and nothing else`, async () => {
        const run = await previewOver(state, version, name);
        expect(run.code, run.output).to.equal(0);
        const told = announced(existsSync(changelog) ? readFileSync(changelog, "utf8") : "", version);
        expect(destructive(run).filter((step) => !told.includes(step))).to.deep.equal([]);
      });
    }
  }

  it("narrows what clients may send and receive, in place, and review says so", async () => {
    const [version = ""] = readdirSync(released);
    const state = readFileSync(path.join(released, version, "dev.state"), "utf8");
    const { steps, flows } = review(readPreview((await previewOver(state, version, "dev")).log));
    const group = steps.filter(({ step }) => step.urn.endsWith("::azure-client-security-group"));
    expect(group.map(({ step, impact }) => `${step.op} ${impact}`)).to.deep.equal(["update less-access"]);
    const lines = flows.flatMap(flowLines).join("\n");
    expect(lines).to.include("closes outbound").and.to.include("closes inbound").and.not.to.include("opens");
  });

  it("control: a replacement is seen", async () => {
    const [version = ""] = readdirSync(released);
    const state = readFileSync(path.join(released, version, "dev.state"), "utf8");
    const older = state.replaceAll('"cidrBlock":"10.0.0.0/24"', '"cidrBlock":"10.0.4.0/24"');
    expect(destructive(await previewOver(older, version, "dev"))).to.include("replaces aws:ec2/vpc:Vpc");
  });

  it("control: the changelog announces for the versions before a line, not for its own", () => {
    const text =
      "# Changes\n\n## 0.2.0\n\n- Replaces `aws:x/y:Y`, 5 minutes.\n\n## 0.1.0\n\n- Deletes `aws:x/z:Z`.\n";
    expect(announced(text, "0.1.0")).to.deep.equal(["replaces aws:x/y:Y"]);
    expect(announced(text, "0.0.9")).to.deep.equal(["replaces aws:x/y:Y", "deletes aws:x/z:Z"]);
  });

  it("keeps states without the places that their resources were registered from", () => {
    const exported = `{"resources":[{"urn":"a","sourcePosition":"project:///index.ts#1,1","stackTrace":[{}]}]}`;
    expect(withoutPlaces(exported)).to.equal(`{"resources":[{"urn":"a"}]}`);
    for (const version of readdirSync(released)) {
      for (const name of ["dev", "prod"]) {
        const state = readFileSync(path.join(released, version, `${name}.state`), "utf8");
        expect(state).not.to.match(/sourcePosition|stackTrace/);
      }
    }
  });

  it("keeps states without their secrets: each has a stand-in, the same wherever it stands", () => {
    const secret = (text: string): object => ({
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      plaintext: JSON.stringify(text),
    });
    const exported = JSON.stringify({
      key: secret("hunter2hunter2"),
      again: secret("hunter2hunter2"),
      around: secret('<psk>"hunter2hunter2"</psk>'),
      other: secret("another secret"),
      plain: "eu-west-1",
    });
    const kept = dummySecrets(exported);
    expect(kept).not.to.match(/hunter2|another secret/);
    const parsed = JSON.parse(kept) as Record<string, unknown>;
    expect(secretsIn(parsed.key)).to.deep.equal(secretsIn(parsed.again));
    expect(secretsIn(parsed.key)).not.to.deep.equal(secretsIn(parsed.other));
    expect(secretsIn(parsed.key)[0]).to.have.lengthOf("hunter2hunter2".length);
    expect(parsed.plain).to.equal("eu-west-1");
  });
});
