import type { CloudType } from "./model";

export const awsVpc: Readonly<Record<string, CloudType>> = {};
