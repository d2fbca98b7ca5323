import { expect } from "chai";
import { review } from "../../../operations/review/judge";
import { awsTypes } from "../../../rehearsal/model/resourceTypes";
import { shownPreview, unknown } from "./shown";

const changes = { name: "Changes", fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] };
const objects = (...startsWiths: readonly string[]) => ({
  name: "Objects",
  fieldSelectors: [
    { field: "eventCategory", equals: ["Data"] },
    { field: "resources.ARN", startsWiths },
  ],
});
const but = (...notEquals: readonly string[]) => ({
  fieldSelectors: [{ field: "eventName", notEquals }],
});

function impactOf(before: unknown, after: unknown): string {
  const step = { op: "update", type: awsTypes.trail, name: "audit-trail" } as const;
  return review(
    shownPreview([
      { ...step, before: { advancedEventSelectors: before }, after: { advancedEventSelectors: after } },
    ]),
  ).impact;
}

describe("the review of what a trail records", () => {
  for (const { that, before, after, impact } of [
    {
      that: "one more bucket, whose ARN nobody knows yet",
      before: [objects("a/"), changes],
      after: [objects("a/", unknown), changes],
      impact: "none",
    },
    {
      that: "one bucket less",
      before: [objects("a/", "b/"), changes],
      after: [objects("a/"), changes],
      impact: "data-loss",
    },
    {
      that: "another bucket instead",
      before: [objects("a/")],
      after: [objects("b/")],
      impact: "data-loss",
    },
    {
      that: "a whole selector less",
      before: [objects("a/"), changes],
      after: [objects("a/")],
      impact: "data-loss",
    },
    {
      that: "one more selector",
      before: [changes],
      after: [changes, objects("a/")],
      impact: "none",
    },
    {
      that: "a selector that no longer narrows by bucket",
      before: [objects("a/")],
      after: [{ fieldSelectors: [{ field: "eventCategory", equals: ["Data"] }] }],
      impact: "none",
    },
    {
      that: "a selector that narrows by one field more",
      before: [changes],
      after: [{ fieldSelectors: [...changes.fieldSelectors, { field: "readOnly", equals: ["false"] }] }],
      impact: "data-loss",
    },
    { that: "one exception less", before: [but("A", "B")], after: [but("A")], impact: "none" },
    { that: "one exception more", before: [but("A")], after: [but("A", "B")], impact: "data-loss" },
    {
      that: "another operator",
      before: [objects("a/")],
      after: [
        {
          fieldSelectors: [
            { field: "eventCategory", equals: ["Data"] },
            { field: "resources.ARN", endsWiths: ["a/"] },
          ],
        },
      ],
      impact: "data-loss",
    },
    {
      that: "selectors that are not known before the update",
      before: [changes],
      after: unknown,
      impact: "data-loss",
    },
    { that: "selectors where there were none", before: undefined, after: [changes], impact: "data-loss" },
  ])
    it(`calls ${that} ${impact}`, () => {
      expect(impactOf(before, after)).to.equal(impact);
    });
});
