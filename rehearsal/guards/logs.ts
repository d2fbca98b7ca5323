import { awsTypes } from "../model/resourceTypes";
import type { Intent } from "../access/callers";
import { isList, number, text, valuesAt } from "../model/values";
import { waitsFor } from "../estate/dependencies";
import type { Estate } from "../estate/estate";
import { guardFinding, type Finding } from "../model/findings";
import {
  dataBucketsOf,
  logBucketsOf,
  logDeliveries,
  nameOf,
  type LogDelivery,
} from "../estate/logDeliveries";
import type { RecordedResource, Value } from "../model/recording";

/** What the settings promise of the logs: how long they are kept. */
const keptDays = 90;

/** What is to be logged is, all of it, to a bucket that forgets in time; and nothing else is. */
export function logGuards(estate: Estate, intent: Intent): readonly Finding[] {
  const flows = logDeliveries(estate);
  const vpcs = estate.aws.vpcs.map(({ resource }) => resource);
  const sources: Sources = {
    flow: { wanted: intent.flowLogs, all: vpcs, idOf: ({ id }) => id, what: "its traffic" },
    access: {
      wanted: intent.accessLogs,
      all: dataBucketsOf(estate),
      idOf: nameOf,
      what: "who asks for what",
    },
  };
  return [
    ...(["flow", "access"] as const).flatMap((kind) =>
      coverage(
        flows.filter((flow) => flow.kind === kind),
        sources[kind],
      ),
    ),
    ...flows.flatMap((flow) => [...destinationOf(estate, flow), ...contentsOf(flow)]),
    ...expiries(estate),
  ];
}

type Sources = Readonly<
  Record<
    LogDelivery["kind"],
    {
      readonly wanted: boolean;
      readonly all: readonly RecordedResource[];
      readonly idOf: (resource: RecordedResource) => string;
      readonly what: string;
    }
  >
>;

/** Each source once, where logs are wanted at all. */
function coverage(flows: readonly LogDelivery[], sources: Sources[LogDelivery["kind"]]): readonly Finding[] {
  const { wanted, all, idOf, what } = sources;
  if (!wanted)
    return flows.map(({ resource }) => guardFinding(resource, "nobody asked for these logs", "remove it"));
  return [
    ...all
      .filter((source) => flows.filter((flow) => flow.source === idOf(source)).length !== 1)
      .map((source) => guardFinding(source, `${what} is not logged, or more than once`, "log it once")),
    ...flows
      .filter((flow) => !all.some((source) => idOf(source) === flow.source))
      .map(({ resource }) =>
        guardFinding(resource, "it logs nothing that this stack has to log", "log a VPC or a data bucket"),
      ),
  ];
}

function destinationOf(estate: Estate, flow: LogDelivery): readonly Finding[] {
  const target = logBucketsOf(estate).find((bucket) => nameOf(bucket) === flow.bucketName);
  if (target === undefined)
    return [
      guardFinding(flow.resource, "its logs go to no bucket that is for logs", "name the stack's log bucket"),
    ];
  const policy = estate
    .ofType(awsTypes.bucketPolicy)
    .find((one) => text(one.inputs, "bucket") === flow.bucketName);
  const waits = policy !== undefined && waitsFor(estate, flow.resource.urn).has(policy.urn);
  return waits
    ? []
    : [
        guardFinding(
          flow.resource,
          "it may begin before the log bucket's policy lets it: AWS would write a policy of its own, or refuse",
          "let it wait for the policy",
          [target.urn],
        ),
      ];
}

function contentsOf({ kind, resource, prefix }: LogDelivery): readonly Finding[] {
  const { inputs } = resource;
  switch (kind) {
    case "flow":
      return text(inputs, "trafficType") === "ALL"
        ? []
        : [guardFinding(resource, "a part of the traffic is not logged", "set trafficType to ALL")];
    case "access":
      return [
        ...(text(inputs, "targetObjectKeyFormat.partitionedPrefix.partitionDateSource") !== "EventTime"
          ? [
              guardFinding(
                resource,
                "the keys of its logs do not tell the bucket and the day of the requests",
                "partition them by EventTime",
              ),
            ]
          : []),
        ...(prefix.endsWith("/")
          ? []
          : [guardFinding(resource, "its prefix runs into the keys behind it", "end it with a slash")]),
      ];
  }
}

/** Logs go in time; data never does by itself. */
function expiries(estate: Estate): readonly Finding[] {
  const expiryOf = (bucket: RecordedResource) =>
    estate
      .ofType(awsTypes.bucketLifecycleConfiguration)
      .filter((one) => text(one.inputs, "bucket") === nameOf(bucket));
  return [
    ...dataBucketsOf(estate)
      .flatMap(expiryOf)
      .map((expiry) => guardFinding(expiry, "it would delete data", "keep it to the log bucket")),
    ...logBucketsOf(estate).flatMap((bucket) => {
      const [only, second] = expiryOf(bucket);
      if (only === undefined || second !== undefined)
        return [
          guardFinding(bucket, "what is logged there is not expired by one lifecycle", "add or keep one"),
        ];
      return expiresInTime(only.inputs["rules"])
        ? []
        : [
            guardFinding(
              only,
              `what is logged does not go after ${keptDays} days, and what remains of it a day later`,
              "let one enabled rule for all objects expire them, old versions and broken uploads after a day",
              [bucket.urn],
            ),
          ];
    }),
  ];
}

/** One rule, and it is for every object. */
function expiresInTime(rules: Value | undefined): boolean {
  if (rules === undefined || !isList(rules) || rules.length !== 1) return false;
  const [rule] = rules;
  return (
    text(rule, "status") === "Enabled" &&
    valuesAt(rule, "filter").length === 0 &&
    valuesAt(rule, "prefix").length === 0 &&
    number(rule, "expiration.days") === keptDays &&
    number(rule, "noncurrentVersionExpiration.noncurrentDays") === 1 &&
    number(rule, "abortIncompleteMultipartUpload.daysAfterInitiation") === 1
  );
}
