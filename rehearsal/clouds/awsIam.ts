import type { CloudType } from "./model";

export const awsIam: Readonly<Record<string, CloudType>> = {};
