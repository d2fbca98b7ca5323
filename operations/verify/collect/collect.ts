import type { StackOutputs } from "../../../outputs";
import type { Facts } from "../facts/facts";
import type { Access } from "./access";
import { collectAws } from "./aws";
import { collectAzure } from "./azure";
import { azureSignIn } from "./azureSignIn";
import { collectClient } from "./client";
import { watched } from "./destinations";
import { azureOptions, proxyAgent } from "./proxy";

/** Milliseconds. Long enough for a slow answer, short enough for someone who waits. */
const timeouts = { connectionTimeout: 5_000, requestTimeout: 20_000 };

/** Neither exists for every service in every region, and an environment that asks for them is not asked about this. */
const standardNames = { useFipsEndpoint: false, useDualstackEndpoint: false };

/** @see https://docs.aws.amazon.com/general/latest/gr/s3.html */
function publicS3Of(region: string): string {
  return `https://s3.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
}

/** Collects the facts of both clouds and of the endpoint, all at the same time. */
export async function collectFacts(outputs: StackOutputs, access: Access): Promise<Facts> {
  const proxy = proxyAgent();
  const direct = { region: outputs.awsRegion, requestHandler: timeouts, ...standardNames, ...access.aws };
  const asked = { ...direct, requestHandler: { ...timeouts, ...(proxy && { httpsAgent: proxy }) } };
  const byProxy = proxy && azureOptions(proxy);
  const options = { ...access.azure?.options, ...byProxy };
  const credential = access.azure?.credential ?? azureSignIn(options);
  const publicS3 = access.publicS3 ?? publicS3Of(outputs.awsRegion);
  const own = [new URL(outputs.endpointUrl).host, new URL(publicS3).host];
  const { result, destinations } = await watched(
    () =>
      Promise.all([
        collectAws(asked, outputs),
        collectAzure({ credential, options }, outputs),
        collectClient({ asked, direct, publicS3 }, outputs),
      ]),
    own,
  );
  const [aws, azure, client] = result;
  return { aws, azure, client, destinations };
}
