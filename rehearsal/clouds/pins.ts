/**
 * The versions of the SDKs whose providers were looked at. Whoever moves an SDK in package.json reads the provider's
 * changes first, corrects the records where it behaves otherwise now, and then moves the version here.
 */
export const lookedAt = {
  /** Carries terraform-provider-aws 6.46.0 (pulumi-aws #6392, May 2026) or later: 7.48.0 is of September 2026. */
  "@pulumi/aws": "7.48.0",
  "@pulumi/azure-native": "3.28.0",
  "@pulumi/random": "4.21.2",
} as const;

/** A file of the Terraform provider that @pulumi/aws is built from, in the version that it carries as a submodule. */
export function awsProvider(file: string): string {
  return `https://github.com/pulumi/pulumi-aws/tree/v${lookedAt["@pulumi/aws"]} : upstream/${file}`;
}

/** A page of that provider's own documentation. */
export function awsProviderPage(page: string): string {
  return awsProvider(`website/docs/${page}.html.markdown`);
}

export function azureNative(file: string): string {
  return `https://github.com/pulumi/pulumi-azure-native/blob/v${lookedAt["@pulumi/azure-native"]}/${file}`;
}
