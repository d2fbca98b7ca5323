import { expect } from "chai";
import type { Recording, Value } from "../../../rehearsal/model/recording";
import { text } from "../../../rehearsal/model/values";
import { judge } from "../../../rehearsal/verdict/verdict";
import { resourceNamed, withInputs, without } from "../fixtures/change";
import { type Rehearsed, rehearsedStack, stackCases } from "../fixtures/stacks";

/** The stack with all that is optional. */
async function auditedStack(): Promise<Rehearsed> {
  const [, , audited] = stackCases;
  if (audited === undefined) throw new Error("there is no third case");
  return rehearsedStack(audited);
}

type Inputs = Readonly<Record<string, Value | undefined>>;

const unheard = /nobody is notified of CreateAccessKey on it, whose event is in us-east-1/;

const cases: readonly {
  readonly what: string;
  readonly of: string;
  readonly inputs: (recording: Recording) => Inputs;
  readonly says: RegExp;
}[] = [
  {
    what: "a trail that is off",
    of: "audit-trail",
    inputs: () => ({ enableLogging: false }),
    says: /it records nothing/,
  },
  {
    what: "files that nobody can check",
    of: "audit-trail",
    inputs: () => ({ enableLogFileValidation: false }),
    says: /nobody would see that its files were changed/,
  },
  {
    what: "a trail that records nothing in particular",
    of: "audit-trail",
    inputs: () => ({ advancedEventSelectors: undefined }),
    says: /must be recorded by exactly one trail/,
  },
  {
    what: "a rule that is disabled",
    of: "audit-bucket-changes",
    inputs: () => ({ state: "DISABLED" }),
    says: /nobody is notified of PutBucketPolicy on it/,
  },
  {
    what: "a rule for every bucket of the account",
    of: "audit-bucket-changes",
    inputs: () => ({ eventPattern: '{"source":["aws.s3"]}' }),
    says: /it notifies of changes of what does not belong to the stack/,
  },
  {
    what: "a target elsewhere",
    of: "audit-endpoint-changes-target",
    inputs: () => ({ arn: "arn:aws:sns:ap-northeast-1:123456789012:elsewhere" }),
    says: /nobody is notified of ModifyVpcEndpoint on it/,
  },
  {
    what: "a trail of one region, which records nothing in IAM's",
    of: "audit-trail",
    inputs: () => ({ isMultiRegionTrail: false }),
    says: /it records nothing in us-east-1, where IAM's calls are/,
  },
  {
    what: "a trail without the events of global services",
    of: "audit-trail",
    inputs: () => ({ includeGlobalServiceEvents: false }),
    says: /it records nothing in us-east-1, where IAM's calls are/,
  },
  {
    what: "a rule for another user",
    of: "audit-reader-changes",
    inputs: () => ({
      eventPattern: '{"source":["aws.iam"],"detail":{"requestParameters":{"userName":["x"]}}}',
    }),
    says: unheard,
  },
  {
    what: "a disabled rule in IAM's region",
    of: "audit-reader-changes",
    inputs: () => ({ state: "DISABLED" }),
    says: unheard,
  },
  {
    what: "a target in another region than IAM's",
    of: "audit-reader-changes-target",
    inputs: (recording) => ({ arn: resourceNamed(recording, "alarms-aws-topic").id }),
    says: unheard,
  },
  {
    what: "a topic in IAM's region that lets nobody in",
    of: "audit-iam-topic-policy",
    inputs: () => ({ policy: '{"Version":"2012-10-17","Statement":[]}' }),
    says: unheard,
  },
  {
    what: "a subscriber of the topic in IAM's region who is not named",
    of: "audit-iam-one@example.com",
    inputs: () => ({ endpoint: "somebody@example.com" }),
    says: /does not notify one@example.com/,
  },
  {
    what: "a condition that EventBridge never meets",
    of: "audit-topic-policy",
    inputs: (recording) => ({
      policy: (text(resourceNamed(recording, "audit-topic-policy").inputs, "policy") ?? "").replace(
        '{"Service":"events.amazonaws.com"}',
        '{"Service":"events.amazonaws.com"},"Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"}}',
      ),
    }),
    says: /it keeps out alarms or events/,
  },
];

/** Each link between a change of the reader in IAM's region and whoever is told. */
const links = [
  "audit-reader-changes",
  "audit-reader-changes-target",
  "audit-iam-topic",
  "audit-iam-topic-policy",
  "audit-iam-one@example.com",
];

describe("The audit trail", () => {
  it("is all right as the program makes it", async () => {
    const { recording, intent } = await auditedStack();
    expect(judge(recording, intent).findings.filter(({ place }) => place.includes("audit"))).to.deep.equal(
      [],
    );
  });

  for (const { what, of, inputs, says } of cases)
    it(`is judged: ${what}`, async () => {
      const { recording, intent } = await auditedStack();
      const { findings } = judge(withInputs(recording, of, inputs(recording)), intent);
      expect(findings.map(({ problem }) => problem).join("\n")).to.match(says);
    });

  for (const link of links)
    it(`tells nobody of a new key without ${link}`, async () => {
      const { recording, intent } = await auditedStack();
      const told = (of: Recording) =>
        judge(of, intent).findings.some(
          ({ problem }) => unheard.test(problem) || problem === "does not notify one@example.com",
        );
      expect(told(without(recording, link))).to.equal(true);
      expect(told(recording)).to.equal(false);
    });

  for (const { region, partition, iam } of [
    { region: "us-gov-east-1", partition: "aws-us-gov", iam: "us-gov-west-1" },
    { region: "cn-northwest-1", partition: "aws-cn", iam: "cn-north-1" },
  ])
    it(`looks for IAM's events of ${partition} in ${iam}`, async () => {
      const { recording, intent } = await auditedStack();
      const outputs = { ...recording.outputs, awsRegion: region };
      const { findings } = judge({ ...recording, outputs }, intent);
      expect(findings.map(({ problem }) => problem)).to.include(
        `nobody is notified of CreateAccessKey on it, whose event is in ${iam}`,
      );
    });
});
