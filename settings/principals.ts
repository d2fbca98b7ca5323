import { distinct, type Rule } from "./rule";

/** What `aws:PrincipalArn` holds for a caller: a user, a role (never one of its sessions), or the account's root. */
const principalForm = /^arn:aws:iam::\d{12}:(root|(user|role)\/[\w+=,.@/-]*[\w+=,.@-])$/;

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn */
export const principalRule: Rule<string> = (arn) => {
  if (principalForm.test(arn)) return [];
  if (/[*?]/.test(arn)) {
    return [
      {
        rule: "a wildcard would let more than named principals past the perimeter",
        fix: "list each user or role, as arn:aws:iam::123456789012:role/break-glass",
      },
    ];
  }
  const session = /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([^/]+)(\/.*)?$/.exec(arn);
  if (session !== null) {
    const [, partition = "", account = "", role = ""] = session;
    return [
      {
        rule: "it names one session of a role, and AWS compares the role",
        fix: `use arn:${partition}:iam::${account}:role/${role} (with the role's path, if it has one)`,
      },
    ];
  }
  if (/^arn:aws-[a-z-]+:/.test(arn)) {
    return [
      {
        rule: "it belongs to another partition of AWS, whose principals never call this one",
        fix: "use a principal whose ARN begins with arn:aws:",
      },
    ];
  }
  if (/^\d{12}$/.test(arn)) {
    return [
      {
        rule: "an account's number names no principal here",
        fix: `use arn:aws:iam::${arn}:root for its root user, or list its users and roles`,
      },
    ];
  }
  return [
    {
      rule: "it is not the ARN of an IAM user, an IAM role or an account's root",
      fix: "write it as arn:aws:iam::123456789012:role/break-glass",
    },
  ];
};

export const principalListRule: Rule<readonly string[]> = (arns) =>
  distinct(arns, () => ({ rule: "it is in the list already", fix: "list it once" }));
