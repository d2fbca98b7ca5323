import type { Props } from "../../../model/recording";
import type { CloudPlace } from "../../cloudType";
import { each } from "../../rules";
import { hexOf } from "../../seeds";
import { arnOf, forceNew, regional, regionOf, tagsAll } from "../aws";

export const ec2Errors = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html";

/** Where EC2's actions are listed, and which of them the provider calls. */
export const ec2Actions =
  "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html; calls: terraform-provider-aws, internal/service/ec2";

export const ec2Tags = ["ec2:CreateTags", "ec2:DeleteTags"];

/** What replaces a resource that the provider describes in this file. */
export function ec2Replaces(
  file: string,
  properties: string | readonly string[],
): Readonly<Record<string, string>> {
  return { ...regional, ...each(properties, forceNew(`ec2/${file}`)) };
}

/** An id as EC2 gives it, as `vpc-0` and sixteen digits. */
export function ec2Id(
  prefix: string,
): (inputs: Props, cloud: CloudPlace, subject: { seed: string }) => string {
  return (_inputs, _cloud, { seed }) => `${prefix}-0${hexOf(`${seed}/${prefix}`, 16)}`;
}

/** The outputs of every resource with an ARN; `kind` is its word there, as `route-table`. */
export function ec2Outputs(kind: string, inputs: Props, cloud: CloudPlace, { id }: { id: string }): Props {
  return {
    ...tagsAll(inputs),
    arn: arnOf("ec2", inputs, cloud, `${kind}/${id}`),
    region: regionOf(inputs, cloud),
  };
}
