import type { CloudType } from "./model";

export const awsS3: Readonly<Record<string, CloudType>> = {};
