import type { Rule } from "./rule";
import { watchedLinks } from "./rules/alarms";
import { guardedBuckets } from "./rules/bucketCompanions";
import {
  confinedServices,
  dataInsidePerimeter,
  limitedReaders,
  namedPrincipals,
  tlsOnlyBuckets,
} from "./rules/bucketPolicies";
import { encryptedBuckets, keptBuckets, noPublicBuckets, versionedBuckets } from "./rules/buckets";
import { limitedEndpoints, noPrivateDns } from "./rules/endpoints";
import { keysForReadersOnly, usersWithoutRights } from "./rules/identities";
import { nothingOfOthers } from "./rules/joined";
import { noBasicGateway, pinnedIpsec, strongIpsec } from "./rules/ipsec";
import { hardenedMachines, hiddenMachineSecrets } from "./rules/machines";
import { finalDenials, noOpenIngress, privateNetworks } from "./rules/networks";
import { promisedAccess } from "./rules/promisedAccess";
import { keptRecords } from "./rules/records";
import { requiredTags } from "./rules/tags";
import { encryptedTunnelKeys, generatedTunnelKeys, secretTunnelKeys } from "./rules/tunnelKeys";
import { loggedTunnels } from "./rules/watching";

/** All of them, in the order of docs/policy.md. */
export const rules: readonly Rule[] = [
  noPublicBuckets,
  guardedBuckets,
  tlsOnlyBuckets,
  namedPrincipals,
  confinedServices,
  dataInsidePerimeter,
  limitedReaders,
  promisedAccess,
  versionedBuckets,
  encryptedBuckets,
  keptBuckets,
  limitedEndpoints,
  noPrivateDns,
  noOpenIngress,
  finalDenials,
  privateNetworks,
  nothingOfOthers,
  strongIpsec,
  pinnedIpsec,
  noBasicGateway,
  secretTunnelKeys,
  encryptedTunnelKeys,
  generatedTunnelKeys,
  hiddenMachineSecrets,
  hardenedMachines,
  loggedTunnels,
  watchedLinks,
  keptRecords,
  usersWithoutRights,
  keysForReadersOnly,
  requiredTags,
];
