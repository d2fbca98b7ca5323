import type { Estate } from "../estate/estate";
import { awsTypes } from "../model/resourceTypes";
import { text } from "../model/values";

/** The ARN of the IAM user that holds the access key of this stack. */
export function readerOf(estate: Estate): string | undefined {
  const names = estate.ofType(awsTypes.accessKey).map((key) => text(key.inputs, "user"));
  const [reader] = estate.ofType(awsTypes.user).filter((user) => names.includes(text(user.outputs, "name")));
  return text(reader?.outputs, "arn");
}

export function accountOf(arn: string): string {
  return arn.split(":")[4] ?? "";
}
