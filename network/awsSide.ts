import type * as pulumi from "@pulumi/pulumi";
import type { OutputsOf } from "../contract";

/** What the rest of the program needs of the AWS side, be its VPC new or joined. */
export interface AwsSide {
  readonly vpcId: pulumi.Input<string>;
  /** By zone; `any` where AWS picks it. */
  readonly subnetIds: Readonly<Record<string, pulumi.Input<string>>>;
  readonly vpnEnd: AwsVpnEnd;
  readonly outputs: (endpointSecurityGroupId: pulumi.Output<string>) => OutputsOf<"awsNetwork">;
}

/** What the VPN ends at. */
export type AwsVpnEnd =
  | {
      readonly cidr: string;
      readonly vpcId: pulumi.Input<string>;
      readonly routeTableId: pulumi.Input<string>;
      readonly cidrs?: undefined;
    }
  | {
      /** All ranges of a VPC that exists: its gateway announces each. */
      readonly cidrs: readonly string[];
      readonly vpcId: string;
      readonly routeTableIds: readonly string[];
      /** The virtual private gateway that others use; absent where the stack makes one. */
      readonly gatewayId?: string;
    };
