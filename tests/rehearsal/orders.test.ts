import { expect } from "chai";
import fc from "fast-check";
import { readIntent } from "../../rehearsal/run/intent";
import { record } from "../../rehearsal/run/record";
import { judge } from "../../rehearsal/verdict/verdict";
import { projectDir } from "./fixtures/stacks";

/** How many random stacks, half of them dev and half prod: a stack takes a second, two on a busy machine. */
const stacks = Number(process.env["ORDERED_STACKS"] ?? "24");

const account = "arn:aws:iam::123456789012";

/** Some of a list in some order: S3, IAM and the engine sort differently, by capitals, digits and dashes. */
const someOf = <T>(items: readonly T[], least: number) =>
  fc.shuffledSubarray([...items], { minLength: least });

/** What the lists and maps may hold: dev has one tunnel and one zone, and its perimeter exempts nobody. */
const bases = {
  dev: { tunnels: ["tunnel1"], zones: ["ap-northeast-1a"], roles: [] },
  prod: {
    tunnels: ["tunnel1", "tunnel2", "tunnel3", "tunnel4"],
    zones: ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"],
    roles: ["trustedPrincipals", "deployers"],
  },
} as const;

type Base = keyof typeof bases;

const listsOf = ({ zones, roles }: (typeof bases)[Base]) => ({
  buckets: fc
    .tuple(someOf(["b", "a", "10", "9", "data", "data-2", "zz"], 1), fc.infiniteStream(fc.boolean()))
    .map(([names, writes]) =>
      names.map((name) => ({ name, access: writes.next().value === true ? "readWrite" : "read" })),
    ),
  ...Object.fromEntries(
    roles.map((setting) => [
      setting,
      someOf([`${account}:role/b`, `${account}:role/a`, `${account}:user/Z`], 0),
    ]),
  ),
  alarmEmails: someOf(["b@example.com", "a@example.com", "Z@example.com"], 1),
  awsZones: someOf(zones, Math.min(zones.length, 2)),
});
const insideCidrs = {
  tunnel1: "169.254.21.8/30",
  tunnel2: "169.254.22.8/30",
  tunnel3: "169.254.21.12/30",
  tunnel4: "169.254.22.12/30",
};
const generations = { tunnel1: 2, tunnel2: 3, tunnel3: 4, tunnel4: 5 };
const mapsOf = ({ tunnels }: (typeof bases)[Base]) => ({
  tags: someOf(Object.entries({ owner: "b", environment: "a", "10": "c", "9": "d", Zone: "e" }), 0),
  tunnelInsideCidrs: someOf(
    tunnels.map((name) => [name, insideCidrs[name]] as const),
    0,
  ),
  presharedKeyGenerations: someOf(
    tunnels.map((name) => [name, generations[name]] as const),
    0,
  ),
});
const maps = Object.keys(mapsOf(bases.prod));

type Ordered = Readonly<Record<string, readonly unknown[]>>;

/** The settings as a stack file has them. An object would put keys that are numbers first, so maps are written by hand. */
function configOf(given: Ordered): Readonly<Record<string, string>> {
  const written = Object.entries(given).map(([setting, items]) => {
    const entries = items.map((item) => {
      const [key, value] = Array.isArray(item) ? (item as readonly unknown[]) : [];
      return key === undefined ? JSON.stringify(item) : `${JSON.stringify(key)}:${JSON.stringify(value)}`;
    });
    const text = maps.includes(setting) ? `{${entries.join()}}` : `[${entries.join()}]`;
    return [`azure-s3-privatelink:${setting}`, text] as const;
  });
  const switches = { alarms: "true", clientVm: "true", sampleObject: "true", accessLogs: "true" };
  return {
    ...Object.fromEntries(written),
    ...Object.fromEntries(
      Object.entries(switches).map(([name, value]) => [`azure-s3-privatelink:${name}`, value]),
    ),
  };
}

async function verdictOf(stack: Base, given: Ordered) {
  const args = { projectDir, stack, config: configOf(given) };
  const recording = await record(args);
  const { outcome, findings } = judge(recording, readIntent(args));
  return { outcome, problems: findings.map(({ problem }) => problem), errors: recording.errors };
}

const holds = { outcome: "holds", problems: [], errors: [] };

describe("The order and the names of what the settings list", function () {
  this.timeout("2h");

  for (const base of ["dev", "prod"] as const)
    it(`change no verdict of ${stacks / 2} random stacks like ${base}`, async () => {
      const stack = fc.record({ ...listsOf(bases[base]), ...mapsOf(bases[base]) });
      const permuted = stack.chain((first) =>
        fc
          .record(
            Object.fromEntries(
              Object.entries(first).map(([setting, items]: [string, unknown[]]) => [
                setting,
                fc.shuffledSubarray(items, { minLength: items.length }),
              ]),
            ),
          )
          .map((second) => ({ first, second })),
      );
      await fc.assert(
        fc.asyncProperty(permuted, async ({ first, second }) => {
          expect(await verdictOf(base, first)).to.deep.equal(holds);
          expect(await verdictOf(base, second)).to.deep.equal(holds);
        }),
        { numRuns: Math.ceil(stacks / 2) },
      );
    });
});
