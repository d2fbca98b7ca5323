import { words } from "../../clouds/rules";
import type { Estate } from "../../estate/estate";
import type { Value } from "../../model/recording";
import type { AddedType, ResourceType } from "../../model/resourceTypes";
import { isList, text } from "../../model/values";

/** The types that carry, route, filter or name packets: each needs a table. */
export type PathType =
  | Extract<
      ResourceType,
      `aws:${"ec2" | "vpc"}/${string}` | `azure-native:${"network" | "dnsresolver"}:${string}`
    >
  | AddedType;

/**
 * What the arguments of a type mean for the path. Each property of the SDK is in one of the three lists; one that it gets
 * later is in none, and is not judged either. A property is spelt `a.b`, lists left out. In `harmless` and `notJudged` it
 * stands for all that is inside of it, save what another entry names more closely.
 */
export interface PathProperties {
  /** The path, the tunnels' ends or a guard reads it, or the simulated cloud rejects what would break the path. */
  readonly judged: readonly string[];
  /** Whatever its value, it does not change whether packets arrive. */
  readonly harmless: readonly Reasoned[];
  /** It may, and nobody here follows how. */
  readonly notJudged: readonly NotJudged[];
}

export interface Reasoned {
  readonly because: string;
  readonly properties: readonly string[];
}

export interface NotJudged extends Reasoned {
  /** Whether a value is as good as none. */
  readonly unless?: (value: Value, estate: Estate) => boolean;
}

export function harmless(because: string, properties: string): Reasoned {
  return { because, properties: words(properties) };
}

export function unjudged(because: string, properties: string, unless?: NotJudged["unless"]): NotJudged {
  return { because, properties: words(properties), ...(unless === undefined ? {} : { unless }) };
}

/** For a property whose default may be written down. */
export function is(...neutral: readonly Value[]): NotJudged["unless"] {
  return (value) => neutral.includes(value);
}

export const atMostOne: NotJudged["unless"] = (value) => !isList(value) || value.length <= 1;

/** Any AWS resource may be put into another region than the rest. */
export const otherRegion = unjudged(
  "a resource in another region is not in this network",
  "region",
  (value, { outputs }) => value === text(outputs, "awsRegion"),
);

export const labels = (properties: string) => harmless("names, places and labels", properties);

export const answers = (properties: string) => harmless("Azure fills it in", properties);

export const ipv6 = (properties: string) => harmless("the path is IPv4 from end to end", properties);

/** Properties of one nested object. */
export function inside(parent: string, properties: string): readonly string[] {
  return words(properties).map((property) => `${parent}.${property}`);
}
