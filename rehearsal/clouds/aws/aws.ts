import type { Props } from "../../model/recording";
import type { CloudPlace } from "../cloudType";
import { awsProvider, awsProviderPage } from "../pins";
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

export function arnOf(service: string, inputs: Props, cloud: CloudPlace, resource: string): string {
  return `arn:aws:${service}:${regionOf(inputs, cloud)}:${cloud.accountId}:${resource}`;
}

/** The provider adds its default tags to a resource's own; it has none here. */
export function tagsAll(inputs: Props): Props {
  return { tagsAll: isProps(inputs["tags"]) ? inputs["tags"] : {} };
}
