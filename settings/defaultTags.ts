import type { Problem } from "./problem";
import type { GivenSettings } from "./schema";
import { MOST_TAGS, programTags } from "./tags";

/** Of one object in S3. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
const MOST_OBJECT_TAGS = 10;

/**
 * The AWS provider adds the tags of `aws:defaultTags` to everything that takes tags, the sample object too, which has none
 * of its own. What it does with them is its own matter; here they are counted.
 * @see https://www.pulumi.com/registry/packages/aws/installation-configuration/
 */
export function checkDefaultTags(
  given: Partial<GivenSettings>,
  defaultTags: string | undefined,
): readonly Problem[] {
  const keys = keysOf(defaultTags);
  if (keys.length === 0) return [];
  const problem = (rule: string, fix: string): Problem => ({
    setting: "aws:defaultTags",
    hidden: true,
    rule,
    fix,
  });
  const all = new Set([...programTags, ...Object.keys(given.tags ?? {}), ...keys]).size;
  const problems: Problem[] = [];
  if (all > MOST_TAGS) {
    const rule = `AWS takes ${MOST_TAGS} tags, and with tags and the program's own there are ${all}`;
    problems.push(problem(rule, `drop ${all - MOST_TAGS} of either`));
  }
  if (given.sampleObject === true && keys.length > MOST_OBJECT_TAGS) {
    const rule = `the provider puts all ${keys.length} on the sample object too, and S3 takes ${MOST_OBJECT_TAGS} on an object`;
    problems.push(problem(rule, `drop ${keys.length - MOST_OBJECT_TAGS}, or set sampleObject to false`));
  }
  return problems;
}

/** Of `{"tags": {…}}`; the provider itself refuses what is none. */
function keysOf(defaultTags = "{}"): readonly string[] {
  try {
    const config = JSON.parse(defaultTags) as { tags?: unknown } | null;
    const tags = config?.tags;
    return typeof tags === "object" && tags !== null ? Object.keys(tags) : [];
  } catch {
    return [];
  }
}
