import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import { getSessionContext } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { callerOf, noticeFor, type Caller, type Exempt } from "./deployers";

/**
 * Stops an update by somebody whom the perimeter would keep out, before the first resource. A preview goes on: it
 * touches nothing, and whoever reviews a change must not need a deployer's rights.
 */
export async function checkDeployer(
  args: Exempt & { readonly perimeter: "allow" | "enforced" },
): Promise<void> {
  if (args.perimeter === "allow") return;
  const notice = noticeFor(await findCaller(), args);
  switch (notice.kind) {
    case "none":
      return;
    case "name-the-deployers":
      await pulumi.log.info(notice.text);
      return;
    case "not-a-deployer":
      if (!pulumi.runtime.isDryRun()) throw new pulumi.RunError(`Nothing was touched: ${notice.text}`);
      await pulumi.log.info(`A preview only: an update would stop here. ${notice.text}`);
  }
}

/** Only IAM knows the path of a role, and a reviewer may lack iam:GetRole. */
async function findCaller(): Promise<Caller> {
  const { arn } = await getCallerIdentity();
  const caller = callerOf(arn);
  if (caller.path === "known") return caller;
  return getSessionContext({ arn }).then(
    ({ issuerArn }): Caller => ({ arn: issuerArn, path: "known" }),
    () => caller,
  );
}
