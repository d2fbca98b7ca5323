import { judgeAccess } from "../../rehearsal/access/access";
import type { AccessCase, AccessReport } from "../../rehearsal/access/report";
import { readerComponent } from "../organisation";
import type { Problem, StackResource, StackRule } from "../rule";
import { estateOf } from "../stackAsRun";
import { at, isProps, text, texts, type Props } from "../values";

/**
 * What the stack promises stands in its outputs: which bucket is read or written, and whom the perimeter exempts. Who reads,
 * the endpoint, and where logs come are among its resources.
 */
export const promisedAccess: StackRule = {
  kind: "stack",
  name: "promised-access",
  description:
    "The readers of a PrivateLinkBucket, the principals that the stack trusts and the services that deliver its logs have exactly the access that the stack's outputs promise, and nobody else has any.",
  check: (resources) => {
    const outputs = resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.props ?? {};
    if (!resources.some(({ type }) => type === readerComponent)) return [];
    const report = judgeAccess(estateOf(promised(resources, outputs), outputs), exemptIn(outputs, resources));
    return problemsOf(report);
  },
};

/** Without the buckets of somebody else's making: who may use those, no output says. */
function promised(resources: readonly StackResource[], outputs: Props): readonly StackResource[] {
  const buckets = at(outputs, "buckets");
  const names = isProps(buckets)
    ? Object.values(buckets).map((one) => (isProps(one) ? text(one, "bucketName") : undefined))
    : [];
  names.push(text(outputs, "logBucketName"));
  return resources.filter(
    ({ type, props }) => type !== "aws:s3/bucket:Bucket" || names.includes(text(props, "bucket")),
  );
}

/** With no perimeter nobody has to be exempt from it: then any role of the account stands for those who deploy. */
function exemptIn(outputs: Props, resources: readonly StackResource[]) {
  const user = resources.find(({ type, props }) => type === "aws:iam/user:User" && text(props, "arn"));
  const account =
    text(user?.props ?? {}, "arn")
      ?.split("/")[0]
      ?.replace(/user$/, "") ?? "";
  const [deployer = `${account}role/deployer`, ...trustedPrincipals] = texts(outputs["exemptPrincipals"]);
  return { deployer, trustedPrincipals };
}

function problemsOf({ cases, problems, remarks }: AccessReport): readonly Problem[] {
  const wrong = new Map<string, AccessCase[]>();
  for (const one of cases.filter(({ outcome }) => outcome === "broken"))
    wrong.set(one.place, [...(wrong.get(one.place) ?? []), one]);
  return [
    ...problems.map(({ place, problem }) => ({ urn: place, says: problem })),
    ...remarks.map(({ place, problem, fix }) => ({ urn: place, says: `${problem}; ${fix}` })),
    ...[...wrong].map(([urn, all]) => ({ urn, says: inWords(all) })),
  ];
}

const ways = {
  endpoint: "through the endpoint",
  "other endpoint": "through another endpoint",
  internet: "from the internet",
} as const;

/** Of whoever is let in or shut out against the promise, the first by name: what all policies decide before what one does. */
function inWords(all: readonly AccessCase[]): string {
  const [first] = [...all.filter(({ scope }) => scope === "all"), ...all];
  if (first === undefined) return "";
  const { caller, allowed, action, way, via, bucket, key, secure, because } = first;
  const object = key === undefined ? bucket : `${bucket}/${key}`;
  const tls = secure ? "" : " without TLS";
  const callers = new Set(all.map((one) => one.caller)).size - 1;
  const more = callers === 0 ? "" : ` (and ${callers} more callers)`;
  return `${caller} ${allowed ? "may" : "may not"} ${action} on ${object} ${via ?? ways[way]}${tls}: ${because}${more}; the stack promises otherwise, so correct the policy or the settings`;
}
