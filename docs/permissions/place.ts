import type { RecordedResource } from "../../rehearsal/model/recording";
import type { Snapshot } from "../../rehearsal/model/snapshot";

/** A resource of a stack, recorded or read from its state. */
export type StackResource = Pick<RecordedResource, "type" | "name" | "id" | "inputs" | "outputs">;

/** Where a stack lives, and what it has there. */
export interface StackPlace {
  readonly project: string;
  readonly stack: string;
  readonly region: string;
  /** AWS account, twelve digits. */
  readonly account: string;
  /** Azure subscription, a UUID. */
  readonly subscription: string;
  /** Name of the Azure resource group that holds the stack. */
  readonly resourceGroup: string;
  /** ARNs of the IAM roles that deploy it. */
  readonly deployers: readonly string[];
  readonly resources: readonly StackResource[];
  /** The settings that name what others own; none in a stack that joins nothing. */
  readonly named: Snapshot["around"];
}

/** As `aws`, `aws-cn`. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function partitionOf({ region }: Pick<StackPlace, "region">): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** A statement of an IAM policy. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Conditions;
}

export function allow(
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
  condition?: Conditions,
): readonly Statement[] {
  if (actions.length === 0) return [];
  const [only] = resources;
  return [
    {
      Sid: sid,
      Effect: "Allow",
      Action: sorted(actions),
      Resource: resources.length === 1 && only !== undefined ? only : sorted(resources),
      ...(condition === undefined ? {} : { Condition: condition }),
    },
  ];
}

export function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
