import type { Permissions } from "../permissions";

const permissions = "https://learn.microsoft.com/azure/role-based-access-control/permissions";
export const networkPermissions = `${permissions}/networking`;
export const vpnPermissions = `https://learn.microsoft.com/azure/vpn-gateway/roles-permissions; ${networkPermissions}`;
export const monitorPermissions = `${permissions}/monitor`;

export const joinSubnet = "Microsoft.Network/virtualNetworks/subnets/join/action";

/** Azure names the actions of all resources alike: updating is writing. */
export function azure(ownType: string, source: string, joins: readonly string[] = []): Permissions {
  return {
    create: [`${ownType}/write`, ...joins],
    read: [`${ownType}/read`],
    update: [`${ownType}/write`, ...joins],
    delete: [`${ownType}/delete`],
    source,
  };
}
