import type { Props } from "../../rehearsal/model/recording";
import { awsTypes, partsOf } from "../../rehearsal/model/resourceTypes";
import { text } from "../../rehearsal/model/values";
import { cloudTypes } from "../../rehearsal/clouds/cloudTypes";
import { partitionOf, type StackPlace, type StackResource } from "./place";

/** What a role may do with resources whose names are known before they exist. */
export interface Named {
  /** Begins the statement's `Sid`. */
  readonly sid: string;
  readonly arns: readonly string[];
}

/** Where the stack's action on this resource is allowed; undefined where only tags or nothing tell it from others. */
export function namedBy(resource: StackResource, action: string, place: StackPlace): Named | undefined {
  const { type, inputs, outputs } = resource;
  const arn = text(outputs, "arn") ?? "";
  const bucket = (name: string) => `arn:${partitionOf(place)}:s3:::${name}`;
  switch (type) {
    case awsTypes.user:
      return { sid: "KeepTheReader", arns: [arn] };
    case awsTypes.accessKey: {
      const user = `arn:${partitionOf(place)}:iam::${place.account}:user/${required(inputs, "user")}`;
      return { sid: "KeepTheReader", arns: [user] };
    }
    case awsTypes.topic:
      return { sid: "KeepTheTopic", arns: withParts(arn) };
    case awsTypes.topicSubscription:
      return { sid: "KeepTheTopic", arns: withParts(required(inputs, "topic")) };
    case awsTypes.topicPolicy:
      return { sid: "KeepTheTopic", arns: withParts(required(inputs, "arn")) };
    case awsTypes.eventRule:
      return { sid: "KeepTheRules", arns: [arn] };
    case awsTypes.eventTarget: {
      const rule = `rule/${required(inputs, "rule")}`;
      const region = text(inputs, "region") ?? place.region;
      return {
        sid: "KeepTheRules",
        arns: [`arn:${partitionOf(place)}:events:${region}:${place.account}:${rule}`],
      };
    }
    case awsTypes.logGroup:
      return { sid: "KeepTheLogGroup", arns: withParts(withoutEnd(arn.replace(/:\*$/, ""), inputs)) };
    case awsTypes.metricAlarm:
      // Another topology has another number of tunnels. The provider describes alarms by name, and only composite ones need *:
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
      return { sid: "KeepTheAlarms", arns: [arn.replace(/\d$/, "?")] };
    case awsTypes.bucketObjectv2:
      return /Object/.test(action)
        ? {
            sid: "KeepTheSampleObject",
            arns: [`${bucket(required(inputs, "bucket"))}/${required(inputs, "key")}`],
          }
        : { sid: "KeepTheBuckets", arns: [bucket(required(inputs, "bucket"))] };
    case awsTypes.flowLog:
      return action.startsWith("s3:")
        ? { sid: "KeepTheBuckets", arns: [required(inputs, "logDestination").split("/")[0] ?? ""] }
        : undefined;
    default:
      if (type.startsWith("aws:s3/"))
        return { sid: "KeepTheBuckets", arns: [bucket(required(inputs, "bucket"))] };
      // An ARN of EC2 has an id in it, which is not known before.
      return arn === "" || arn.split(":")[2] === "ec2"
        ? undefined
        : { sid: `KeepThe${partsOf(type).kind}`, arns: [arn] };
  }
}

/**
 * With `?` for the 26 characters that the provider adds to a prefix: `*` would take in the stacks whose names begin with this one's.
 * @see https://github.com/hashicorp/terraform-plugin-sdk/blob/main/helper/id/id.go
 */
function withoutEnd(arn: string, inputs: Props): string {
  const prefix = text(inputs, "namePrefix");
  if (prefix === undefined) return arn;
  return `${arn.slice(0, arn.indexOf(prefix) + prefix.length)}${"?".repeat(26)}`;
}

/** The name, and what is below it: SNS and CloudWatch Logs ask about the one or the other. */
function withParts(arn: string): readonly string[] {
  return [arn, `${arn}:*`];
}

function required(inputs: Props, property: string): string {
  const value = text(inputs, property);
  if (value === undefined) throw new Error(`no ${property} in the inputs of a named resource`);
  return value;
}

/** The digits at the end of an automatic name are not known before it is chosen. */
const digits = /[0-9a-f]{7}$/;

/**
 * A function that puts `?` for each digit which chance will choose in the recorded names.
 * Throws where an automatic name has no stack in it, so that another stack's could look the same.
 */
export function withoutChance(
  resources: readonly StackResource[],
  stack: string,
): (recorded: string) => string {
  const names = resources.flatMap(({ type, name, inputs }) => {
    const property = cloudTypes[type]?.autoName;
    const physical = property === undefined ? undefined : text(inputs, property);
    if (physical === undefined || !type.startsWith("aws:")) return [];
    const own = physical.replace(digits, "");
    if (digits.test(physical) && own === `${name}-`) throw new UnscopedNameError(physical, stack);
    return digits.test(physical) && own === `${name}-${stack}-` ? [physical] : [];
  });
  return (recorded) =>
    names.reduce(
      (whole, name) => whole.replaceAll(name, name.replace(digits, "?".repeat("0123456".length))),
      recorded,
    );
}

export class UnscopedNameError extends Error {
  override readonly name = "UnscopedNameError";
  constructor(physical: string, stack: string) {
    super(
      `the automatic name ${physical} says nothing of the stack ${stack}, so that no role can be held to it; ` +
        "restore pulumi:autonaming in Pulumi.yaml: pattern: ${name}-${stack}-${hex(7)}",
    );
  }
}
