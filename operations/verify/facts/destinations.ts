/** Where verify's own requests went, besides the clouds' standard addresses: an environment can lead them elsewhere. */
export interface Destinations {
  readonly aws: readonly string[];
  readonly azure: readonly string[];
}

/**
 * Addresses of the clouds themselves, in every partition.
 * @see https://docs.aws.amazon.com/general/latest/gr/rande.html
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/control-plane-and-data-plane
 */
const standard =
  /(^|\.)(amazonaws\.com(\.cn)?|api\.aws|management\.azure\.com|login\.microsoftonline\.com|core\.windows\.net)$/;

export function isStandard(host: string): boolean {
  return standard.test(host);
}
