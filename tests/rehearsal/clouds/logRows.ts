import { deliveryPolicy, logEstate } from "./logEstate";
import { own, planOf, withTwin, type Row } from "./refusalRows";

const rule = {
  id: "expire",
  status: "Enabled",
  expiration: { days: 30 },
};

/** The log bucket's policy without one of its statements. */
const policyOf = (...sids: readonly string[]) => ({
  logPolicy: { policy: deliveryPolicy("logs-of-the-test", sids) },
});

export const logRows: readonly Row[] = [
  // Access logs
  own(logEstate, "logging", "NoSuchBucket", { bucket: "not-there" }, "bucket"),
  own(logEstate, "logging", "InvalidTargetBucketForLogging", { targetBucket: "not-there" }, "targetBucket"),
  own(logEstate, "logging", "InvalidTargetBucketForLogging", { targetBucket: "data-of-the-test" }),
  own(logEstate, "logging", "InvalidTargetBucketForLogging", { targetPrefix: "elsewhere/" }, "targetBucket"),
  {
    title: "a target whose policy does not know the service",
    estate: logEstate,
    of: "logging",
    changes: policyOf("Check", "Flow"),
    code: "InvalidTargetBucketForLogging",
    property: "targetBucket",
  },
  {
    title: "a target in another region",
    estate: logEstate,
    of: "logging",
    changes: { logBucket: { region: "us-east-1" } },
    code: "CrossLocationLoggingProhibited",
    property: "targetBucket",
  },
  own(logEstate, "logging", "AccessDenied", { expectedBucketOwner: "999999999999" }, "expectedBucketOwner"),
  own(
    logEstate,
    "logging",
    "InvalidArgument",
    { targetGrants: [{ permission: "READ", grantee: { type: "Group", uri: "http://acs.amazonaws.com/x" } }] },
    "targetGrants",
  ),
  own(logEstate, "logging", "MalformedXML", {
    targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "Tomorrow" } },
  }),

  // Expiry
  own(logEstate, "lifecycle", "NoSuchBucket", { bucket: "not-there" }, "bucket"),
  ...[
    { ...rule, expiration: { days: 0 } },
    { ...rule, noncurrentVersionExpiration: { noncurrentDays: 0 } },
    { ...rule, abortIncompleteMultipartUpload: { daysAfterInitiation: 0 } },
    { ...rule, id: "" },
  ].map((changed) => own(logEstate, "lifecycle", "InvalidArgument", { rules: [changed] })),
  own(logEstate, "lifecycle", "InvalidArgument", { rules: [rule, rule] }, "rules.id"),
  own(logEstate, "lifecycle", "InvalidRequest", { rules: [{ id: "idle", status: "Enabled" }] }, "rules"),
  own(logEstate, "lifecycle", "MalformedXML", { rules: [{ ...rule, status: "On" }] }, "rules.status"),
  own(
    logEstate,
    "lifecycle",
    "MalformedXML",
    { rules: [{ ...rule, expiration: { days: 30, date: "2027-01-01" } }] },
    "rules.expiration.days",
  ),

  // The trail
  own(logEstate, "trail", "S3BucketDoesNotExistException", { s3BucketName: "not-there" }, "s3BucketName"),
  own(
    logEstate,
    "trail",
    "InsufficientS3BucketPolicyException",
    { s3KeyPrefix: "elsewhere" },
    "s3BucketName",
  ),
  own(logEstate, "trail", "InsufficientS3BucketPolicyException", { name: "another" }, "s3BucketName"),
  ...[
    ["Flow", "Access", "Check", "Trail"],
    ["Flow", "Access", "Check", "TrailCheck"],
  ].map((sids) => ({
    title: `a trail into a bucket whose policy has only ${sids.join(" and ")}`,
    estate: logEstate,
    of: "trail",
    changes: policyOf(...sids),
    code: "InsufficientS3BucketPolicyException",
    property: "s3BucketName",
  })),
  own(logEstate, "trail", "InvalidTrailNameException", { name: "a..b" }, "name"),
  own(logEstate, "trail", "InvalidParameterCombinationException", {
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: false,
  }),
  own(logEstate, "trail", "InvalidEventSelectorsException", { eventSelectors: [{ readWriteType: "All" }] }),
  own(logEstate, "trail", "InvalidEventSelectorsException", {
    advancedEventSelectors: [{ fieldSelectors: [{ field: "resources.type", equals: ["AWS::S3::Object"] }] }],
  }),
  own(logEstate, "trail", "InvalidEventSelectorsException", {
    advancedEventSelectors: [
      {
        fieldSelectors: [
          { field: "eventCategory", equals: ["Data"] },
          { field: "colour", equals: ["red"] },
        ],
      },
    ],
  }),
  {
    title: "a trail of the same name",
    estate: withTwin(logEstate, "trail"),
    of: "twin",
    changes: {},
    code: "TrailAlreadyExistsException",
  },

  // Flow logs
  own(logEstate, "flowLog", "InvalidVpcID.NotFound", { vpcId: "vpc-0gone" }, "vpcId"),
  own(logEstate, "flowLog", "InvalidCombination", { vpcId: undefined }, "vpcId"),
  own(logEstate, "flowLog", "InvalidCombination", { eniId: "eni-0123" }, "vpcId"),
  own(logEstate, "flowLog", "InvalidParameterValue", { trafficType: "SOME" }, "trafficType"),
  own(logEstate, "flowLog", "InvalidParameterValue", { trafficType: undefined }, "trafficType"),
  own(
    logEstate,
    "flowLog",
    "InvalidParameterValue",
    { maxAggregationInterval: 300 },
    "maxAggregationInterval",
  ),
  own(logEstate, "flowLog", "InvalidParameterValue", { logDestinationType: "tape" }, "logDestinationType"),
  own(logEstate, "flowLog", "MissingParameter", { logDestination: undefined }, "logDestination"),
  own(logEstate, "flowLog", "MissingParameter", { logDestinationType: undefined }, "iamRoleArn"),
  own(logEstate, "flowLog", "InvalidParameterValue", { logDestinationType: undefined }, "logDestination"),
  own(
    logEstate,
    "flowLog",
    "InvalidParameter",
    { iamRoleArn: "arn:aws:iam::123456789012:role/x" },
    "iamRoleArn",
  ),
  own(logEstate, "flowLog", "400", { logDestination: "arn:aws:s3:::not-there" }),
  own(logEstate, "flowLog", "InvalidParameterValue", {
    logDestination: "arn:aws:s3:::logs-of-the-test/AWSLogs/",
  }),
  own(logEstate, "flowLog", "400", {
    logDestination: "arn:aws:s3:::logs-of-the-test/elsewhere/",
  }),
  ...[
    ["Flow", "Access"],
    ["Check", "Access"],
  ].map((sids) => ({
    title: `a bucket whose policy has only ${sids.join(" and ")}`,
    estate: logEstate,
    of: "flowLog",
    changes: policyOf(...sids),
    code: "400",
    property: "logDestination",
  })),
  {
    title: "the same flow log twice",
    estate: withTwin(logEstate, "flowLog"),
    of: "twin",
    changes: {},
    code: "FlowLogAlreadyExists",
  },
  {
    title: "a policy for a service that is none",
    estate: { ...logEstate, twin: planOf(logEstate, "logPolicy") },
    of: "twin",
    changes: {
      twin: {
        policy: deliveryPolicy("logs-of-the-test").replace("logging.s3.amazonaws.com", "logging.s3"),
      },
    },
    code: "MalformedPolicy",
    property: "policy",
  },
];
