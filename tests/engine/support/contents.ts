import type { SimulatedClouds } from "../../../rehearsal/clouds/clouds";
import { awsTypes } from "../../../rehearsal/model/resourceTypes";

interface Holder {
  readonly clouds: SimulatedClouds;
}

/** What no bucket with contents may be without, in the order in which the program sets it. */
const guards = [
  awsTypes.bucketPublicAccessBlock,
  awsTypes.bucketOwnershipControls,
  awsTypes.bucketVersioning,
  awsTypes.bucketServerSideEncryptionConfiguration,
  awsTypes.bucketPolicy,
];

const puts = "an object that no state knows";

/** Puts an object into every bucket of this name of the program's, the replaced ones too: a client or AWS has written it. */
export function fill({ clouds }: Holder, name: string): void {
  const buckets = clouds.all(awsTypes.bucket).filter((bucket) => bucket.name === name);
  if (buckets.length === 0) throw new Error(`there is no ${name}`);
  for (const { id } of buckets) {
    const inputs = { bucket: id, key: "written" };
    const object = { id: `${id}/written`, type: awsTypes.bucketObjectv2, inputs, outputs: inputs };
    clouds.put({ urn: puts, name: puts, ...object });
  }
}

/** Takes all of those away again. */
export function empty({ clouds }: Holder): void {
  for (const { id, type } of clouds.resources().filter(({ urn }) => urn === puts)) clouds.remove(type, id);
}

/** Which guard each bucket with contents is without, in words. */
export function openBuckets({ clouds }: Holder): readonly string[] {
  const full = new Set(clouds.all(awsTypes.bucketObjectv2).map(({ inputs }) => inputs["bucket"]));
  return clouds
    .all(awsTypes.bucket)
    .filter(({ id }) => full.has(id))
    .flatMap(({ id, name }) =>
      guards.flatMap((type) => (clouds.find(type, id) === undefined ? [`${name} has no ${type}`] : [])),
    );
}
