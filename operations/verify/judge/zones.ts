import type { StackOutputs } from "../../../outputs";
import type { AwsFacts } from "../facts/aws";
import { finding } from "./findings";
import { type Judgement, read } from "./judgement";

/** Whether the account has every zone that the stack names, and S3's endpoints are offered there. */
export function* judgeZones(
  { awsNetwork }: StackOutputs,
  { zones, serviceZones }: Pick<AwsFacts, "zones" | "serviceZones">,
): Judgement {
  // `any`: AWS chose the zone.
  const named = Object.keys(awsNetwork.subnetIds).filter((zone) => zone !== "any");
  if (named.length === 0) return;
  const ofAccount = yield* read(zones);
  const ofService = yield* read(serviceZones);
  for (const zone of named)
    if (ofAccount?.includes(zone) === false)
      yield finding("zone-missing", zone, `this account has ${listed(ofAccount)}, and no zone ${zone}`);
    else if (ofService?.includes(zone) === false)
      yield finding(
        "zone-without-endpoints",
        zone,
        `S3 has interface endpoints in ${listed(ofService)}, and none in ${zone}`,
      );
}

function listed(zones: readonly string[]): string {
  return [...zones].sort().join(", ");
}
