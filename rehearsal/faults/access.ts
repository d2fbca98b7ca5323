import { type AccessOptions, judgeAccess } from "../access/access";
import { casesOnce } from "../access/alike";
import { type Estate, readEstate } from "../estate/estate";
import { bucketName } from "../estate/logDeliveries";
import type { RecordedResource, Recording } from "../model/recording";
import { awsTypes } from "../model/resourceTypes";
import { text } from "../model/values";
import type { Fault } from "./fault";

/** What the reader may no longer do without some resources, and what becomes allowed to anybody. */
export type AccessChange = (absent: readonly string[]) => Pick<Fault, "lost" | "opened">;

/**
 * What belongs to one bucket decides about that bucket alone: it is judged without the others, so that many buckets
 * take as long each as a few. Log buckets belong to all.
 */
export function accessChanges(recording: Recording, estate: Estate): AccessChange {
  const logBuckets = new Set(estate.logBuckets.map(bucketName));
  const casesOf = casesOnce(({ allowed }) => allowed);
  const allowed = (resources: readonly RecordedResource[], one: boolean) =>
    allowedIn({ ...recording, resources }, { elsewhere: !one, casesOf });
  const parts = new Map<string | undefined, RecordedResource[]>();
  const partOf = new Map<string, string>();
  for (const resource of recording.resources) {
    const part = bucketOf(resource);
    parts.set(part, [...(parts.get(part) ?? []), resource]);
    if (part !== undefined) partOf.set(resource.urn, part);
  }
  const shared = parts.get(undefined) ?? [];
  const known = new Map<string | undefined, ReadonlySet<string>>();
  return (absent) => {
    const [part = "", ...others] = new Set(absent.map((urn) => partOf.get(urn)));
    const bucket = others.length > 0 || part === "" || logBuckets.has(part) ? undefined : part;
    const resources = bucket === undefined ? recording.resources : [...shared, ...(parts.get(bucket) ?? [])];
    const before = known.get(bucket) ?? allowed(resources, bucket !== undefined);
    known.set(bucket, before);
    const left = resources.filter(({ urn }) => !absent.includes(urn));
    const now = allowed(left, bucket !== undefined);
    return {
      lost: [...before]
        .filter((entry) => !now.has(entry) && entry.startsWith(reader))
        .map((entry) => entry.slice(reader.length)),
      opened: [...now].filter((entry) => !before.has(entry)),
    };
  };
}

/** Name of the bucket that a resource is or sets something of. */
function bucketOf(resource: RecordedResource): string | undefined {
  return resource.type === awsTypes.bucket ? bucketName(resource) : text(resource.inputs, "bucket");
}

/** Nobody in particular: what the reader may do does not depend on who deploys. */
const anyDeployer = { deployer: "arn:aws:iam::123456789012:user/deployer", trustedPrincipals: [] };

const reader = "the reader: ";

function allowedIn(recording: Recording, options: AccessOptions): ReadonlySet<string> {
  const estate = readEstate(recording);
  const { cases } = judgeAccess(estate, anyDeployer, options);
  return new Set(
    cases
      // Nobody comes by an endpoint that is not there.
      .filter(({ allowed, way }) => allowed && (way !== "endpoint" || estate.aws.endpoints.length > 0))
      .map(
        (c) =>
          `${c.caller}: ${c.action} on ${c.bucket}${c.key === undefined ? "" : `/${c.key}`} by ${c.via ?? c.way}${c.secure ? "" : " without TLS"}`,
      ),
  );
}
