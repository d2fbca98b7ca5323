import type { CloudType } from "./model";

export const azureNetwork: Readonly<Record<string, CloudType>> = {};
