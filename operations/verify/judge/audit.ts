import {
  planWatches,
  topicPolicy,
  trailSelectors,
  type Watched,
  type WatchPlan,
} from "../../../monitoring/auditPlan";
import { logPrefixes } from "../../../monitoring/logPolicies";
import type { StackOutputs } from "../../../outputs";
import { isGone } from "../facts/answer";
import type {
  AuditFacts,
  NoticeFacts,
  RuleFacts,
  SelectorFacts,
  TopicFacts,
  TrailFacts,
} from "../facts/audit";
import type { AwsFacts } from "../facts/aws";
import { nameOf, regionOf } from "../facts/ids";
import { finding, findingsOn } from "./findings";
import { entry, type Judgement, read } from "./judgement";

/** The trail records what the program lets it record, and the topic is told of changes. */
export function* judgeAudit(outputs: StackOutputs, { audit }: AwsFacts): Judgement {
  const { trailArn } = outputs;
  if (audit === undefined || trailArn === undefined) return;
  const name = nameOf(trailArn);
  if (isGone(audit.trail)) yield finding("trail-missing", name, "CloudTrail has no trail of this name");
  else yield* judgeTrail(outputs, name, audit);
  const regions = audit.notices.map(({ topicArn }) => regionOf(topicArn));
  const watches = planWatches(outputs.awsRegion);
  for (const [index, notices] of audit.notices.entries())
    yield* judgeNotices(
      outputs,
      trailArn,
      notices,
      // Whatever has no topic in its region is missing from the first.
      watches.filter(({ region }) => Math.max(0, regions.indexOf(region)) === index),
    );
}

function* judgeTrail(outputs: StackOutputs, name: string, audit: AuditFacts): Judgement {
  const on = findingsOn(name);
  const status = yield* read(audit.status);
  if (status?.logging === false) yield on("trail-stopped", "it is stopped: it records nothing");
  for (const error of status?.deliveryErrors ?? [])
    yield on("trail-failing", `S3 answers CloudTrail with ${error}`);
  const trail = yield* read(audit.trail);
  if (trail !== undefined) yield* judgeTrailItself(outputs, name, trail);
  const selectors = yield* read(audit.selectors);
  if (selectors !== undefined) yield* judgeSelectors(outputs, name, selectors);
}

function* judgeTrailItself({ logBucketName }: StackOutputs, name: string, trail: TrailFacts): Judgement {
  const on = findingsOn(name);
  const places = [
    `${trail.bucketName}/${trail.prefix ?? ""}/`,
    `${logBucketName ?? ""}/${logPrefixes.audit}`,
  ];
  if (places[0] !== places[1])
    yield on("trail-elsewhere", `its files go to ${String(places[0])}, not to ${String(places[1])}`);
  if (!trail.validated)
    yield on("trail-unvalidated", "it writes no digests, so that nobody sees whether its files were changed");
  for (const says of trail.more) yield on("trail-differs", `it ${says}, which the stack's trail does not`);
}

function* judgeSelectors(
  { buckets, trailArn = "" }: StackOutputs,
  name: string,
  found: readonly SelectorFacts[],
): Judgement {
  const partition = trailArn.split(":")[1] ?? "";
  const wanted = trailSelectors(
    Object.values(buckets).map(({ bucketName }) => `arn:${partition}:s3:::${bucketName}/`),
  );
  const on = findingsOn(name);
  for (const { name: what, fieldSelectors } of wanted)
    if (!found.some(({ fields }) => conditions(fields) === conditions(fieldSelectors)))
      yield on("trail-records-other", `no selector of it is for exactly this: ${what}`);
  for (const { name: what, fields } of found)
    if (!wanted.some(({ fieldSelectors }) => conditions(fields) === conditions(fieldSelectors)))
      yield on("trail-records-other", `its selector "${what}" is not the stack's`);
}

/** The provider writes `startsWiths` for CloudTrail's `StartsWith`. */
function conditions(fields: SelectorFacts["fields"]): string {
  const plain = (operator: string) => operator.toLowerCase().replace(/s$/, "");
  return canonical(
    fields.map((field) =>
      Object.fromEntries(Object.entries(field).map(([key, value]) => [plain(key), value])),
    ),
  );
}

type Named<Facts> = Facts & { readonly name: string };

function* judgeNotices(
  outputs: StackOutputs,
  trailArn: string,
  notices: NoticeFacts,
  watches: readonly WatchPlan[],
): Judgement {
  const { topicArn } = notices;
  const topic = topicArn.slice(topicArn.lastIndexOf(":") + 1);
  const names = yield* read(notices.ruleNames);
  const rules: Named<RuleFacts>[] = [];
  for (const name of names ?? []) {
    const rule = yield* entry(notices.rules, name);
    const facts = rule && (yield* read(rule));
    if (facts !== undefined) rules.push({ ...facts, name });
  }
  // Whether one of those that were not read is the one that is missing cannot be said.
  if (rules.length === names?.length) yield* judgeRules(outputs, trailArn, { topic, rules, watches });
  const found = yield* read(notices.topic, finding("topic-missing", topic, "SNS has no topic of this name"));
  if (found === undefined) return;
  yield* judgeTopicPolicy(topic, topicPolicy(topicArn).Statement, found.policy);
  yield* judgeSubscriptions(topic, found);
}

/** Which addresses there must be is not in the outputs; that somebody listens can be judged. */
function* judgeSubscriptions(topic: string, { confirmed, pending }: TopicFacts): Judgement {
  const on = findingsOn(topic);
  if (pending > 0)
    yield on(
      "notification-unconfirmed",
      `${pending} of its subscriptions are not confirmed, so AWS sends them nothing`,
    );
  if (confirmed === 0)
    yield on("notification-unconfirmed", "it has no confirmed subscription, so nobody is notified");
}

/** A topic, what leads to it and what it must be told. */
interface Told {
  readonly topic: string;
  readonly rules: readonly Named<RuleFacts>[];
  readonly watches: readonly WatchPlan[];
}

function* judgeRules(outputs: StackOutputs, trailArn: string, { topic, rules, watches }: Told): Judgement {
  const bucketNames = Object.values(outputs.buckets).map(({ bucketName }) => bucketName);
  const watched: Watched = {
    "bucket-changes": [...bucketNames, outputs.logBucketName ?? ""],
    "endpoint-changes": [outputs.awsNetwork.endpointSecurityGroupId],
    "trail-changes": [trailArn],
    "reader-changes": [nameOf(outputs.readerArn)],
  };
  for (const { name, says, pattern } of watches) {
    const wanted = canonical(pattern(watched[name]));
    const same = rules.filter((rule) => canonical(parsed(rule.pattern)) === wanted);
    if (same.some(({ enabled }) => enabled)) continue;
    const why =
      same[0] === undefined ? "no rule with the stack's pattern leads to it" : `${same[0].name} is disabled`;
    yield finding("changes-not-notified", topic, `it is not told where this happens, for ${why}: ${says}`);
  }
}

function* judgeTopicPolicy(topic: string, wanted: readonly object[], json = "{}"): Judgement {
  const found = statementsOf(parsed(json));
  const on = findingsOn(topic);
  for (const statement of wanted)
    if (!found.some((one) => canonical(one) === canonical(statement)))
      yield on(
        "topic-policy-differs",
        `the stack's statement ${sidOf(statement)} is gone from its policy or differs`,
      );
  for (const statement of found)
    if (!wanted.some((one) => canonical(one) === canonical(statement)))
      yield on(
        "topic-policy-differs",
        `its policy has a statement ${sidOf(statement)} that is not the stack's`,
      );
}

function statementsOf(document: unknown): readonly object[] {
  const { Statement = [] } = (document ?? {}) as { readonly Statement?: object | readonly object[] };
  return [Statement].flat();
}

function sidOf(statement: object): string {
  return "Sid" in statement ? String(statement.Sid) : "without a name";
}

/** Undefined where it is not JSON. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

/** As text, the same for all orders of keys and of lists: in policies, patterns and selectors no order means anything. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    const items = value.map(canonical).sort();
    // One value stands for a list of it.
    return items.length === 1 ? String(items[0]) : `[${items.join(",")}]`;
  }
  if (value === undefined) return "nothing";
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`);
  return `{${entries.sort().join(",")}}`;
}
