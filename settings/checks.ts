import { checkAlarmEmails } from "./alarmChecks";
import {
  checkClients,
  checkClientsApart,
  checkJoinedGatewaySubnet,
  checkJoining,
  checkNetworksNamed,
  checkSpokes,
  checkSubscriptions,
} from "./joinChecks";
import { checkAwsRoom, checkAzureAddresses, checkNetworksApart, checkZonesInRegion } from "./networkChecks";
import type { Problem } from "./problem";
import { checkBucketPolicies, checkEndpointPolicy, checkExemptPrincipals, checkLocks } from "./s3Checks";
import type { GivenSettings } from "./schema";
import { checkAsns, checkInsideCidrs, checkSkuServesTopology, checkUnusedTunnels } from "./vpnChecks";

/** What settings that are right each by itself get wrong together. A check whose settings are not all there finds nothing. */
export function checkSettings(given: Partial<GivenSettings>): readonly Problem[] {
  return [
    checkNetworksNamed,
    checkJoining,
    checkSubscriptions,
    checkSpokes,
    checkClients,
    checkClientsApart,
    checkJoinedGatewaySubnet,
    checkNetworksApart,
    checkAzureAddresses,
    checkZonesInRegion,
    checkAwsRoom,
    checkSkuServesTopology,
    checkAsns,
    checkInsideCidrs,
    checkUnusedTunnels,
    checkAlarmEmails,
    checkEndpointPolicy,
    checkBucketPolicies,
    checkExemptPrincipals,
    checkLocks,
  ].flatMap((check) => check(given));
}
