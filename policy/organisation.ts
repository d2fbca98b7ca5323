/** An organisation's own decisions. Change them here, raise the pack's version, and publish. */

/** Stacks for experiments, without data that matters: `dev`, `dev-anna`, `test`, `test-42`. */
const developmentStacks = /^(dev|test)(-.+)?$/;

/** Every other name counts as production, so that no stack escapes the rules by its name. */
export function isDevelopment(stack: string): boolean {
  return developmentStacks.test(stack);
}

/** Tags for costs and searches. */
export const tagsEverywhere = ["project", "stack"] as const;

/** Whom to call at night, and whether it can wait until morning. */
export const tagsOutsideDevelopment = ["environment", "owner"] as const;

/** In days: an incident is often found a quarter later. */
export const logRetentionDays = 90;

/** The component whose IAM user may hold an access key. */
export const readerComponent = "azure-s3-privatelink:s3access:PrivateLinkBucket";
