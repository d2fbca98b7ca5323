import type { CloudPlace } from "./cloudType";
import { cloudTypes } from "./cloudTypes";
import type { Props, Refusal } from "../model/recording";
import { awsTypes, isAws } from "../model/resourceTypes";
import { holdsUnknown, isProps, text } from "../model/values";
import { refuseIf } from "./rules";

interface Limits {
  readonly most: number;
  readonly longestKey: number;
  readonly longestValue: number;
  readonly reserved: readonly string[];
  /** The characters of a key, and of a value. */
  readonly key: RegExp;
  readonly value: RegExp;
  readonly code: string;
  readonly source: string;
}

const aws: Limits = {
  most: 50,
  longestKey: 128,
  longestValue: 256,
  reserved: ["aws:"],
  key: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u,
  value: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u,
  code: "InvalidParameterValue",
  source: "https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html",
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
const s3Object: Limits = {
  ...aws,
  most: 10,
  code: "BadRequest",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html",
};

/** guess: the code; the rule is the source's. Key names ignore case. */
const azure: Limits = {
  most: 50,
  longestKey: 512,
  longestValue: 256,
  reserved: ["microsoft", "azure", "windows"],
  key: /^[^<>%&\\?/]+$/,
  value: /^.*$/s,
  code: "InvalidTagName",
  source: "https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations",
};

/** Tags that the cloud of this type does not take. */
export function refuseTags(
  type: string,
  inputs: Props,
  { defaultTags = {} }: CloudPlace,
): readonly Refusal[] {
  if (cloudTypes[type]?.properties.includes("tags.*") !== true) return [];
  const own = inputs["tags"] ?? {};
  const tags = { ...(isAws(type) ? defaultTags : {}), ...(isProps(own) ? own : {}) };
  const limits = type === awsTypes.bucketObjectv2 ? s3Object : isAws(type) ? aws : azure;
  const keys = Object.keys(tags);
  const refuse = (wrong: boolean, message: string): readonly Refusal[] =>
    refuseIf(wrong, { code: limits.code, message, property: "tags", source: limits.source });
  const folded = isAws(type) ? keys : keys.map((key) => key.toLowerCase());
  return [
    ...refuse(keys.length > limits.most, `${keys.length} tags are more than ${limits.most}`),
    ...refuse(new Set(folded).size < keys.length, "two tags have one key, in which case does not count"),
    ...keys.flatMap((key) => refuse(!isKey(key, limits), `the tag key '${key}' is invalid`)),
    ...Object.entries(tags).flatMap(([key, value]) =>
      // What a preview does not know yet passes.
      refuse(
        !holdsUnknown(value) && !isValue(text(value, "") ?? "", limits),
        `the value of the tag '${key}' is invalid`,
      ),
    ),
  ];
}

function isKey(key: string, { longestKey, reserved, key: form }: Limits): boolean {
  const taken = reserved.some((beginning) => key.toLowerCase().startsWith(beginning));
  return key.length <= longestKey && form.test(key) && !taken;
}

function isValue(value: string, { longestValue, value: form }: Limits): boolean {
  return value.length <= longestValue && form.test(value);
}
