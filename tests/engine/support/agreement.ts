import { cloudTypes } from "../../../rehearsal/clouds/cloudTypes";
import { awsTypes } from "../../../rehearsal/model/resourceTypes";
import type { EngineStack } from "./engineStack";

/** Where the engine's state and the clouds differ, in words; nothing where they agree. */
export function disagreements({ state, clouds }: Pick<EngineStack, "state" | "clouds">): readonly string[] {
  const known = state.resources.filter(({ custom, type }) => custom && isLive(type));
  // Deleted before it is replaced: the engine remembers it until there is another.
  const believed = known.filter((resource) => resource.pendingReplacement !== true);
  const inState = believed.map(({ type, id }) => `${type} ${id}`);
  const inCloud = clouds.resources().map(({ type, id }) => `${type} ${id}`);
  const guards = clouds
    .resources()
    .filter(({ type, id }) => guardTypes.includes(type) && inCloud.includes(`${awsTypes.bucket} ${id}`));
  // Left on a bucket that is still there: they go with it, and the next up takes them over again.
  const left = guards.map(({ type, id }) => `${type} ${id}`);
  return [
    ...inCloud.filter((key) => !inState.includes(key) && !left.includes(key)).map((key) => `orphan: ${key}`),
    ...inState.filter((key) => !inCloud.includes(key)).map((key) => `not in the cloud: ${key}`),
    ...inState
      .filter((key, place) => inState.indexOf(key) !== place)
      .map((key) => `twice in the state: ${key}`),
    ...believed
      .filter(({ initErrors }) => (initErrors ?? []).length > 0)
      .map(({ urn }) => `half made: ${urn}`),
    ...believed.filter((resource) => resource.delete === true).map(({ urn }) => `left to delete: ${urn}`),
    ...known.filter((one) => one.pendingReplacement === true).map(({ urn }) => `left to replace: ${urn}`),
    ...state.pending.map(({ type, resource }) => `pending: ${type} ${resource.urn}`),
  ];
}

/** What keeps a bucket closed, and has its name as its id. */
const guardTypes: readonly string[] = [
  awsTypes.bucketPolicy,
  awsTypes.bucketPublicAccessBlock,
  awsTypes.bucketOwnershipControls,
  awsTypes.bucketVersioning,
  awsTypes.bucketServerSideEncryptionConfiguration,
];

/** What lives in the clouds, without its ids: equal for two deployments of the same settings. */
export function inventory({ clouds }: Pick<EngineStack, "clouds">): readonly string[] {
  return clouds
    .resources()
    .map(({ type, name }) => `${type} ${name}`)
    .sort();
}

/** Providers, and what lives in the state alone, are nowhere in the clouds. */
function isLive(type: string): boolean {
  return cloudTypes[type] !== undefined && cloudTypes[type].stateOnly !== true;
}
