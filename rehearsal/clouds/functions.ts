import type { CloudFunction } from "./model";

/** The functions that the simulated clouds answer; any other is refused. */
export const cloudFunctions: Readonly<Record<string, CloudFunction>> = {
  // The provider logs in as an IAM user of the account: the simplest deployer there is.
  "aws:index/getCallerIdentity:getCallerIdentity": (_args, { accountId }) => ({
    accountId,
    arn: `arn:aws:iam::${accountId}:user/deployer`,
    id: accountId,
    userId: "AIDAEXAMPLEDEPLOYER00",
  }),
  // https://www.pulumi.com/registry/packages/aws/api-docs/iam/getsessioncontext/: of a user's ARN, the issuer is the user itself.
  "aws:iam/getSessionContext:getSessionContext": ({ arn = "" }) => ({
    arn,
    id: arn,
    issuerArn: arn,
    issuerId: "",
    issuerName: "",
    sessionName: "",
  }),
};
