import { cloudTypes } from "../../../rehearsal/clouds/cloudTypes";
import { awsTypes } from "../../../rehearsal/model/resourceTypes";
import type { EngineStack } from "./engineStack";

/** Where the engine's state and the clouds differ, in words; nothing where they agree, and others have what they had. */
export function disagreements({
  state,
  clouds,
  surroundings,
}: Pick<EngineStack, "state" | "clouds"> & Partial<Pick<EngineStack, "surroundings">>): readonly string[] {
  const ours = clouds.resources().filter(({ foreign }) => foreign !== true);
  const known = state.resources.filter(
    ({ custom, type, external }) => custom && isLive(type) && external !== true,
  );
  // Deleted before it is replaced: the engine remembers it until there is another.
  const believed = known.filter((resource) => resource.pendingReplacement !== true);
  const inState = believed.map(({ type, id }) => `${type} ${id}`);
  const inCloud = ours.map(({ type, id }) => `${type} ${id}`);
  const guards = ours.filter(
    ({ type, id }) => guardTypes.includes(type) && inCloud.includes(`${awsTypes.bucket} ${id}`),
  );
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
    ...(surroundings === undefined || surroundings === surroundingsOf(clouds)
      ? []
      : ["others have something else"]),
    ...state.pending.map(({ type, resource }) => `pending: ${type} ${resource.urn}`),
  ];
}

/** All that others own in the clouds, byte for byte. */
export function surroundingsOf(clouds: EngineStack["clouds"]): string {
  return JSON.stringify(clouds.resources().filter(({ foreign }) => foreign === true));
}

/** What is set on a bucket and stays on it: what keeps it closed, and what its logs need. Each has its name as its id. */
const guardTypes: readonly string[] = [
  awsTypes.bucketPolicy,
  awsTypes.bucketPublicAccessBlock,
  awsTypes.bucketOwnershipControls,
  awsTypes.bucketVersioning,
  awsTypes.bucketServerSideEncryptionConfiguration,
  awsTypes.bucketLogging,
  awsTypes.bucketLifecycleConfiguration,
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
