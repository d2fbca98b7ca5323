import { expect } from "chai";
import { judgeAccess } from "../../../rehearsal/access/access";
import { text } from "../../../rehearsal/model/values";
import { readEstate } from "../../../rehearsal/estate/estate";
import type { Props, Recording, RecordedResource, Value } from "../../../rehearsal/model/recording";
import { judge } from "../../../rehearsal/verdict/verdict";
import { resourceNamed, withInputs, without, withResource, withStatement } from "../fixtures/change";
import { devStack, dualTunnelCase, type Rehearsed, rehearsedStack } from "../fixtures/stacks";

const loggedCase = {
  ...dualTunnelCase,
  config: { ...dualTunnelCase.config, "azure-s3-privatelink:buckets": '[{"name":"data","access":"read"}]' },
};

/** The stack that logs both its network and its bucket. */
function loggedStack(): Promise<Rehearsed> {
  return rehearsedStack(loggedCase);
}

/** What is found: the resource's logical name and the problem. */
function found({ recording, intent }: Rehearsed): readonly string[] {
  return judge(recording, intent).findings.map(
    ({ place, problem }) => `${place.split("::").at(-1) ?? ""}: ${problem}`,
  );
}

type Change = (recording: Recording) => Recording;

const inputs =
  (name: string, changes: Readonly<Record<string, Value | undefined>>): Change =>
  (recording) =>
    withInputs(recording, name, changes);
const hasty =
  (name: string): Change =>
  (recording) =>
    withResource(recording, name, (resource) => ({ ...resource, dependencies: [] }));
const added =
  (of: string, change: (given: RecordedResource) => Partial<RecordedResource>): Change =>
  (recording) => {
    const given = resourceNamed(recording, of);
    const extra = { ...given, name: "extra", urn: "urn:pulumi:dev::p::t::extra", ...change(given) };
    return { ...recording, resources: [...recording.resources, extra] };
  };
const rule = (changes: Props): Change => {
  const whole = {
    id: "expire",
    status: "Enabled",
    expiration: { days: 90 },
    noncurrentVersionExpiration: { noncurrentDays: 1 },
    abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
  };
  return inputs("logs-bucket-lifecycle", { rules: [{ ...whole, ...changes }] });
};

const late =
  "logs-bucket-lifecycle: what is logged does not go after 90 days, and what remains of it a day later";
const early =
  "it may begin before the log bucket's policy lets it: AWS would write a policy of its own, or reject the delivery";

describe("The logs", () => {
  it("are all as they should be", async () => {
    expect(found(await loggedStack())).to.deep.equal([]);
  });

  for (const { says, change } of [
    {
      says: "aws-network: its traffic must be logged exactly once",
      change: (r: Recording) => without(r, "logs-flow"),
    },
    {
      says: "s3-data: its requests must be logged exactly once",
      change: (r: Recording) => without(r, "s3-data-logging"),
    },
    {
      says: "aws-network: its traffic must be logged exactly once",
      change: added("logs-flow", () => ({ id: "fl-1" })),
    },
    {
      says: "extra: it logs nothing that this stack has to log",
      change: added("s3-data-logging", ({ inputs }) => ({
        inputs: { ...inputs, bucket: "somebody-elses-bucket" },
      })),
    },
    {
      says: "logs-flow: a part of the traffic is not logged",
      change: inputs("logs-flow", { trafficType: "REJECT" }),
    },
    {
      says: "logs-flow: its logs go to no bucket that is for logs",
      change: inputs("logs-flow", { logDestination: "arn:aws:s3:::somebody-elses-bucket/flow/" }),
    },
    { says: `logs-flow: ${early}`, change: hasty("logs-flow") },
    {
      says: `s3-data-logging: ${early}`,
      // It waits for its component too, which is handed the log bucket.
      change: (r: Recording) => hasty("s3")(hasty("s3-data-logging")(r)),
    },
    {
      says: "s3-data-logging: the keys of its logs do not contain the bucket and the day of the requests",
      change: inputs("s3-data-logging", { targetObjectKeyFormat: undefined }),
    },
    {
      says: "s3-data-logging: its prefix runs into the keys behind it",
      change: inputs("s3-data-logging", { targetPrefix: "access" }),
    },
    {
      says: "logs-bucket: what is logged there is not expired by one lifecycle",
      change: (r: Recording) => without(r, "logs-bucket-lifecycle"),
    },
    { says: late, change: rule({ expiration: { days: 365 } }) },
    { says: late, change: rule({ status: "Disabled" }) },
    { says: late, change: rule({ filter: { prefix: "flow/" } }) },
    { says: late, change: rule({ noncurrentVersionExpiration: { noncurrentDays: 90 } }) },
    { says: late, change: rule({ abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } }) },
    {
      says: "extra: it would delete data, or not what oldVersionDays says",
      change: (r: Recording) =>
        added("logs-bucket-lifecycle", ({ inputs }) => ({
          inputs: { ...inputs, bucket: resourceNamed(r, "s3-data").outputs["bucket"] ?? "" },
        }))(r),
    },
    {
      says: "logs-bucket-policy: may change the bucket at the same time as another setting (OperationAborted)",
      change: hasty("logs-bucket-policy"),
    },
    {
      says: "logs-bucket: the bucket has no versioning",
      change: (r: Recording) => without(r, "logs-bucket-versioning"),
    },
    {
      says: "logs-bucket: a teardown would delete the data with the bucket",
      change: inputs("logs-bucket", { forceDestroy: true }),
    },
    {
      says: ": the output logBucketName says nothing, the recorded resources LOGS",
      change: (r: Recording) => ({
        ...r,
        outputs: Object.fromEntries(Object.entries(r.outputs).filter(([name]) => name !== "logBucketName")),
      }),
    },
  ])
    it(`are found wanting: ${says}`, async () => {
      const { recording, intent } = await loggedStack();
      const name = text(resourceNamed(recording, "logs-bucket").outputs, "bucket") ?? "";
      const findings = found({ recording: change(recording), intent });
      expect(
        findings.map((finding) =>
          finding.replace(/^logs-bucket(: the output .*)/, "$1").replace(name, "LOGS"),
        ),
      ).to.include(says);
    });

  it("are wanted by nobody who has not asked for them", async () => {
    const { recording, intent } = await loggedStack();
    const unasked = { ...intent, switches: new Set(["protection"]) };
    expect(found({ recording, intent: unasked })).to.have.members([
      "logs-flow: no setting asks for these logs",
      "s3-data-logging: no setting asks for these logs",
      "audit-trail: no setting asks for these logs",
      "audit-bucket-changes: no setting asks for it",
      "audit-endpoint-changes: no setting asks for it",
      "audit-trail-changes: no setting asks for it",
      "audit-reader-changes: no setting asks for it",
    ]);
  });

  it("are missed where somebody has", async () => {
    const { recording, intent } = await devStack();
    expect(
      found({ recording, intent: { ...intent, switches: new Set(["flowLogs", "accessLogs"]) } }),
    ).to.deep.equal([
      "aws-network: its traffic must be logged exactly once",
      "s3-data: its requests must be logged exactly once",
    ]);
  });
});

describe("Access to the log bucket", () => {
  const policy = "logs-bucket-policy";
  const delivery = "delivery.logs.amazonaws.com";
  const logging = "logging.s3.amazonaws.com";

  it("is nobody's but the account's own and the three services'", async () => {
    const { recording, intent } = await loggedStack();
    const { cases } = judgeAccess(readEstate(recording), intent);
    const into = cases.filter((one) => one.bucket.startsWith("logs-bucket") && one.allowed && one.secure);
    const whole = into.filter(({ caller }) => !caller.includes(" alone"));
    expect([...new Set(whole.map(({ caller }) => caller))]).to.deep.equal([
      "an administrator",
      "the deployer",
      "a query service for an administrator",
      "S3 replication by a role",
      delivery,
      logging,
      "cloudtrail.amazonaws.com",
    ]);
    expect(whole.filter(({ way }) => way === "endpoint")).to.deep.equal([]);
    const deliveries = whole.filter(({ caller }) => caller === delivery || caller === logging);
    expect(deliveries.map(({ caller, action }) => `${caller} ${action}`)).to.deep.equal([
      `${delivery} s3:GetBucketAcl`,
      `${delivery} s3:PutObject`,
      `${logging} s3:PutObject`,
    ]);
  });

  for (const { what, sid, change, says } of [
    {
      what: "a statement that is missing",
      sid: "AllowAccessLogDelivery",
      change: () => undefined,
      says: [`${logging} does not get s3:PutObject`],
    },
    {
      what: "flow logs without the look at the ACL",
      sid: "AWSLogDeliveryAclCheck",
      change: () => undefined,
      says: [`${delivery} does not get s3:GetBucketAcl`],
    },
    {
      what: "any account's access logs",
      sid: "AllowAccessLogDelivery",
      change: (statement: Props) =>
        Object.fromEntries(Object.entries(statement).filter(([element]) => element !== "Condition")),
      says: [
        `${logging}, for another account, gets s3:PutObject`,
        `${logging}, without a source account, gets s3:PutObject`,
      ],
    },
    {
      what: "access logs anywhere in the bucket",
      sid: "AllowAccessLogDelivery",
      change: (statement: Props) => ({
        ...statement,
        Resource: text(statement, "Resource")?.replace("access/*", "*") ?? "",
      }),
      says: [
        `${logging} instead of ${delivery} gets s3:PutObject`,
        `${logging}, elsewhere in the bucket, gets s3:PutObject`,
        // Logs and digests, of this region and another.
        ...[1, 2, 3, 4].map(() => `${logging} instead of cloudtrail.amazonaws.com gets s3:PutObject`),
      ],
    },
    {
      what: "a service that reads",
      sid: "AWSLogDeliveryWrite",
      change: (statement: Props) => ({ ...statement, Action: ["s3:PutObject", "s3:GetObject"] }),
      says: [`${delivery} gets s3:GetObject`],
    },
    {
      what: "another service beside",
      sid: "AWSLogDeliveryAclCheck",
      change: (statement: Props) => ({
        ...statement,
        Principal: { Service: [delivery, "config.amazonaws.com"] },
      }),
      says: [
        "config.amazonaws.com for arn:aws:logs:ap-northeast-1:123456789012:any gets s3:GetBucketAcl",
        "config.amazonaws.com for arn:aws:logs:ap-northeast-1:123456789012:any, by the bucket policy's Allow alone gets s3:GetBucketAcl",
        "config.amazonaws.com instead of the service gets s3:GetBucketAcl",
      ],
    },
  ])
    it(`is judged: ${what}`, async () => {
      const { recording, intent } = await loggedStack();
      const changed = withInputs(recording, policy, {
        policy: withStatement(resourceNamed(recording, policy).inputs["policy"], sid, change),
      });
      const problems = judge(changed, intent)
        .findings.filter(({ kind }) => kind === "access")
        .map(({ problem }) => problem.split(" on logs-bucket")[0]);
      expect(problems).to.deep.equal(says);
    });

  it("is not given for logs that do not come", async () => {
    const { recording, intent } = await loggedStack();
    const changed = without(recording, "logs-flow");
    const problems = judge(changed, intent).findings.map(
      ({ problem }) => problem.split(" on logs-bucket")[0],
    );
    expect(problems).to.include(`${delivery}, without any flow logs, gets s3:PutObject`);
  });
});
