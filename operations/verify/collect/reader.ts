import {
  GetLoginProfileCommand,
  GetUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupsForUserCommand,
  ListUserPoliciesCommand,
} from "@aws-sdk/client-iam";
import type { AwsAccess } from "./access";
import { ask } from "./ask";
import type { ReaderFacts } from "../facts/aws";
import { nameOf } from "../facts/ids";

/** The reader's own rights and keys. */
export async function collectReader(access: AwsAccess, readerArn: string): Promise<ReaderFacts> {
  const iam = new IAMClient(access);
  const UserName = nameOf(readerArn);
  const [user, keys, password, inlinePolicies, attachedPolicies, groups] = await Promise.all([
    ask(`the IAM user ${UserName}`, "iam:GetUser", async () => {
      const { User } = await iam.send(new GetUserCommand({ UserName }));
      if (User === undefined) return undefined;
      return { arn: User.Arn ?? "", boundary: User.PermissionsBoundary?.PermissionsBoundaryArn };
    }),
    ask(`the keys of ${UserName}`, "iam:ListAccessKeys", async () => {
      const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName }));
      return AccessKeyMetadata.map((key) => ({ id: key.AccessKeyId ?? "", active: key.Status === "Active" }));
    }),
    ask(`the password of ${UserName}`, "iam:GetLoginProfile", async () => {
      const { LoginProfile } = await iam.send(new GetLoginProfileCommand({ UserName }));
      return LoginProfile === undefined ? undefined : { since: LoginProfile.CreateDate?.toISOString() };
    }),
    ask(`the inline policies of ${UserName}`, "iam:ListUserPolicies", async () => {
      const { PolicyNames = [] } = await iam.send(new ListUserPoliciesCommand({ UserName }));
      return PolicyNames;
    }),
    ask(`the attached policies of ${UserName}`, "iam:ListAttachedUserPolicies", async () => {
      const { AttachedPolicies = [] } = await iam.send(new ListAttachedUserPoliciesCommand({ UserName }));
      return AttachedPolicies.map(({ PolicyArn }) => PolicyArn ?? "");
    }),
    ask(`the groups of ${UserName}`, "iam:ListGroupsForUser", async () => {
      const { Groups = [] } = await iam.send(new ListGroupsForUserCommand({ UserName }));
      return Groups.map(({ GroupName }) => GroupName ?? "");
    }),
  ]);
  return { user, keys, password, inlinePolicies, attachedPolicies, groups };
}
