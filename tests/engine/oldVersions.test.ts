import { expect } from "chai";
import type { Going } from "../../rehearsal/engine/faults";
import { awsTypes } from "../../rehearsal/model/resourceTypes";
import { number } from "../../rehearsal/model/values";
import { failEachOnce, undisturbed } from "./support/campaign";
import { fill, openBuckets } from "./support/contents";
import { deployedOnce } from "./support/deployed";
import type { EngineStack, Moment, Settings } from "./support/engineStack";
import { plan, planOf } from "./support/plan";
import { own } from "./support/settings";

const days = "noncurrentVersionExpiration.noncurrentDays";
const lifecycles = "s3-reports-lifecycle s3-uploads-lifecycle";
const lockedFor = (lockDays?: number) =>
  own({
    buckets: [
      { name: "reports", access: "read" },
      { name: "uploads", access: "readWrite", ...(lockDays === undefined ? {} : { lockDays }) },
    ],
  });

/** One change after the other, each on what the one before has left. */
const changes: readonly {
  readonly says: string;
  readonly settings: Settings;
  readonly plan: ReturnType<typeof plan>;
  readonly expires: readonly (number | undefined)[];
  readonly locks: readonly (number | undefined)[];
}[] = [
  {
    says: "old versions that expire",
    settings: own({ oldVersionDays: 90 }),
    plan: plan({ create: lifecycles }),
    expires: [90, 90],
    locks: [],
  },
  {
    says: "other days",
    settings: own({ oldVersionDays: 30 }),
    plan: plan({ update: lifecycles }),
    expires: [30, 30],
    locks: [],
  },
  {
    says: "a lock",
    settings: { ...own({ oldVersionDays: 30 }), ...lockedFor(30) },
    plan: plan({ create: "s3-uploads-lock" }),
    expires: [30, 30],
    locks: [30],
  },
  {
    says: "a shorter lock",
    settings: { ...own({ oldVersionDays: 30 }), ...lockedFor(7) },
    plan: plan({ update: "s3-uploads-lock" }),
    expires: [30, 30],
    locks: [7],
  },
  {
    says: "neither any more",
    settings: { ...own({ oldVersionDays: undefined }), ...lockedFor() },
    plan: plan({ delete: `${lifecycles} s3-uploads-lock` }),
    expires: [],
    locks: [],
  },
];

/** What a client wrote is in no state, and stays. */
const isOurs = (problem: string): boolean => !/bucketObjectv2/.test(problem);

describe("the data, when its expiry and its lock change", function () {
  this.timeout(600_000);
  // Alarms and logs have no say here, and the log bucket an expiry of its own.
  const [alarms, logs] = [
    { alarms: undefined, alarmEmails: undefined },
    { flowLogs: undefined, accessLogs: undefined, auditTrail: undefined },
  ];
  const deployed = deployedOnce({ stack: "prod", settings: own({ ...alarms, ...logs }) });

  const of = ({ clouds }: EngineStack) => ({
    expires: clouds
      .all(awsTypes.bucketLifecycleConfiguration)
      .map(({ inputs }) => number(inputs, `rules.${days}`)),
    locks: clouds
      .all(awsTypes.bucketObjectLockConfiguration)
      .map(({ inputs }) => number(inputs, "rule.defaultRetention.days")),
    objects: clouds.all(awsTypes.bucketObjectv2).map(({ id }) => id),
  });
  const fillAll = (stack: EngineStack) => {
    for (const name of ["s3-reports", "s3-uploads"]) fill(stack, name);
  };

  it("stays through all of them, and each does what it says alone", async () => {
    const { stack } = deployed;
    fillAll(stack);
    const { objects } = of(stack);
    expect(objects).to.have.lengthOf(2);
    for (const { says, settings, plan: expected, expires, locks } of changes) {
      stack.set(settings);
      const run = await stack.up();
      expect(run.code, run.output).to.equal(0);
      expect(planOf(run), says).to.deep.equal(expected);
      expect(of(stack), says).to.deep.equal({ expires, locks, objects });
      expect(openBuckets(stack), says).to.deep.equal([]);
    }
  });

  for (const going of ["instead", "after"] as const satisfies readonly Going[])
    it(`stays whatever fails, ${going} its effect`, async () => {
      const { stack } = deployed;
      fillAll(stack);
      const { objects } = of(stack);
      let from: Moment = stack.save();
      for (const { says, settings } of changes) {
        const base = { stack, from, settings, command: (one: EngineStack) => one.up() };
        const calm = await undisturbed(base);
        expect(calm.cases.length, says).to.be.at.least(1);
        const after = stack.save();
        const report = await failEachOnce({ ...base, going }, calm);
        expect(report.problems.filter(isOurs), says).to.deep.equal([]);
        expect(of(stack).objects, says).to.deep.equal(objects);
        expect(openBuckets(stack), says).to.deep.equal([]);
        from = after;
      }
    });
});
