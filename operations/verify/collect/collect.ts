import type { StackOutputs } from "../../../outputs";
import type { Facts } from "../facts/facts";
import type { Access } from "./access";
import { collectAws } from "./aws";
import { collectAzure } from "./azure";
import { collectClient } from "./client";
import { watched } from "./destinations";
import { reach } from "./reach";
import { collectJoined, type SnapshotSource } from "./surroundings";

/** @see https://docs.aws.amazon.com/general/latest/gr/s3.html */
function publicS3Of(region: string): string {
  return `https://s3.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
}

/** Collects the facts of both clouds and of the endpoint, all at the same time. */
export async function collectFacts(
  outputs: StackOutputs,
  access: Access,
  source?: SnapshotSource,
): Promise<Facts> {
  const { asked, direct, azure: azureAccess } = reach(outputs.awsRegion, access);
  const publicS3 = access.publicS3 ?? publicS3Of(outputs.awsRegion);
  const own = [new URL(outputs.endpointUrl).host, new URL(publicS3).host];
  const { result, destinations } = await watched(
    () =>
      Promise.all([
        collectAws(asked, outputs),
        collectAzure(azureAccess, outputs),
        collectClient({ asked, direct, publicS3 }, outputs),
        source === undefined ? undefined : collectJoined(source, access),
      ]),
    own,
  );
  const [aws, azure, client, surroundings] = result;
  return { aws, azure, client, surroundings, destinations };
}
