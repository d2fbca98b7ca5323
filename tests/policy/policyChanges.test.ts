import { expect } from "chai";
import { judgeResource, judgeStack } from "../../policy/rule";
import { rules } from "../../policy/rules";
import { promisedAccess } from "../../policy/rules/promisedAccess";
import { text } from "../../rehearsal/model/values";
import { changesOf, type PolicyJson, sampleOf } from "../rehearsal/access/policyChanges";
import { difference, others, policyOf, triesOf, type Try } from "../rehearsal/access/tries";
import { resourceNamed } from "../rehearsal/fixtures/change";
import { type Rehearsed, rehearsedStack, stackCases } from "../rehearsal/fixtures/stacks";
import { logTriesOf } from "./logTries";
import { type RecordedStackResource, stackResources } from "./recorded";

const [dev, prod] = stackCases;
if (dev === undefined || prod === undefined) throw new Error("a case is missing");
const logged = {
  title: "prod that logs its traffic and the requests to its buckets",
  stack: "prod",
  config: { "azure-s3-privatelink:flowLogs": "true", "azure-s3-privatelink:accessLogs": "true" },
};

/** Every policy of these stacks, and the bucket whose requests are tried. */
const cases = [
  { given: dev, name: "s3-data-policy", bucket: "s3-data" },
  { given: dev, name: "s3-endpoint", bucket: "s3-data" },
  { given: prod, name: "s3-reports-policy", bucket: "s3-reports" },
  { given: prod, name: "s3-uploads-policy", bucket: "s3-uploads" },
  { given: prod, name: "s3-endpoint", bucket: "s3-reports" },
  { given: logged, name: "logs-bucket-policy", bucket: "logs-bucket" },
] as const;

/** Refused though nobody gets in: a delivery's account and its ARN are each promised by itself, and here the ARN is open. */
const strict = /^AWSLogDelivery(AclCheck|Write): .*aws:SourceArn arn:aws:logs:\*:\*:\*/;

/** How many changes of each policy are tried; EVERY_POLICY_CHANGE=1 tries all, which takes minutes. */
const sampled = process.env["EVERY_POLICY_CHANGE"] === undefined ? 12 : undefined;

describe("Generated changes of policies, as an independent implementation decides them", function () {
  this.timeout(sampled === undefined ? "2h" : "5m");
  for (const { given, name, bucket } of cases)
    it(`are refused where they alter who gets in, and pass where not: ${name} of ${given.title}`, async () => {
      const rehearsed = await rehearsedStack(given);
      const { recording } = rehearsed;
      const resources = stackResources(recording);
      expect(problemsOf(resources, name)).to.deep.equal([]);
      const before = {
        bucket: policyOf(recording, `${bucket}-policy`),
        endpoint: policyOf(recording, "s3-endpoint"),
      };
      const part = name === "s3-endpoint" ? "endpoint" : "bucket";
      const tries = possible(rehearsed, bucket);
      const all = [...changesOf(before[part], others)];
      const changes = sampleOf(all, sampled);
      const wrong: string[] = [];
      let altering = 0;
      for (const { what, document } of changes) {
        const problems = problemsOf(withPolicy(resources, name, document), name);
        const differs = await difference(before, { ...before, [part]: document }, tries);
        if (differs !== undefined) altering += 1;
        if (problems.length > 0 === (differs !== undefined)) continue;
        if (differs === undefined && strict.test(what)) continue;
        wrong.push(
          `${what}: ${differs === undefined ? `refused: ${problems.join("; ")}` : `passed: ${differs}`}`,
        );
      }
      expect(wrong).to.deep.equal([]);
      // Neither answer may be the only one.
      expect(altering).to.be.within(changes.length / 4, changes.length - 1);
    });

  it("are made of every policy that these stacks register", async () => {
    for (const stack of [dev, prod, logged]) {
      const { recording } = await rehearsedStack(stack);
      const policies = recording.resources.filter(
        ({ type, inputs }) =>
          // Who may send messages to the topic of the alarms gets no data by it.
          type !== "aws:sns/topicPolicy:TopicPolicy" &&
          Object.values(inputs).some((value) => typeof value === "string" && value.includes('"Statement"')),
      );
      const changed: readonly string[] = cases.map(({ name }) => name);
      expect(policies.filter(({ name }) => !changed.includes(name))).to.deep.equal([]);
    }
  });
});

function possible(rehearsed: Rehearsed, bucket: string): readonly Try[] {
  const arn = text(resourceNamed(rehearsed.recording, bucket).outputs, "arn") ?? "";
  return bucket === "logs-bucket" ? logTriesOf(rehearsed, arn) : triesOf(rehearsed, arn);
}

function withPolicy(
  resources: readonly RecordedStackResource[],
  name: string,
  document: PolicyJson,
): readonly RecordedStackResource[] {
  const policy = JSON.stringify(document);
  return resources.map((one) => (one.name === name ? { ...one, props: { ...one.props, policy } } : one));
}

/** By the rules that read policies. */
function problemsOf(resources: readonly RecordedStackResource[], name: string): readonly string[] {
  const made = resources.map((one) => ({ ...one, props: { ...one.outputs, ...one.props } }));
  const changed = resources.filter((one) => one.name === name);
  return [
    ...rules.flatMap((rule) =>
      rule.kind === "resource" ? changed.flatMap((one) => judgeResource(rule, one)) : [],
    ),
    ...judgeStack(promisedAccess, made).map(({ says }) => says),
  ];
}
