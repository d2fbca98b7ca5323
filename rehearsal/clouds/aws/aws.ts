import type { Props, Refusal } from "../../model/recording";
import type { CloudPlace } from "../cloudType";
import { awsProvider, awsProviderPage } from "../pins";
import { refuseIf } from "../rules";
import { isProps, text } from "../../model/values";

/** Where a property is marked as forcing replacement: `ForceNew` in the schema that @pulumi/aws is generated from. */
export function forceNew(file: string): string {
  return `${awsProvider(`internal/service/${file}.go`)} (ForceNew)`;
}

/** Every regional resource is replaced when its `region` changes. */
export const regional: Readonly<Record<string, string>> = {
  region: awsProviderPage("guides/enhanced-region-support"),
};

export function regionOf(inputs: Props, cloud: CloudPlace): string {
  return text(inputs, "region") ?? cloud.region;
}

/** A call for an ARN goes to the region of the resource that names it, and the service has only its own region's there. */
export function refuseOtherRegion(
  inputs: Props,
  cloud: CloudPlace,
  property: string,
  refusal: Pick<Refusal, "code" | "source">,
): readonly Refusal[] {
  const region = text(inputs, property)?.split(":")[3] ?? "";
  return refuseIf(region !== "" && region !== regionOf(inputs, cloud), {
    ...refusal,
    message: `${property} is of ${region}, and the call goes to ${regionOf(inputs, cloud)}`,
    property,
  });
}

export function arnOf(service: string, inputs: Props, cloud: CloudPlace, resource: string): string {
  return `arn:aws:${service}:${regionOf(inputs, cloud)}:${cloud.accountId}:${resource}`;
}

/** The provider adds its default tags to a resource's own; it has none here. */
export function tagsAll(inputs: Props): Props {
  return { tagsAll: isProps(inputs["tags"]) ? inputs["tags"] : {} };
}
