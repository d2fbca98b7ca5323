/** Whether both are one id; Azure's ignore case: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
export function sameAzureId(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one.toLowerCase() === other?.toLowerCase();
}
