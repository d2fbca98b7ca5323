/** The parts of the id of a resource, or of something inside it. Undefined for another form. */
export function azureId(id: string): AzureId | undefined {
  const match =
    /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/([^/]+\/[^/]+)\/([^/]+)/i.exec(id);
  if (match === null) return undefined;
  const [whole, subscription = "", resourceGroupName = "", type = "", name = ""] = match;
  return { whole, subscription, resourceGroupName, type, name };
}

export interface AzureId {
  /** Without what follows the resource itself. */
  readonly whole: string;
  readonly subscription: string;
  readonly resourceGroupName: string;
  /** As `Microsoft.Network/virtualNetworks`. */
  readonly type: string;
  readonly name: string;
}

/** Azure's ids ignore case. */
export function sameId(one: string | undefined, other: string | undefined): boolean {
  return one?.toLowerCase() === other?.toLowerCase();
}

/** True for the id of something inside the resource, as a subnet in a network. */
export function isInside(part: string, whole: string): boolean {
  return part.toLowerCase().startsWith(`${whole.toLowerCase()}/`);
}

/** The name of a resource whose id is known to be one. */
export function nameOf(id: string): string {
  return azureId(id)?.name ?? id;
}
