import type { StackOutputs } from "../../../outputs";

export type Topology = StackOutputs["vpn"]["topology"];

/** The account that moto is. */
export const account = "123456789012";
export const region = "ap-northeast-1";
export const iamRegion = "us-east-1";
export const awsCidr = "10.2.0.0/22";
export const azureCidr = "10.1.0.0/22";
export const clientCidr = "10.1.0.0/23";
export const gatewayCidr = "10.1.3.0/27";
export const azureGroup = "/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/azure-group";
export const clientVmId = `${azureGroup}/providers/Microsoft.Compute/virtualMachines/client-machine`;
export const azureNetwork = `${azureGroup}/providers/Microsoft.Network`;

/** Stands for the pre-shared key that AWS's answers hold, and that must never be seen. */
export const canaryKey = "CanaryKeyThatNobodyMustEverSeeInAnyOutput";

export const suites = {
  pinned: {
    ike: { encryption: "AES256", integrity: "SHA384", dhGroup: 20, lifetimeSeconds: 28800 },
    esp: { encryption: "AES256-GCM", integrity: "GCM", pfsGroup: 20, lifetimeSeconds: 3600 },
    pinnedOnAzure: true,
  },
  basic: {
    ike: { encryption: "AES256", integrity: "SHA256", dhGroup: 2, lifetimeSeconds: 28800 },
    esp: { encryption: "AES256", integrity: "SHA256", pfsGroup: 14, lifetimeSeconds: 3600 },
    pinnedOnAzure: false,
  },
} as const;

export const insideCidrs = [
  "169.254.21.0/30",
  "169.254.22.0/30",
  "169.254.21.4/30",
  "169.254.22.4/30",
] as const;

export function idOf(id: string | undefined): string {
  if (id === undefined) throw new Error("moto gave no id");
  return id;
}
