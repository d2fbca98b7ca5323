import type { StackOutputs } from "../../../outputs";
import { isGone, known } from "../facts/answer";
import type { AwsFacts } from "../facts/aws";
import { finding, type Finding } from "./findings";
import { accountOf } from "./policies";

/** The reader: one user, one active key, no rights of its own. */
export function judgeReader(outputs: StackOutputs, { caller, reader }: AwsFacts): readonly Finding[] {
  const account = accountOf(outputs);
  // In another account nothing of the stack is found; saying so once is enough.
  if (caller.account !== account)
    return [
      finding("wrong-account", caller.account, `${caller.arn} asks, and the stack is in account ${account}`),
    ];
  const name = outputs.readerArn.slice(outputs.readerArn.lastIndexOf("/") + 1);
  if (isGone(reader.user)) return [finding("reader-missing", name, "IAM has no user of this name")];
  const findings: Finding[] = [];
  const keys = known(reader.keys) ?? [];
  const key = keys.find(({ id }) => id === outputs.readerAccessKeyId);
  if (known(reader.keys) !== undefined && key?.active !== true)
    findings.push(
      finding(
        "reader-key-gone",
        name,
        `its key ${outputs.readerAccessKeyId} is ${key === undefined ? "gone" : "inactive"}`,
      ),
    );
  const others = keys.filter(({ id, active }) => active && id !== outputs.readerAccessKeyId);
  if (others.length > 0)
    findings.push(
      finding("reader-has-more-keys", name, `it also has ${others.map(({ id }) => id).join(", ")}`),
    );
  const rights = [
    ...(known(reader.inlinePolicies) ?? []).map((policy) => `the inline policy ${policy}`),
    ...(known(reader.attachedPolicies) ?? []).map((policy) => `the policy ${policy}`),
    ...(known(reader.groups) ?? []).map((group) => `the group ${group}`),
  ];
  if (rights.length > 0) findings.push(finding("reader-has-rights", name, `it has ${rights.join(", ")}`));
  return findings;
}
