import type { CloudType } from "./model";

export const azureVpn: Readonly<Record<string, CloudType>> = {};
