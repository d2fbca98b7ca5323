import { waitsFor } from "../estate/dependencies";
import type { Estate } from "../estate/estate";
import { bucketName, type LogDelivery } from "../estate/logDeliveries";
import type { Intent } from "../model/intent";
import type { RecordedResource, Value } from "../model/recording";
import { awsTypes } from "../model/resourceTypes";
import { isList, isTrue, number, text, valuesAt } from "../model/values";
import { guard, guardAt } from "./guard";

/** What the settings promise of the logs: how long they are kept. */
const keptDays = 90;

/** What must be logged is, all of it, to a bucket that forgets in time; and nothing else is. */
export const logGuards = [
  // Each source once, where logs are wanted at all.
  guardAt({
    of: (estate, intent) =>
      sourcesOf(estate, intent).flatMap(({ kind, wanted, all, idOf, what }) =>
        wanted ? all.map((source) => ({ source, kind, id: idOf(source), what })) : [],
      ),
    holds: ({ kind, id }, { logDeliveries }) =>
      logDeliveries.filter((one) => one.kind === kind && one.source === id).length === 1,
    at: ({ source }) => source,
    problem: ({ what }) => `${what} must be logged exactly once`,
    fix: "log it once",
  }),
  guard({
    of: ({ logDeliveries }) => logDeliveries,
    holds: ({ kind }, estate, intent) =>
      sourcesOf(estate, intent).some((one) => one.kind === kind && one.wanted),
    problem: "no setting asks for these logs",
    fix: "remove it",
  }),
  guard({
    of: ({ logDeliveries }) => logDeliveries,
    holds: ({ kind, source }, estate, intent) =>
      sourcesOf(estate, intent).some(
        (one) => one.kind === kind && (!one.wanted || one.all.some((from) => one.idOf(from) === source)),
      ),
    problem: "it logs nothing that this stack has to log",
    fix: "log a VPC or a data bucket",
  }),
  guard({
    of: ({ logDeliveries }) => logDeliveries,
    holds: (delivery, estate) => targetsOf(estate, delivery).length > 0,
    problem: "its logs go to no bucket that is for logs",
    fix: "name the stack's log bucket",
  }),
  guard({
    of: (estate) => estate.logDeliveries.filter((delivery) => targetsOf(estate, delivery).length > 0),
    holds: ({ resource, bucketName: name }, estate) => {
      const [policy] = estate.ofBucket(awsTypes.bucketPolicy, name);
      return policy !== undefined && waitsFor(estate, resource.urn).has(policy.urn);
    },
    problem:
      "it may begin before the log bucket's policy lets it: AWS would write a policy of its own, or reject the delivery",
    fix: "let it wait for the policy",
    others: (delivery, estate) => targetsOf(estate, delivery),
  }),
  guard({
    of: deliveriesOf("flow"),
    holds: ({ resource }) => text(resource.inputs, "trafficType") === "ALL",
    problem: "a part of the traffic is not logged",
    fix: "set trafficType to ALL",
  }),
  guard({
    of: deliveriesOf("access"),
    holds: ({ resource }) =>
      text(resource.inputs, "targetObjectKeyFormat.partitionedPrefix.partitionDateSource") === "EventTime",
    problem: "the keys of its logs do not contain the bucket and the day of the requests",
    fix: "partition them by EventTime",
  }),
  guard({
    of: deliveriesOf("access"),
    holds: ({ prefix }) => prefix.endsWith("/"),
    problem: "its prefix runs into the keys behind it",
    fix: "end it with a slash",
  }),
  // Logs expire in time; of data only what was overwritten or deleted, and only where the settings say so.
  guard({
    of: (estate) => estate.dataBuckets.flatMap((bucket) => expiriesOf(estate, bucket)),
    holds: ({ inputs }, _, { oldVersionDays }) =>
      oldVersionDays !== undefined && expiresOldVersions(inputs["rules"], oldVersionDays),
    problem: "it would delete data, or not what oldVersionDays says",
    fix: "let one enabled rule for all objects expire old versions after so many days, and uploads after a week",
  }),
  guard({
    of: (estate, { oldVersionDays }) => (oldVersionDays === undefined ? [] : estate.dataBuckets),
    holds: (bucket, estate) => expiriesOf(estate, bucket).length === 1,
    problem: "its old versions are not expired by one lifecycle, in spite of oldVersionDays",
    fix: "add or keep one",
  }),
  guard({
    of: ({ logBuckets }) => logBuckets,
    holds: (bucket, estate) => expiriesOf(estate, bucket).length === 1,
    problem: "what is logged there is not expired by one lifecycle",
    fix: "add or keep one",
  }),
  guardAt({
    of: (estate) =>
      estate.logBuckets.flatMap((bucket) => {
        const expiries = expiriesOf(estate, bucket);
        return expiries.length === 1 ? expiries.map((expiry) => ({ expiry, bucket })) : [];
      }),
    holds: ({ expiry }) => expiresInTime(expiry.inputs["rules"]),
    at: ({ expiry }) => expiry,
    problem: `what is logged does not go after ${keptDays} days, and what remains of it a day later`,
    fix: "let one enabled rule for all objects expire them, old versions and broken uploads after a day",
    others: ({ bucket }) => [bucket],
  }),
];

function sourcesOf(estate: Estate, { switches }: Intent) {
  return [
    {
      kind: "flow",
      wanted: switches.has("flowLogs"),
      all: estate.aws.vpcs.map(({ resource }) => resource),
      idOf: ({ id }: RecordedResource) => id,
      what: "its traffic",
    },
    {
      kind: "access",
      wanted: switches.has("accessLogs"),
      all: estate.dataBuckets,
      idOf: bucketName,
      what: "its requests",
    },
    {
      kind: "audit",
      wanted: switches.has("auditTrail"),
      all: estate.ofType(awsTypes.trail),
      idOf: ({ outputs }: RecordedResource) => text(outputs, "arn") ?? "",
      what: "what it records",
    },
  ] as const;
}

function deliveriesOf(kind: LogDelivery["kind"]) {
  return ({ logDeliveries }: Estate) => logDeliveries.filter((delivery) => delivery.kind === kind);
}

function targetsOf({ logBuckets }: Estate, delivery: LogDelivery): readonly RecordedResource[] {
  return logBuckets.filter((bucket) => bucketName(bucket) === delivery.bucketName);
}

function expiriesOf(estate: Estate, bucket: RecordedResource): readonly RecordedResource[] {
  return estate.ofBucket(awsTypes.bucketLifecycleConfiguration, bucketName(bucket));
}

/** The only one of the rules, where it is for every object and enabled. */
function onlyRule(rules: Value | undefined): Value | undefined {
  if (rules === undefined || !isList(rules) || rules.length !== 1) return undefined;
  const [rule] = rules;
  const isForAll = valuesAt(rule, "filter").length === 0 && valuesAt(rule, "prefix").length === 0;
  return isForAll && text(rule, "status") === "Enabled" ? rule : undefined;
}

function expiresOldVersions(rules: Value | undefined, days: number): boolean {
  const rule = onlyRule(rules);
  return (
    valuesAt(rule, "expiration.days").length === 0 &&
    valuesAt(rule, "expiration.date").length === 0 &&
    isTrue(rule, "expiration.expiredObjectDeleteMarker") &&
    number(rule, "noncurrentVersionExpiration.noncurrentDays") === days &&
    valuesAt(rule, "noncurrentVersionExpiration.newerNoncurrentVersions").length === 0 &&
    number(rule, "abortIncompleteMultipartUpload.daysAfterInitiation") === 7
  );
}

function expiresInTime(rules: Value | undefined): boolean {
  const rule = onlyRule(rules);
  return (
    number(rule, "expiration.days") === keptDays &&
    number(rule, "noncurrentVersionExpiration.noncurrentDays") === 1 &&
    number(rule, "abortIncompleteMultipartUpload.daysAfterInitiation") === 1
  );
}
