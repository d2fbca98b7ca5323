import type { Props, Refusal } from "../../../model/recording";
import { text, valuesAt } from "../../../model/values";
import type { ResourceRecord } from "../../cloudType";
import { awsImpacts, none } from "../../impact";
import { alwaysAbout, each, refuseIf, refuseOthers, words } from "../../rules";
import { arnOf, forceNew, regional, regionOf, tagsAll } from "../aws";
import { serviceActions } from "../serviceActions";

const put = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html";
const rules = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html";

const replaces = { ...regional, ...each("name namePrefix eventBusName", forceNew("events/rule")) };
const unnoticed = none("no traffic; what it matched is told to nobody any more", rules);

export const eventRule: ResourceRecord = {
  decides: [],
  properties: words(`
    description eventBusName eventPattern forceDestroy isEnabled name namePrefix region roleArn scheduleExpression state
    tags.*`),
  required: [],
  values: { state: words("ENABLED DISABLED ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS") },
  replaces,
  autoName: "name",
  permissions: {
    create: ["events:PutRule", "events:TagResource"],
    read: ["events:DescribeRule", "events:ListTagsForResource"],
    update: ["events:PutRule", "events:TagResource", "events:UntagResource"],
    delete: ["events:DeleteRule", "events:ListTargetsByRule"],
    source: serviceActions("amazoneventbridge", "events"),
  },
  impact: awsImpacts({
    create: none("it only watches", rules),
    delete: unnoticed,
    replace: unnoticed,
    replaces,
    properties: each(
      "description eventPattern isEnabled state",
      none("no traffic; it watches something else, or in another way", rules),
    ),
  }),
  // No `duplicate`: another rule of the same name overwrites the first.
  ...alwaysAbout(0.05, "one call"),
  refuse: (inputs) => [...refuseTexts(inputs), ...refusePattern(inputs)],
  id: (inputs) => text(inputs, "name") ?? "",
  outputs: (inputs, cloud) => ({
    ...tagsAll(inputs),
    arn: arnOf("events", inputs, cloud, `rule/${text(inputs, "name") ?? ""}`),
    region: regionOf(inputs, cloud),
    eventBusName: inputs["eventBusName"] ?? "default",
    state: inputs["state"] ?? "ENABLED",
  }),
};

function invalid(property: string, message: string, code = "ValidationException"): Refusal {
  return { code, message, property, source: put };
}

function refuseTexts(inputs: Props): readonly Refusal[] {
  const [name, description] = [text(inputs, "name"), text(inputs, "description")];
  return [
    ...refuseIf(
      name !== undefined && !/^[\w.-]{1,64}$/.test(name),
      invalid("name", `'${name ?? ""}' is not a name for a rule: 1-64 letters, digits and ._-`),
    ),
    ...refuseIf(
      description !== undefined && description.length > 512,
      invalid("description", "a rule's description has up to 512 characters"),
    ),
    ...refuseOthers(inputs, "state", eventRule.values?.["state"] ?? [], (message) =>
      invalid("state", message),
    ),
  ];
}

function refusePattern(inputs: Props): readonly Refusal[] {
  const has = (property: string) => valuesAt(inputs, property).length > 0;
  const pattern = text(inputs, "eventPattern");
  return [
    ...refuseIf(
      !has("eventPattern") && !has("scheduleExpression"),
      invalid("eventPattern", "a rule has an event pattern, a schedule or both"),
    ),
    ...refuseIf(
      pattern !== undefined && !isPattern(pattern),
      invalid("eventPattern", "Event pattern is not valid", "InvalidEventPatternException"),
    ),
  ];
}

/** An object of up to 4,096 characters whose leaves are lists. */
function isPattern(json: string): boolean {
  if (json.length > 4096) return false;
  try {
    return isMatching(JSON.parse(json) as unknown);
  } catch {
    return false;
  }
}

function isMatching(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).length > 0 &&
    Object.values(value).every(isMatching)
  );
}
