/** How many days every log of the link is kept, in either cloud. */
export const logRetentionDays = 90;
