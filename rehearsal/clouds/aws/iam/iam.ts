import { serviceActions } from "../serviceActions";
import { stringOf } from "../../seeds";

export const iamActions = serviceActions("awsidentityandaccessmanagementiam", "iam");
export const accessKeys = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html";

/** An id as IAM gives it, as `AIDA` and characters of base32. */
export function iamId(prefix: string, seed: string, length: number): string {
  return `${prefix}${stringOf(seed, length, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}`;
}
