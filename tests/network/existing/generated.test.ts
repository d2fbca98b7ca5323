import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { dump } from "js-yaml";
import type { Obstacle } from "../../../network/existing/obstacle";
import { record } from "../../../rehearsal/run/record";
import { kinds, movedClients, type Change, type Kind } from "./generated/changes";
import { judge, longestFirst, lowestFirst, onPremises, type Rules } from "./generated/oracle";
import { noticesIn, preview, snapshotOf, stack, withSnapshot } from "./generated/preview";
import { worlds, type World, type WorldName } from "./generated/world";

/*
 * Valid surroundings with one thing changed, by chance: what the program reports before its first resource, against an
 * oracle of its own. A sample runs by itself; EVERY_SURROUNDING=1 runs all.
 */

const everyOne = process.env["EVERY_SURROUNDING"] !== undefined;

interface Case extends Change {
  readonly stack: WorldName;
}

function sampled({ kind, changes }: Kind, stack: WorldName, count: number): readonly Case[] {
  return fc
    .sample(changes(worlds[stack]), { numRuns: count, seed: 1500 + kind.length })
    .map((change) => ({ stack, ...change }));
}

/** All stacks in turn, or two samples of one. */
function casesOf(kind: Kind, at: number): readonly Case[] {
  if (everyOne) return kind.stacks.flatMap((one) => sampled(kind, one, 14));
  const one = kind.stacks[at % kind.stacks.length];
  return one === undefined ? [] : sampled(kind, one, 2);
}

/** How report and oracle differ; undefined where they agree. */
function difference(
  { place, remedy }: Pick<Change, "place" | "remedy">,
  reasons: readonly string[],
  found: readonly Obstacle[],
): string | undefined {
  const said = found.map(({ place: where, problem, fix }) => `${where}: ${problem}; ${fix}`).join(" | ");
  if (reasons.length === 0) return said === "" ? undefined : `harmless, but reported: ${said}`;
  if (said === "") return `not reported: ${reasons.join(", ")}`;
  const told = found.some(
    ({ place: where, problem, fix }) => `${where}: ${problem}`.includes(place) && remedy.test(fix),
  );
  return told ? undefined : `not told with ${place} and ${remedy.source}: ${said}`;
}

const wrongOf = async (cases: readonly Case[], rules?: Rules) => {
  const wrong: string[] = [];
  for (const one of cases) {
    const wrongly = difference(one, judge(one.world, rules), await preview(one.world));
    if (wrongly !== undefined) wrong.push(`${one.stack}: ${wrongly}`);
  }
  return [...new Set(wrong)];
};

/** Wrong on purpose. */
const shortestFirst: Rules["choose"] = (near) =>
  [...near].sort((one, other) => Number(one.to.split("/")[1]) - Number(other.to.split("/")[1]))[0];
const lastFirst: Rules["order"] = (one, other) => other - one;

describe("surroundings by chance, at preview", function () {
  this.timeout("20m");

  for (const [name, world] of Object.entries(worlds))
    it(`hold nothing against the stack ${name} where nothing is changed`, async () => {
      expect(judge(world)).to.deep.equal([]);
      expect(await preview(world)).to.deep.equal([]);
    });

  kinds.forEach((kind, at) => {
    it(`are reported where, and only where, it decides: ${kind.kind}`, async () => {
      expect(await wrongOf(casesOf(kind, at))).to.deep.equal([]);
    });
  });

  for (const kind of kinds)
    it(`have harmless ones and others among them: ${kind.kind}`, () => {
      const cases = kind.stacks.flatMap((one) => sampled(kind, one, 40));
      const deciding = cases.filter(({ world }) => judge(world).length > 0);
      expect(deciding.length).to.be.within(1, cases.length - 1);
      // A program that overlooks the kind is found out.
      expect(deciding.filter((one) => difference(one, judge(one.world), []) === undefined)).to.deep.equal([]);
    });

  it("say of each client, and only of those, that it is taken for one on premises", async () => {
    const moved = (["hub", "both", "static"] as const).flatMap((one) =>
      fc.sample(movedClients(worlds[one]), { numRuns: everyOne ? 40 : 6, seed: 15 }),
    );
    const told: boolean[] = [];
    for (const world of moved) {
      const notices = await noticesIn(world);
      if (notices === undefined) continue;
      const said = notices.filter((one) => one.includes("is taken for a network on premises"));
      const named = said.map((one) => /^azureClients\.(\w+)/.exec(one)?.[1]);
      expect(named.sort()).to.deep.equal([...onPremises(world)].sort());
      told.push(named.includes("moved"));
    }
    expect(new Set(told)).to.deep.equal(new Set([true, false]));
  });

  for (const [what, kind, rules] of [
    ["the shortest prefix", "a route of the endpoint's table", { choose: shortestFirst, order: lowestFirst }],
    ["the shortest prefix", "a route of a client's subnet", { choose: shortestFirst, order: lowestFirst }],
    ["the shortest prefix", "a network of another site", { choose: shortestFirst, order: lowestFirst }],
    ["the shortest prefix", "a connection in AWS", { choose: shortestFirst, order: lowestFirst }],
    ["the last rule", "a rule before one that denies all", { choose: longestFirst, order: lastFirst }],
    ["the last rule", "a rule of the network ACL", { choose: longestFirst, order: lastFirst }],
  ] as const)
    it(`are told apart from an oracle that lets ${what} win: ${kind}`, async () => {
      const found = kinds.find((one) => one.kind === kind);
      const cases = (found?.stacks ?? [])
        .flatMap((one) => (found === undefined ? [] : sampled(found, one, 40)))
        .filter(({ world }) => judge(world).length > 0 !== judge(world, rules).length > 0)
        .slice(0, 3);
      expect(await wrongOf(cases)).to.deep.equal([]);
      expect(await wrongOf(cases, rules)).to.have.length.above(0);
    });

  for (const kind of [
    "the size of GatewaySubnet",
    "a route of a client's subnet",
    "what a network ACL lets pass",
    "a network of another site",
  ])
    it(`stop the whole program before its first resource, or let it run: ${kind}`, async () => {
      const found = kinds.find((one) => one.kind === kind);
      const cases =
        found === undefined ? [] : sampled(found, found.stacks.includes("own") ? "own" : "both", 40);
      const deciding = cases.find(({ world }) => judge(world).length > 0);
      const harmless = cases.find(({ world }) => judge(world).length === 0);
      if (deciding === undefined || harmless === undefined) throw new Error("both are needed");
      const stopped = await rehearsed(deciding.world);
      expect(stopped.errors.join("\n"))
        .to.match(/^Nothing was touched/)
        .and.include(deciding.place);
      expect(stopped.resources.filter(({ custom }) => custom)).to.deep.equal([]);
      const passed = await rehearsed(harmless.world);
      expect(passed.errors).to.deep.equal([]);
      expect(passed.resources).to.have.length.above(20);
    });
});

/** The program as a preview runs it, with the stack's file and its snapshot. */
function rehearsed(world: World) {
  return withSnapshot(JSON.stringify(snapshotOf(world)), (folder) => {
    const config = Object.fromEntries(
      Object.entries(world.settings)
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => [key.includes(":") ? key : `azure-s3-privatelink:${key}`, value]),
    );
    const configFile = join(folder, `Pulumi.${stack}.yaml`);
    writeFileSync(configFile, dump({ config }));
    const projectDir = join(__dirname, "../../..");
    return record({ projectDir, stack, configFile, preview: true });
  });
}
