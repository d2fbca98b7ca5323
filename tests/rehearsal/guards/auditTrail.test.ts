import { expect } from "chai";
import type { Recording, Value } from "../../../rehearsal/model/recording";
import { text } from "../../../rehearsal/model/values";
import { judge } from "../../../rehearsal/verdict/verdict";
import { resourceNamed, withInputs } from "../fixtures/change";
import { type Rehearsed, rehearsedStack, stackCases } from "../fixtures/stacks";

/** The stack with all that is optional. */
async function auditedStack(): Promise<Rehearsed> {
  const [, , audited] = stackCases;
  if (audited === undefined) throw new Error("there is no third case");
  return rehearsedStack(audited);
}

type Inputs = Readonly<Record<string, Value | undefined>>;

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
});
