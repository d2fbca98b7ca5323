import type { StackOutputs } from "../../../outputs";
import { type AwsAccess, askAws, timeouts } from "./aws";
import { askAzure, type AzureAccess, defaultAzureAccess } from "./azure";
import { askClient } from "./client";
import { judge, type Verdict } from "../judge/verdict";

/** How the clouds are reached; what is left out is as the SDKs' own environment says. */
export interface Access {
  readonly aws?: Partial<AwsAccess>;
  readonly azure?: AzureAccess;
}

/** Asks both clouds and the endpoint once, all at the same time, and judges the answers. */
export async function look(outputs: StackOutputs, access: Access = {}): Promise<Verdict> {
  const aws = { region: outputs.awsRegion, requestHandler: timeouts, ...access.aws };
  const [awsAnswer, azureAnswer, client] = await Promise.all([
    askAws(aws, outputs),
    askAzure(access.azure ?? defaultAzureAccess(), outputs),
    askClient(aws, outputs),
  ]);
  return judge(outputs, { aws: awsAnswer, azure: azureAnswer, client });
}
