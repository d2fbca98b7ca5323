import type { StackOutputs } from "../../../outputs";
import type { Facts } from "../facts/facts";
import type { Access } from "./access";
import { collectAws } from "./aws";
import { collectAzure, defaultAzureAccess } from "./azure";
import { collectClient } from "./client";

/** Milliseconds. Long enough for a slow answer, short enough for someone who waits. */
const timeouts = { connectionTimeout: 5_000, requestTimeout: 20_000 };

/** Collects the facts of both clouds and of the endpoint, all at the same time. */
export async function collectFacts(outputs: StackOutputs, access: Access): Promise<Facts> {
  const asAws = { region: outputs.awsRegion, requestHandler: timeouts, ...access.aws };
  const [aws, azure, client] = await Promise.all([
    collectAws(asAws, outputs),
    collectAzure(access.azure ?? defaultAzureAccess(), outputs),
    collectClient(asAws, outputs),
  ]);
  return { aws, azure, client };
}
