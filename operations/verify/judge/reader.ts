import type { StackOutputs } from "../../../outputs";
import { isGone } from "../facts/answer";
import type { AwsFacts } from "../facts/aws";
import { accountOf, nameOf } from "../facts/ids";
import { finding, findingsOn } from "./findings";
import { type Judgement, read } from "./judgement";

/** The reader: one user, one key, no password, no rights of its own. Other users and sessions are the account's. */
export function* judgeReader(outputs: StackOutputs, { caller, reader }: AwsFacts): Judgement {
  const account = accountOf(outputs);
  // In another account nothing of the stack is found; saying so once is enough.
  if (caller.account !== account) {
    const says = `verify is signed in as ${caller.arn}, and the stack is in account ${account}`;
    yield finding("wrong-account", caller.account, says);
    return;
  }
  const name = nameOf(outputs.readerArn);
  const found = findingsOn(name);
  const user = yield* read(reader.user, found("reader-missing", "IAM has no user of this name"));
  if (isGone(reader.user)) return;
  const keys = yield* read(reader.keys);
  const id = outputs.readerAccessKeyId;
  const key = keys?.find((one) => one.id === id);
  if (keys !== undefined && key?.active !== true)
    yield found("reader-key-gone", `its key ${id} is ${key === undefined ? "gone" : "inactive"}`);
  const others = (keys ?? [])
    .filter((one) => one.id !== id)
    .map((one) => `${one.id}${one.active ? "" : " (inactive)"}`);
  if (others.length > 0) yield found("reader-has-more-keys", `it also has ${others.join(", ")}`);
  const password = yield* read(reader.password, "all right");
  if (password !== undefined)
    yield found(
      "reader-has-password",
      `it may sign in to the console since ${password.since ?? "some time"}`,
    );
  if (user?.boundary !== undefined)
    yield found("reader-has-boundary", `its permissions boundary is ${user.boundary}`);
  const rights = [
    ...((yield* read(reader.inlinePolicies)) ?? []).map((policy) => `the inline policy ${policy}`),
    ...((yield* read(reader.attachedPolicies)) ?? []).map((policy) => `the policy ${policy}`),
    ...((yield* read(reader.groups)) ?? []).map((group) => `the group ${group}`),
  ];
  if (rights.length > 0) yield found("reader-has-rights", `it has ${rights.join(", ")}`);
}
