import type { StackResource } from "../../../docs/permissions/place";
import type { Props } from "../../../rehearsal/model/recording";
import { awsTypes } from "../../../rehearsal/model/resourceTypes";
import { text } from "../../../rehearsal/model/values";

/** A resource as IAM sees it. */
export interface Thing {
  readonly service: string;
  /** Its word in AWS's service authorization reference. */
  readonly kind: string;
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface Home {
  readonly region: string;
  readonly account: string;
}

/** The word for what an ARN of these services does not begin its last part with. */
const kinds: Readonly<Record<string, string>> = {
  s3: "bucket",
  sns: "topic",
  events: "rule-on-default-event-bus",
};

/** The resource as IAM sees it; undefined for what has no ARN of its own. */
export function thingOf(resource: StackResource, { region, account }: Home): Thing | undefined {
  const { type, id, inputs, outputs } = resource;
  const tags = (inputs["tags"] ?? {}) as Record<string, string>;
  if (type === awsTypes.bucketObjectv2) {
    const [bucket, key] = [text(inputs, "bucket") ?? "", text(inputs, "key") ?? ""];
    return { service: "s3", kind: "object", arn: `arn:aws:s3:::${bucket}/${key}`, tags };
  }
  const arn = text(outputs, "arn");
  // One among the inputs is another's, and IAM asks about a subscription's topic alone.
  if (arn === undefined || inputs["arn"] !== undefined || type === awsTypes.topicSubscription)
    return undefined;
  const [, , service = "", , , ...last] = arn.split(":");
  const kind = kinds[service] ?? /^[a-z-]+/.exec(last[0] ?? "")?.[0] ?? "";
  if (service !== "ec2") return { service, kind, arn, tags };
  return { service, kind, arn: `arn:aws:ec2:${region}:${account}:${kind}/${id}`, tags };
}

/** What decides where AWS asks about a resource that is there. */
export function contextOf(thing: Thing): Readonly<Record<string, string>> {
  const tags = Object.entries(thing.tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]);
  return Object.fromEntries(tags) as Record<string, string>;
}

/** The resources that this one is, or names in its inputs. */
export function partsIn(resource: StackResource, all: readonly StackResource[]): readonly StackResource[] {
  // Whoever sets up a bucket is asked about it alone, not about where its logs go.
  const ofABucket = text(resource.inputs, "bucket");
  const said = ofABucket === undefined ? strings(resource.inputs) : [ofABucket];
  return all.filter(
    (other) =>
      other === resource ||
      (other.id !== "" && said.some((value) => value.split(/[:/]/).includes(lastOf(other)))),
  );
}

function lastOf({ id }: StackResource): string {
  return id.split(":").at(-1) ?? id;
}

function strings(value: Props[string] | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value as Props).flatMap(strings);
}
