import type { CloudFunction } from "./cloudType";

/** Who the provider logs in as: an IAM user of the account, the simplest deployer there is. */
export function deployer(accountId: string): string {
  return `arn:aws:iam::${accountId}:user/deployer`;
}

/** The provider functions that the simulated clouds have; any other is refused. */
export const cloudFunctions: Readonly<Record<string, CloudFunction>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": (_args, { accountId }) => ({
    accountId,
    arn: deployer(accountId),
    id: accountId,
    userId: "AIDAEXAMPLEDEPLOYER00",
  }),
  // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_session_context :
  // the issuer of an ARN other than that of an assumed role is the ARN itself.
  "aws:iam/getSessionContext:getSessionContext": ({ arn = "" }) => ({
    arn,
    id: arn,
    issuerArn: arn,
    issuerId: "",
    issuerName: "",
    sessionName: "",
  }),
};
