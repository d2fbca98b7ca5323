import type { CloudType } from "./model";

export const awsVpn: Readonly<Record<string, CloudType>> = {};
