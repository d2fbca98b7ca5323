import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Machine } from "./machine";
import { installation, stagesOf, type Suite, suites, whyLeftOut } from "./suites";

const { scripts } = JSON.parse(readFileSync(path.join(__dirname, "../../package.json"), "utf8")) as {
  scripts: Readonly<Record<string, string>>;
};
const debian: Machine = { platform: "linux", root: true, processors: 2, has: () => true };
const without = (program: string): Machine => ({ ...debian, has: (name) => name !== program });

describe("all suites", () => {
  it("run the check and every test script of the package", () => {
    const tests = Object.keys(scripts).filter((name) => /^(check|lint:.+|test(:.+)?)$/.test(name));
    const run = suites.flatMap(({ command }) => command?.match(/^npm (?:run )?(\S+)$/)?.[1] ?? []);
    expect([...run, "test:all"]).to.have.members(tests);
  });

  it("name set-ups that exist", () => {
    for (const { install } of suites) {
      const script = install?.command.match(/^(?:ba)?sh (\S+)$/)?.[1];
      if (script !== undefined)
        expect(existsSync(path.join(__dirname, "../..", script)), script).to.equal(true);
    }
  });

  it("leave out on further versions of Node.js only tests that exist", () => {
    const run = readFileSync(path.join(__dirname, "../../.ci/run"), "utf8");
    const [, list = ""] = /^judging=\((.*?)^\)/ms.exec(run) ?? [];
    const left = [...list.matchAll(/"(.*?)(?:\/\*\*)?"/g)].map(([, place = ""]) => place);
    expect(left).not.to.deep.equal([]);
    for (const place of left) expect(existsSync(path.join(__dirname, "../..", place)), place).to.equal(true);
  });

  const lab = titled("The lab: real IPsec, BGP and S3");
  const engine = titled("The real engine");
  const page = titled("The page in a browser");
  const rows: readonly (readonly [
    machine: string,
    machine: Machine,
    suite: Suite,
    command: string | undefined,
  ])[] = [
    ["Debian as root with Go", debian, lab, "sh lab/install.sh"],
    ["macOS", { ...debian, platform: "darwin", has: (name) => name !== "apt-get" }, lab, undefined],
    ["Debian without Go", without("go"), lab, undefined],
    ["a user with sudo", { ...debian, root: false }, lab, undefined],
    ["a user with sudo", { ...debian, root: false }, page, "bash tests/suites/install.sh"],
    ["a user without sudo", { ...without("sudo"), root: false }, page, undefined],
    ["another distribution", without("apt-get"), page, undefined],
    ["macOS with Go", { ...debian, platform: "darwin", root: false }, engine, "npm run engine:install"],
    ["Debian without Go", without("go"), engine, undefined],
  ];
  for (const [name, machine, suite, command] of rows)
    it(`install for "${suite.title}" on ${name}: ${command ?? "nothing"}`, () => {
      expect(installation(suite, machine)).to.equal(command);
    });
});

describe("the stages of all suites", () => {
  const titles = (processors: number) =>
    stagesOf(suites, { processors }).map((stage) => stage.map(({ title }) => title));

  it("have checkov beside the check and the lab beside the engine on two processors, and every suite once, in order", () => {
    expect(titles(2)[0]).to.deep.equal(["Types, lint, format, structure", "checkov over both halves"]);
    expect(titles(2).at(-1)).to.deep.equal(["The real engine", "The lab: real IPsec, BGP and S3"]);
    expect(titles(2).flat()).to.deep.equal(suites.map(({ title }) => title));
  });

  it("are one suite each on one processor", () => {
    expect(titles(1)).to.deep.equal(suites.map(({ title }) => [title]));
  });

  it("are no longer than the processors, and the first begins with what has none before it", () => {
    const beside: Suite = { title: "beside", beside: true };
    expect(stagesOf([beside, beside, beside], { processors: 2 })).to.deep.equal([[beside, beside], [beside]]);
  });
});

describe("a suite that cannot run", () => {
  const suite: Suite = {
    title: "The lab",
    install: { command: "sh install.sh", needs: ["Linux", "root", "Go"] },
    missing: () => ["there is no charon", "there is no bird"],
  };

  it("names what its set-up needs, all at once, and not what follows from it", async () => {
    const machine: Machine = { ...debian, platform: "darwin", root: false, has: () => false };
    expect(await whyLeftOut(suite, machine)).to.deep.equal({
      title: "The lab",
      reason: "needs Linux; root; Go",
    });
  });

  it("names what is missing where its set-up has run", async () => {
    expect((await whyLeftOut(suite, debian))?.reason).to.equal("there is no charon; there is no bird");
  });

  it("runs where nothing is missing, whoever installed it", async () => {
    expect(await whyLeftOut({ ...suite, missing: () => [] }, without("go"))).to.equal(undefined);
  });
});

function titled(title: string): Suite {
  const found = suites.find((suite) => suite.title === title);
  if (found === undefined) throw new Error(`there is no suite "${title}"`);
  return found;
}
