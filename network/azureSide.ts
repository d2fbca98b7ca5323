import type * as pulumi from "@pulumi/pulumi";
import type { OutputsOf } from "../contract";
import type { SharedGateway } from "./existing/surroundings";

/** What the rest of the program needs of the Azure side, be its network new or joined. */
export interface AzureSide {
  readonly place: AzurePlace;
  /** Undefined where the stack makes no client subnet. */
  readonly clientSubnetId: pulumi.Output<string> | undefined;
  readonly vpnEnd: AzureVpnEnd;
  readonly hub: AzureHub;
  readonly outputs: OutputsOf<"azureLocation" | "azureNetwork">;
}

/** Where everything of the stack in Azure goes. */
export interface AzurePlace {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly location: string;
}

/** What spokes are peered with. */
export interface AzureHub {
  readonly id: pulumi.Input<string>;
  readonly name: pulumi.Input<string>;
  readonly resourceGroupName: pulumi.Input<string>;
}

/** What the VPN starts from: a subnet for a gateway of the stack, or a gateway that others use. */
export type AzureVpnEnd = {
  /** The network behind the gateway; absent in a network that exists, where only the clients are. */
  readonly cidr?: string;
} & (
  | {
      readonly gatewaySubnetId: pulumi.Input<string>;
      /** Id of the gateway's resource group, where it is not that of its subnet. */
      readonly gatewayGroupId?: pulumi.Input<string>;
      readonly gateway?: undefined;
    }
  | { readonly gateway: SharedGateway; readonly gatewaySubnetId?: undefined }
);
