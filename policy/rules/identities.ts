import { readerComponent } from "../organisation";
import type { Check, ResourceRule, StackResource, StackRule } from "../rule";
import { text } from "../values";

const grantsRights: Check = () => [
  "it gives an IAM user rights of its own, which are valid from anywhere; grant them in the bucket's policy, through the endpoint",
];

const opensConsole: Check = () => ["it gives an IAM user a password for the console; remove it"];

export const usersWithoutRights: ResourceRule = {
  kind: "resource",
  name: "users-without-rights",
  description: "An IAM user has only the rights that a bucket grants it through the endpoint.",
  checks: {
    "aws:iam/userPolicy:UserPolicy": grantsRights,
    "aws:iam/userPolicyAttachment:UserPolicyAttachment": grantsRights,
    "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": grantsRights,
    "aws:iam/policyAttachment:PolicyAttachment": grantsRights,
    "aws:iam/userGroupMembership:UserGroupMembership": grantsRights,
    "aws:iam/groupMembership:GroupMembership": grantsRights,
    "aws:iam/userLoginProfile:UserLoginProfile": opensConsole,
  },
};

const accessKey = "aws:iam/accessKey:AccessKey";

export const keysForReadersOnly: StackRule = {
  kind: "stack",
  name: "keys-for-readers-only",
  description: "Access keys, which are valid until somebody revokes them, are for the buckets' readers only.",
  check: (resources) =>
    resources
      .filter((resource) => resource.type === accessKey && !isReaders(resource, resources))
      .map(({ urn }) => ({
        urn,
        says: "its user is not a reader of a PrivateLinkBucket; let people and programs assume a role instead",
      })),
};

function isReaders(key: StackResource, resources: readonly StackResource[]): boolean {
  const origins = key.madeOf["user"] ?? [];
  const name = origins.length > 0 ? undefined : text(key.props, "user");
  return resources
    .filter((user) => user.type === "aws:iam/user:User" && user.parentType === readerComponent)
    .some((user) => origins.includes(user.urn) || (name !== undefined && text(user.props, "name") === name));
}
