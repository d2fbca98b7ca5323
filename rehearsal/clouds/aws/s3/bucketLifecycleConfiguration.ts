import { regionOf } from "../aws";
import { bucketSetting } from "./bucketSetting";
import type { ResourceRecord } from "../../cloudType";
import { awsImpacts, dataLoss, none } from "../../impact";
import { aboutMinutes, each, refuseIf, refuseOthers, words } from "../../rules";
import type { Props, Refusal, Value } from "../../../model/recording";
import { componentTypes } from "../../../model/resourceTypes";
import { isList, isProps, knownStrings, number, text, valuesAt } from "../../../model/values";
import { awsProviderPage } from "../../pins";

const put = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html";
const elements = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html";
const lifecycles = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html";
const provider = awsProviderPage("r/s3_bucket_lifecycle_configuration");
// The provider waits until S3 has shown the same rules several times.
const spreading = aboutMinutes(1, "the provider waits for the rules to spread, three minutes at most");

const setting = bucketSetting({
  file: "s3/bucket_lifecycle_configuration",
  action: "LifecycleConfiguration",
  replaces: "bucket expectedBucketOwner",
  create: dataLoss("from then on S3 deletes what the rules say", lifecycles),
  change: dataLoss("objects are deleted sooner, or kept for longer and paid for", lifecycles),
  inPlace: "rules",
});
const expiry = dataLoss("logs are deleted sooner, or kept for longer and paid for", lifecycles);

export const bucketLifecycleConfiguration: ResourceRecord = {
  ...setting,
  properties: words(`
    bucket expectedBucketOwner region rules.abortIncompleteMultipartUpload.daysAfterInitiation rules.expiration.date
    rules.expiration.days rules.expiration.expiredObjectDeleteMarker rules.filter.and.objectSizeGreaterThan
    rules.filter.and.objectSizeLessThan rules.filter.and.prefix rules.filter.and.tags.*
    rules.filter.objectSizeGreaterThan rules.filter.objectSizeLessThan rules.filter.prefix rules.filter.tag.key
    rules.filter.tag.value rules.id rules.noncurrentVersionExpiration.newerNoncurrentVersions
    rules.noncurrentVersionExpiration.noncurrentDays rules.noncurrentVersionTransitions.newerNoncurrentVersions
    rules.noncurrentVersionTransitions.noncurrentDays rules.noncurrentVersionTransitions.storageClass rules.prefix
    rules.status rules.transitions.date rules.transitions.days rules.transitions.storageClass timeouts.create
    timeouts.update transitionDefaultMinimumObjectSize`),
  values: {
    ...each(
      "rules.transitions.storageClass rules.noncurrentVersionTransitions.storageClass",
      words("DEEP_ARCHIVE GLACIER GLACIER_IR INTELLIGENT_TIERING ONEZONE_IA STANDARD_IA"),
    ),
    transitionDefaultMinimumObjectSize: ["all_storage_classes_128K", "varies_by_storage_class"],
  },
  impact: {
    ...setting.impact,
    delete: none("from then on S3 deletes nothing by itself, and everything is paid for", lifecycles),
  },
  impactIn: {
    [componentTypes.trafficLogs]: awsImpacts({
      create: none("from then on S3 deletes old logs by itself", lifecycles),
      delete: none("from then on S3 deletes no logs by itself, and all are paid for", lifecycles),
      replace: expiry,
      replaces: setting.replaces,
      properties: { rules: expiry },
    }),
  },
  create: spreading,
  update: spreading,
  delete: aboutMinutes(0.2, "one call, and a wait until the rules are gone"),
  refuse: (inputs) => {
    const { rules } = inputs;
    return rules !== undefined && isList(rules) ? [...rules.flatMap(refuseRule), ...refuseTwins(rules)] : [];
  },
  outputs: (inputs, cloud) => ({
    region: regionOf(inputs, cloud),
    transitionDefaultMinimumObjectSize:
      inputs["transitionDefaultMinimumObjectSize"] ?? "all_storage_classes_128K",
  }),
};

/** Days that S3 counts: whole and at least one. */
const counted = [
  "abortIncompleteMultipartUpload.daysAfterInitiation",
  "expiration.days",
  "noncurrentVersionExpiration.noncurrentDays",
];
const actions = [
  "abortIncompleteMultipartUpload",
  "expiration",
  "noncurrentVersionExpiration",
  "noncurrentVersionTransitions",
  "transitions",
];

function refuseRule(rule: Value): readonly Refusal[] {
  if (!isProps(rule)) return [];
  return [
    ...refuseNames(rule),
    ...counted
      .filter((path) => (number(rule, path) ?? 1) < 1)
      .map((path) => ({
        code: "InvalidArgument",
        message: `'${path}' is a positive number of days`,
        property: `rules.${path}`,
        source: put,
      })),
    ...refuseIf(!actions.some((action) => valuesAt(rule, action).length > 0), {
      code: "InvalidRequest",
      message: "at least one action needs to be specified in a rule",
      property: "rules",
      source: elements,
    }),
    ...refuseIf(
      number(rule, "expiration.days") !== undefined && text(rule, "expiration.date") !== undefined,
      {
        code: "MalformedXML",
        message: "objects expire after days or on a date, not both",
        property: "rules.expiration.days",
        source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleExpiration.html",
      },
    ),
  ];
}

function refuseNames(rule: Props): readonly Refusal[] {
  const ids = knownStrings(rule, "id");
  const wrongStatus = (message: string) => ({
    code: "MalformedXML",
    message,
    property: "rules.status",
    source: put,
  });
  return [
    ...refuseIf(valuesAt(rule, "id").length === 0 || ids.some((id) => id === "" || id.length > 255), {
      code: "InvalidArgument",
      message: "a rule has a name of 1-255 characters",
      property: "rules.id",
      source: provider,
    }),
    ...refuseIf(valuesAt(rule, "status").length === 0, wrongStatus("a rule is Enabled or Disabled")),
    ...refuseOthers(rule, "status", ["Enabled", "Disabled"], wrongStatus),
  ];
}

function refuseTwins(rules: readonly Value[]): readonly Refusal[] {
  const ids = rules.flatMap((rule) => knownStrings(rule, "id"));
  return refuseIf(new Set(ids).size < ids.length, {
    code: "InvalidArgument",
    message: "a rule's name must be unique",
    property: "rules.id",
    source: put,
  });
}
