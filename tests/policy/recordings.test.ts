import { expect } from "chai";
import { resolve } from "node:path";
import { rules } from "../../policy/rules";
import { cloudTypes } from "../../rehearsal/clouds/cloudTypes";
import { record } from "../../rehearsal/run/record";
import { requiredTags } from "../../policy/rules/tags";
import { typedResource } from "../rehearsal/clouds/sdkTypings";
import { joinedCases } from "../rehearsal/fixtures/stacks";
import { mutations } from "./mutations";
import { type RecordedStackResource, stackResources, violations } from "./recorded";

const projectDir = resolve(__dirname, "../..");

describe("the organisation's rules on the recorded stacks", () => {
  const recordings = new Map<string, readonly RecordedStackResource[]>();

  before(async () => {
    for (const { stack, ...place } of [{ stack: "dev" }, { stack: "prod" }, ...joinedCases]) {
      const recording = await record({ projectDir, stack, ...place });
      expect(recording.errors).to.deep.equal([]);
      recordings.set(stack, stackResources(recording));
    }
  });

  const recorded = (stack: string) => recordings.get(stack) ?? [];

  for (const stack of ["dev", "prod", "hub", "vpc"])
    it(`find nothing wrong with ${stack}`, () => {
      expect(recorded(stack)).to.have.length.greaterThan(30);
      expect(violations(recorded(stack))).to.deep.equal([]);
    });

  it("find nothing wrong with prod that logs its traffic and who asks its buckets for what", async () => {
    const config = {
      "azure-s3-privatelink:flowLogs": "true",
      "azure-s3-privatelink:accessLogs": "true",
    };
    const logged = stackResources(await record({ projectDir, stack: "prod", config }));
    expect(logged.map(({ name }) => name)).to.include.members(["logs-bucket-policy", "logs-flow"]);
    expect(violations(logged)).to.deep.equal([]);
  });

  it("would not let dev go live as it is", () => {
    const live = recorded("dev").map(
      (one) => JSON.parse(JSON.stringify(one).replaceAll(":dev::", ":live::")) as RecordedStackResource,
    );
    expect([...new Set(violations(live).map(({ rule }) => rule))]).to.have.members([
      "data-inside-perimeter",
      "strong-ipsec",
      "pinned-ipsec",
      "no-basic-gateway",
      "watched-links",
      "kept-records",
      "required-tags",
    ]);
  });

  for (const { rule, also = [], stack = "prod", that, mutate } of mutations)
    it(`${rule} refuses ${that}`, () => {
      const mutated = mutate(recorded(stack));
      expect(mutated).to.not.deep.equal(recorded(stack));
      expect(new Set(violations(mutated).map((violation) => violation.rule))).to.deep.equal(
        new Set([rule, ...also]),
      );
    });

  it("are each broken by a mutation, except the one that fixes what it finds", () => {
    const broken = new Set(mutations.map(({ rule }) => rule));
    expect(
      rules.filter(({ name }) => !broken.has(name)).map(({ kind, name }) => `${kind} ${name}`),
    ).to.deep.equal(["secret secret-tunnel-keys"]);
  });

  it("ask for tags of everything that takes them, but of objects", () => {
    const types = new Set(["dev", "prod"].flatMap((stack) => recorded(stack).map(({ type }) => type)));
    const untagged = [...types].filter(
      (type) =>
        cloudTypes[type]?.properties.some((property) => /^tags(\.\*)?$/.test(property)) === true &&
        requiredTags.checks[type] === undefined,
    );
    expect(untagged).to.deep.equal(["aws:s3/bucketObjectv2:BucketObjectv2"]);
  });

  // The pack spells its types out: a misspelt one would never match.
  it("judge types that the SDKs have", () => {
    const ofAzureNative2 = ["azure-native:network:DefaultSecurityRule"];
    const judged = rules.flatMap((rule) => {
      switch (rule.kind) {
        case "resource":
          return Object.keys(rule.checks);
        case "stack":
          return [];
        case "secret":
          return Object.keys(rule.properties);
      }
    });
    for (const type of judged.filter((one) => !ofAzureNative2.includes(one)))
      expect(() => typedResource(type), type).not.to.throw();
  });

  it("have names of their own in kebab-case, and say what is required in one sentence", () => {
    expect(new Set(rules.map(({ name }) => name)).size).to.equal(rules.length);
    for (const { name, description } of rules) {
      expect(name).to.match(/^[a-z]+(-[a-z]+)*$/);
      expect(description).to.match(/^[A-Z][^.]*\.$/);
    }
  });
});
