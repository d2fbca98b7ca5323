import type { StackOutputs } from "../../../outputs";

/** The parts of a resource id of Azure; of a subnet, `parent` is its network. */
export function partsOf(id: string) {
  const parts = id.split("/");
  const after = (key: string) =>
    parts[parts.findIndex((part) => part.toLowerCase() === key.toLowerCase()) + 1] ?? "";
  return {
    subscription: after("subscriptions"),
    group: after("resourceGroups"),
    parent: after("virtualNetworks"),
    name: nameOf(id),
  };
}

/** The last part of a resource id or an ARN. */
export function nameOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** The region of an ARN. */
export function regionOf(arn: string): string {
  return arn.split(":")[3] ?? "";
}

/** What S3's endpoints of a region are for. */
export function s3ServiceOf(region: string): string {
  return `com.amazonaws.${region}.s3`;
}

/** The account of everything in AWS. */
export function accountOf({ readerArn }: StackOutputs): string {
  return readerArn.split(":")[4] ?? "";
}
