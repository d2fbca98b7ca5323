import { AccessKey, User } from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";

export interface ReaderArgs {
  readonly tags: Readonly<Record<string, string>>;
}

/** An IAM user without any policy, and its key: all that it may do is in the buckets' policies. */
export function createReader(
  name: string,
  args: ReaderArgs,
  child: pulumi.CustomResourceOptions,
): { readonly user: User; readonly accessKey: AccessKey } {
  const user = new User(`${name}-reader`, { tags: args.tags }, child);
  const accessKey = new AccessKey(`${name}-reader-key`, { user: user.name }, child);
  return { user, accessKey };
}
