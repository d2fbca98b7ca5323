import type { Props } from "../../../model/recording";
import type { CloudPlace } from "../../cloudType";
import { hexOf } from "../../seeds";
import { arnOf, regionOf, tagsAll } from "../aws";

export const ec2Errors = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html";

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
