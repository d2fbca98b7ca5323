import type { Props, Refusal } from "../../../model/recording";
import { awsTypes } from "../../../model/resourceTypes";
import { isProps, isTrue, knownStrings, text, valuesAt } from "../../../model/values";
import type { CloudView, ResourceRecord } from "../../cloudType";
import { awsImpacts, dataLoss, none } from "../../impact";
import { alwaysAbout, each, refuseIf, refuseOthers, words } from "../../rules";
import { arnOf, forceNew, regional, regionOf, tagsAll } from "../aws";
import { takesTrail, withoutPolicy } from "../logDelivery";
import { serviceActions } from "../serviceActions";

const create = "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html";
const select = "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html";
const concepts = "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html";

const replaces = { ...regional, name: forceNew("cloudtrail/trail") };
const unrecorded = dataLoss(
  "what happens meanwhile is recorded nowhere else; no request is touched",
  concepts,
);
const recordsOtherwise = dataLoss("other events are recorded than before; no request is touched", concepts);
const operators = words("equals notEquals startsWiths notStartsWiths endsWiths notEndsWiths");

export const trail: ResourceRecord = {
  decides: ["access"],
  properties: [
    ...words(`
      advancedEventSelectors.name advancedEventSelectors.fieldSelectors.field cloudWatchLogsGroupArn cloudWatchLogsRoleArn
      enableLogFileValidation enableLogging eventSelectors.dataResources.type eventSelectors.dataResources.values
      eventSelectors.excludeManagementEventSources eventSelectors.includeManagementEvents eventSelectors.readWriteType
      includeGlobalServiceEvents insightSelectors.insightType isMultiRegionTrail isOrganizationTrail kmsKeyId name region
      s3BucketName s3KeyPrefix snsTopicName tags.*`),
    ...operators.map((operator) => `advancedEventSelectors.fieldSelectors.${operator}`),
  ],
  required: ["s3BucketName"],
  replaces,
  references: {
    s3BucketName: { types: [awsTypes.bucket], missing: "S3BucketDoesNotExistException", source: create },
  },
  autoName: "name",
  permissions: {
    create: [
      "cloudtrail:AddTags",
      "cloudtrail:CreateTrail",
      "cloudtrail:PutEventSelectors",
      "cloudtrail:StartLogging",
    ],
    read: [
      "cloudtrail:DescribeTrails",
      "cloudtrail:GetEventSelectors",
      "cloudtrail:GetInsightSelectors",
      "cloudtrail:GetTrailStatus",
      "cloudtrail:ListTags",
    ],
    update: [
      "cloudtrail:AddTags",
      "cloudtrail:PutEventSelectors",
      "cloudtrail:RemoveTags",
      "cloudtrail:StartLogging",
      "cloudtrail:UpdateTrail",
    ],
    delete: ["cloudtrail:DeleteTrail"],
    source: serviceActions("awscloudtrail", "cloudtrail"),
  },
  impact: awsImpacts({
    create: none("from then on events are recorded; no request is touched", concepts),
    replace: unrecorded,
    replaces,
    properties: {
      ...each(
        "advancedEventSelectors enableLogging eventSelectors includeGlobalServiceEvents isMultiRegionTrail",
        recordsOtherwise,
      ),
      ...each("s3BucketName s3KeyPrefix", none("later events are recorded in another place", concepts)),
      ...each(
        "enableLogFileValidation",
        none("no digest, or from then on one, shows whether logs were changed", concepts),
      ),
    },
  }),
  duplicate: { code: "TrailAlreadyExistsException", source: create },
  ...alwaysAbout(0.1, "three calls; the first file comes some five minutes later"),
  refuse: (inputs, cloud) => [
    ...refuseName(inputs),
    ...refuseIf(isTrue(inputs, "isMultiRegionTrail") && inputs["includeGlobalServiceEvents"] === false, {
      code: "InvalidParameterCombinationException",
      message: "Multi-Region trail must include global service events.",
      property: "includeGlobalServiceEvents",
      source: create,
    }),
    ...refuseSelectors(inputs),
    ...refuseBucket(inputs, cloud),
  ],
  id: trailArn,
  outputs: (inputs, cloud) => ({
    ...tagsAll(inputs),
    arn: trailArn(inputs, cloud),
    homeRegion: regionOf(inputs, cloud),
    region: regionOf(inputs, cloud),
    snsTopicArn: "",
    enableLogging: inputs["enableLogging"] ?? true,
    includeGlobalServiceEvents: inputs["includeGlobalServiceEvents"] ?? true,
    isMultiRegionTrail: inputs["isMultiRegionTrail"] ?? false,
  }),
};

/** The provider keeps the ARN as id since its version 6. */
function trailArn(inputs: Props, cloud: CloudView): string {
  return arnOf("cloudtrail", inputs, cloud, `trail/${text(inputs, "name") ?? ""}`);
}

function refuseName(inputs: Props): readonly Refusal[] {
  const name = text(inputs, "name");
  const isRight =
    name === undefined || (/^[A-Za-z0-9][\w.-]{1,126}[A-Za-z0-9]$/.test(name) && !/[._-]{2}/.test(name));
  return refuseIf(!isRight, {
    code: "InvalidTrailNameException",
    message: `'${name ?? ""}' is not a name for a trail: 3-128 letters, digits and single ._- between them`,
    property: "name",
    source: create,
  });
}

function refuseSelectors(inputs: Props): readonly Refusal[] {
  const invalid = (property: string, message: string): Refusal => ({
    code: "InvalidEventSelectorsException",
    message,
    property,
    source: select,
  });
  const advanced = valuesAt(inputs, "advancedEventSelectors").filter(isProps);
  return [
    ...refuseIf(
      advanced.length > 0 && valuesAt(inputs, "eventSelectors").length > 0,
      invalid("eventSelectors", "a trail has event selectors or advanced ones, and not both"),
    ),
    ...refuseOthers(
      inputs,
      "advancedEventSelectors.fieldSelectors.field",
      words(`
        eventCategory readOnly eventName eventSource eventType errorCode resources.type resources.ARN
        sessionCredentialFromConsole userIdentity.arn vpcEndpointId`),
      (message) => invalid("advancedEventSelectors.fieldSelectors.field", message),
    ),
    ...advanced
      .filter((one) => !knownStrings(one, "fieldSelectors.field").includes("eventCategory"))
      // One that is not known yet may be it.
      .filter((one) => {
        const fields = valuesAt(one, "fieldSelectors.field");
        return fields.length > 0 && fields.length === knownStrings(one, "fieldSelectors.field").length;
      })
      .map(() => invalid("advancedEventSelectors", "each advanced selector needs the field eventCategory")),
  ];
}

function refuseBucket(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const [bucket, name] = [text(inputs, "s3BucketName"), text(inputs, "name")];
  if (bucket === undefined || name === undefined || cloud.find(awsTypes.bucket, bucket) === undefined)
    return [];
  const prefix = text(inputs, "s3KeyPrefix");
  if (prefix === undefined && valuesAt(inputs, "s3KeyPrefix").length > 0) return [];
  const folder = prefix === undefined ? "" : `${prefix}/`;
  return refuseIf(!takesTrail(bucket, folder, trailArn(inputs, cloud), cloud), {
    code: "InsufficientS3BucketPolicyException",
    message: `the policy of ${bucket} does not let CloudTrail write below '${folder}'`,
    ...withoutPolicy(bucket, cloud),
    property: "s3BucketName",
    source: create,
  });
}
