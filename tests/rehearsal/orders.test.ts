import { expect } from "chai";
import fc from "fast-check";
import { readIntent } from "../../rehearsal/run/intent";
import { record } from "../../rehearsal/run/record";
import { judge } from "../../rehearsal/verdict/verdict";
import { projectDir } from "./fixtures/stacks";

/** How many random stacks: 500 take half an hour and more on a busy machine. */
const stacks = Number(process.env["ORDERED_STACKS"] ?? "60");

const account = "arn:aws:iam::123456789012";

/** Some of a list in some order: S3, IAM and the engine sort differently, by capitals, digits and dashes. */
const someOf = <T>(items: readonly T[], least: number) =>
  fc.shuffledSubarray([...items], { minLength: least });

/** Every setting that is a list or a map, within what its own rules allow. */
const lists = {
  buckets: fc
    .tuple(someOf(["b", "a", "10", "9", "data", "data-2", "zz"], 1), fc.infiniteStream(fc.boolean()))
    .map(([names, writes]) =>
      names.map((name) => ({ name, access: writes.next().value === true ? "readWrite" : "read" })),
    ),
  trustedPrincipals: someOf([`${account}:role/b`, `${account}:role/a`, `${account}:user/Z`], 0),
  deployers: someOf([`${account}:role/y`, `${account}:role/x`, `${account}:user/ci`], 0),
  alarmEmails: someOf(["b@example.com", "a@example.com", "Z@example.com"], 1),
  awsZones: someOf(["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"], 2),
};
const maps = {
  tags: mapOf({ owner: "b", environment: "a", "10": "c", "9": "d", Zone: "e" }),
  tunnelInsideCidrs: mapOf({
    tunnel1: "169.254.21.8/30",
    tunnel2: "169.254.22.8/30",
    tunnel3: "169.254.21.12/30",
    tunnel4: "169.254.22.12/30",
  }),
  presharedKeyGenerations: mapOf({ tunnel1: 2, tunnel2: 3, tunnel3: 4, tunnel4: 5 }),
};

function mapOf<T>(entries: Readonly<Record<string, T>>) {
  return someOf(Object.entries(entries), 0);
}

type Ordered = Readonly<Record<string, readonly unknown[]>>;

/** The settings as a stack file has them. An object would put keys that are numbers first, so maps are written by hand. */
function configOf(given: Ordered): Readonly<Record<string, string>> {
  const written = Object.entries(given).map(([setting, items]) => {
    const entries = items.map((item) => {
      const [key, value] = Array.isArray(item) ? (item as readonly unknown[]) : [];
      return key === undefined ? JSON.stringify(item) : `${JSON.stringify(key)}:${JSON.stringify(value)}`;
    });
    const text = setting in maps ? `{${entries.join()}}` : `[${entries.join()}]`;
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

async function verdictOf(given: Ordered) {
  const args = { projectDir, stack: "prod", config: configOf(given) };
  const recording = await record(args);
  const { outcome, findings } = judge(recording, readIntent(args));
  return { outcome, problems: findings.map(({ problem }) => problem), errors: recording.errors };
}

const holds = { outcome: "holds", problems: [], errors: [] };

describe("The order and the names of what the settings list", function () {
  this.timeout("2h");

  it(`change no verdict of ${stacks} random stacks`, async () => {
    const stack = fc.record({ ...lists, ...maps });
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
        expect(await verdictOf(first)).to.deep.equal(holds);
        expect(await verdictOf(second)).to.deep.equal(holds);
      }),
      { numRuns: stacks },
    );
  });
});
