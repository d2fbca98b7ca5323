import { arnOf, forceNew, regional, regionOf, tagsAll } from "../aws";
import { serviceActions } from "../serviceActions";
import type { ResourceRecord } from "../../cloudType";
import { awsImpacts, dataLoss, none } from "../../impact";
import { alwaysAbout, each, refuseIf, words } from "../../rules";
import { hexOf } from "../../seeds";
import { number, text } from "../../../model/values";

const logging = "https://docs.aws.amazon.com/vpn/latest/s2svpn/status-logs.html";
const create = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html";
const retention =
  "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html";
const days = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const replaces = { ...regional, ...each("name namePrefix logGroupClass", forceNew("logs/group")) };

export const logGroup: ResourceRecord = {
  decides: [],
  properties: words(`
    deletionProtectionEnabled kmsKeyId logGroupClass name namePrefix region retentionInDays skipDestroy tags.*`),
  required: [],
  values: { logGroupClass: words("STANDARD INFREQUENT_ACCESS DELIVERY") },
  replaces,
  autoName: "name",
  permissions: {
    create: ["logs:CreateLogGroup", "logs:PutRetentionPolicy", "logs:TagResource"],
    read: ["logs:DescribeLogGroups", "logs:ListTagsForResource"],
    update: ["logs:PutRetentionPolicy", "logs:TagResource", "logs:UntagResource"],
    delete: ["logs:DeleteLogGroup"],
    source: serviceActions("amazoncloudwatchlogs", "logs"),
  },
  impact: awsImpacts({
    create: none("a place for logs", logging),
    replace: dataLoss("the logs in it are deleted", logging),
    replaces,
    properties: { retentionInDays: dataLoss("logs older than the new limit are deleted", retention) },
  }),
  duplicate: { code: "ResourceAlreadyExistsException", source: create },
  ...alwaysAbout(0.05, "one call"),
  refuse: (inputs) => {
    const [name, kept] = [text(inputs, "name"), number(inputs, "retentionInDays")];
    return [
      ...refuseIf(name !== undefined && !/^(?!aws\/)[.\-_/#A-Za-z0-9]{1,512}$/.test(name), {
        code: "InvalidParameterException",
        message: `'${name ?? ""}' is not a name for a log group: 1-512 letters, digits and ._-/#, not beginning with aws/`,
        property: "name",
        source: create,
      }),
      ...refuseIf(kept !== undefined && !days.includes(kept), {
        code: "InvalidParameterException",
        message: `logs cannot be kept for ${kept ?? 0} days: use one of ${days.join(", ")}`,
        property: "retentionInDays",
        source: retention,
      }),
    ];
  },
  id: (inputs, _, { seed }) =>
    text(inputs, "name") ?? `${text(inputs, "namePrefix") ?? ""}${hexOf(seed, 26)}`,
  outputs: (inputs, cloud, { id }) => ({
    ...tagsAll(inputs),
    name: id,
    arn: arnOf("logs", inputs, cloud, `log-group:${id}`),
    region: regionOf(inputs, cloud),
    logGroupClass: inputs["logGroupClass"] ?? "STANDARD",
  }),
};
