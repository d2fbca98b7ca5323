import type { JudgedBucket } from "./buckets";
import { casesOf } from "./judge";
import type { AccessCase } from "./report";
import type { BucketSurroundings } from "./surroundings";

/**
 * As `casesOf`, and buckets that differ in nothing but their names are asked about once. It remembers its answers for as
 * long as the function lives, and gives all of them by default.
 */
export function casesOnce(wanted: (one: AccessCase) => boolean = () => true): typeof casesOf {
  const known = new Map<string, { readonly of: JudgedBucket; readonly cases: readonly AccessCase[] }>();
  return (bucket, surroundings) => {
    const ask = () => casesOf(bucket, surroundings).filter(wanted);
    if (!namesItselfOnly(bucket)) return ask();
    const key = keyOf(bucket, surroundings);
    const answered = known.get(key);
    if (answered === undefined) {
      const cases = ask();
      known.set(key, { of: bucket, cases });
      return cases;
    }
    const { of, cases } = answered;
    return cases.some((one) => tellsName(one, of)) ? ask() : cases.map((one) => renamed(one, of, bucket));
  };
}

/** Whether its policies speak of this bucket or of all, by no pattern that may mean one name and not another. */
function namesItselfOnly({ arn, policy, endpointPolicy }: JudgedBucket): boolean {
  return [policy, endpointPolicy].every((one) =>
    (one?.statements ?? []).every(({ resources, exceptResources = [] }) =>
      [...resources, ...exceptResources].every(
        (resource) => resource === "*" || resource === arn || resource.startsWith(`${arn}/`),
      ),
    ),
  );
}

/** Everything that decides, with one word for the bucket's own name. */
function keyOf(bucket: JudgedBucket, surroundings: BucketSurroundings): string {
  const { readerArn, exempt, endpoint, ownerAccountId, partition } = surroundings;
  const facts = { ...bucket, name: "", place: "" };
  return JSON.stringify([facts, { readerArn, exempt, endpoint, ownerAccountId, partition }]).replaceAll(
    bucket.arn,
    "arn of the bucket",
  );
}

/** Callers, ways and reasons are told in words, and a policy may have put the name there. */
function tellsName({ caller, via, because, key }: AccessCase, { name }: JudgedBucket): boolean {
  return [caller, via, because, key].some((words) => words?.includes(name));
}

function renamed(one: AccessCase, known: JudgedBucket, bucket: JudgedBucket): AccessCase {
  const place = (urn: string) => (urn === known.place ? bucket.place : urn);
  return { ...one, bucket: bucket.name, place: place(one.place), others: one.others.map(place) };
}
