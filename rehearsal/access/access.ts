import type { Exempt, Surroundings } from "./surroundings";
import { aboutBucket, type JudgedBucket } from "./buckets";
import { deliveryCases } from "./deliveries";
import { casesOnce } from "./alike";
import { casesElsewhere, type casesOf } from "./judge";
import { accountOf, readerOf } from "./reader";
import type { AccessCase, AccessReport } from "./report";
import { clientRanges } from "../estate/clientNetworks";
import type { Estate } from "../estate/estate";
import { parsePolicy } from "../iam/document";
import type { Policy } from "../iam/evaluator";
import { deliveryServices } from "../iam/logDelivery";
import { remarksOn } from "../iam/remarks";
import type { RecordedResource } from "../model/recording";
import { awsTypes, type ResourceType } from "../model/resourceTypes";
import { isTrue, text } from "../model/values";

/** An administrator's way in where the perimeter is not enforced, in one sentence. */
export const administratorsGetIn =
  "Inside the bucket's own account an administrator's policy suffices, from anywhere; perimeter: enforced keeps administrators out.";

/** The same way where it is enforced: it guards the data, and no logs. */
export const administratorsGetLogs =
  "An administrator of the account gets into the log bucket, from anywhere; perimeter: enforced guards the data alone.";

export interface AccessOptions {
  /** Whether somebody else's buckets are asked about as well, to which data could leave: they are by default. */
  readonly elsewhere?: boolean;
  /** What answers for one bucket; by default buckets that are alike are asked about once. */
  readonly casesOf?: typeof casesOf;
}

/** Everybody, by every way, to do everything, with every bucket. */
export function judgeAccess(
  estate: Estate,
  exempt: Exempt,
  { elsewhere = true, casesOf = casesOnce() }: AccessOptions = {},
): AccessReport {
  const perimeter = perimeterOf(estate);
  const problems: { place: string; problem: string }[] = [];
  const remarks: AccessReport["remarks"][number][] = [];
  const read = (kind: Policy["kind"], resource: RecordedResource | undefined): Policy | undefined => {
    const json = text(resource?.inputs, "policy");
    if (resource === undefined || json === undefined) return undefined;
    try {
      const policy = parsePolicy(kind, json);
      remarks.push(...remarksOn(policy).map((remark) => ({ ...remark, place: resource.urn })));
      return policy;
    } catch (error) {
      problems.push({ place: resource.urn, problem: error instanceof Error ? error.message : String(error) });
      return { kind, statements: [] };
    }
  };
  const surroundings = surroundingsOf(estate, exempt, read("endpoint", estate.link.endpoint?.resource));
  const cases = estate.ofType(awsTypes.bucket).flatMap((resource) => {
    const policyResource = estate.ofBucket(awsTypes.bucketPolicy, nameOf(resource))[0];
    const bucket = {
      ...bucketOf(estate, resource, surroundings.endpointPolicy),
      policy: read("bucket", policyResource),
      place: (policyResource ?? resource).urn,
    };
    // What keeps data in is no matter of logs.
    const judged: JudgedBucket =
      bucket.holds === "logs"
        ? { ...bucket, perimeter: "allow", presignedUrlMinutes: undefined }
        : { ...bucket, perimeter, presignedUrlMinutes: presignedUrlMinutesOf(estate) };
    const cases = casesOf(judged, surroundings);
    return judged.holds === "data"
      ? cases
      : [...cases, ...deliveryCases(estate, judged, resource, surroundings)];
  });
  const asksElsewhere = elsewhere && estate.ofType(awsTypes.bucket).length > 0;
  const all = asksElsewhere ? [...cases, ...casesElsewhere(surroundings)] : cases;
  const unread = problems.map(({ place }) => place);
  const judged = unread.length === 0 ? all : all.map((one) => withoutUnread(one, unread));
  return { perimeter, cases: judged, problems, remarks: [...remarks, ...openRemarks(judged)] };
}

/** A policy that could not be read may say anything. */
function withoutUnread(one: AccessCase, unread: readonly string[]): AccessCase {
  return [one.place, ...one.others].some((urn) => unread.includes(urn))
    ? { ...one, outcome: "not judged" }
    : one;
}

/** What depends on something that nobody here knows, said once for each policy. */
function openRemarks(cases: AccessReport["cases"]): AccessReport["remarks"] {
  const open = cases.filter((one) => one.open);
  const said = new Map(open.map(({ place, because }) => [`${place} ${because}`, { place, because }]));
  return [...said.values()].map(({ place, because }) => ({
    outcome: "not judged",
    place,
    problem: `who gets in is not known: ${because}`,
    fix: "name accounts or principals instead of the organisation",
  }));
}

/** What the stack says of its perimeter. */
function perimeterOf(estate: Estate): AccessReport["perimeter"] {
  const stated = estate.outputs["perimeter"];
  return stated === "allow" || stated === "enforced" ? stated : undefined;
}

function presignedUrlMinutesOf(estate: Estate): number | undefined {
  const stated = estate.outputs["presignedUrlMinutes"];
  return typeof stated === "number" ? stated : undefined;
}

function surroundingsOf(estate: Estate, exempt: Exempt, endpointPolicy: Policy | undefined): Surroundings {
  const { endpoint } = estate.link;
  const readerArn = readerOf(estate);
  const known = readerArn ?? exempt.deployer;
  return {
    readerArn,
    exempt,
    ownerAccountId: accountOf(known),
    partition: known.split(":")[1] ?? "aws",
    endpoint:
      endpoint === undefined
        ? undefined
        : {
            endpointId: endpoint.resource.id,
            vpcId: endpoint.vpcId ?? "",
            clientNetworks: clientRanges(estate),
            place: endpoint.resource.urn,
          },
    endpointPolicy,
    bucketArns: new Set(estate.ofType(awsTypes.bucket).map(arnOf)),
  };
}

function bucketOf(
  estate: Estate,
  resource: RecordedResource,
  endpointPolicy: Policy | undefined,
): Omit<JudgedBucket, "policy" | "place" | "perimeter" | "presignedUrlMinutes"> {
  const name = nameOf(resource);
  const settingOf = (type: ResourceType) => estate.ofBucket(type, name)[0];
  const promised = Object.values(estate.outputs["buckets"] ?? {}) as readonly unknown[];
  const arn = arnOf(resource);
  return {
    name,
    arn,
    holds: estate.logBuckets.includes(resource) ? "logs" : "data",
    deliverers: estate.logDeliveries
      .filter(({ bucketName }) => bucketName === name)
      .map(({ kind }) => deliveryServices[kind]),
    access: promised.map(asPromise).find((entry) => entry.bucketName === name)?.access,
    restricted: isTrue(settingOf(awsTypes.bucketPublicAccessBlock)?.inputs, "restrictPublicBuckets"),
    endpointPolicy: aboutBucket(endpointPolicy, arn),
  };
}

function nameOf(bucket: RecordedResource): string {
  return text(bucket.outputs, "bucket") ?? bucket.id;
}

function arnOf(bucket: RecordedResource): string {
  return text(bucket.outputs, "arn") ?? `arn:aws:s3:::${nameOf(bucket)}`;
}

function asPromise(value: unknown): { bucketName?: string; access?: "read" | "readWrite" } {
  return typeof value === "object" && value !== null ? value : {};
}
