import type { CloudType } from "./model";

export const awsLogs: Readonly<Record<string, CloudType>> = {};
