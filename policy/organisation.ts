/** What an organisation decides for itself. Change it here, raise the pack's version, and publish. */

/** Stacks to try things out in, which hold no data that matters: `dev`, `dev-anna`, `test`, `test-42`. */
const developmentStacks = /^(dev|test)(-.+)?$/;

/** Anything else is production as far as the rules go: a stack must not escape them by its name. */
export function isDevelopment(stack: string): boolean {
  return developmentStacks.test(stack);
}

/** Tags that costs and searches go by. */
export const tagsEverywhere = ["project", "stack"] as const;

/** Who is asked at night, and whether it may wait until morning. */
export const tagsOutsideDevelopment = ["environment", "owner"] as const;

/** In days: an incident is often found a quarter later. */
export const logRetentionDays = 90;

/** The component whose IAM user may hold an access key. */
export const readerComponent = "azure-s3-privatelink:s3access:PrivateLinkBucket";
