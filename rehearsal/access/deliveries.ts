import { awsTypes } from "../model/resourceTypes";
import type { AskedCase } from "./report";
import type { JudgedBucket } from "./buckets";
import type { Verb } from "./actions";
import type { Estate } from "../estate/estate";
import { bucketName, targetOf } from "../estate/logDeliveries";
import { accessLogRequests, deliveryServices, flowLogRequests, type LogKind } from "../iam/logDelivery";
import { type AccessRequest, evaluate, type Principal } from "../iam/evaluator";

type ServicePrincipal = Extract<Principal, { readonly kind: "service" }>;

/** A call of a service, and in what it is not the delivery that it should be. */
interface Attempt {
  readonly how: string;
  readonly request: AccessRequest & { readonly principal: ServicePrincipal };
  readonly expected: boolean;
}

/** The services that deliver may do exactly that, where logs are to come; no other, and for nobody else's sake. */
export function deliveryCases(estate: Estate, bucket: JudgedBucket, accountId: string): readonly AskedCase[] {
  const policies = { bucket: bucket.policy, endpoint: undefined, identity: [] };
  return (["flow", "access"] as const)
    .flatMap((kind) => attemptsOf(estate, bucket, kind, accountId))
    .map(({ how, request, expected }) => {
      const { allowed, because } = evaluate(policies, request);
      return {
        bucket: bucket.name,
        caller: `${request.principal.name}${how}`,
        way: "internet",
        secure: request.secureTransport,
        verb: verbOf(request.action),
        action: request.action,
        allowed,
        because,
        expected,
        place: bucket.place,
        others: [],
        shown: false,
      };
    });
}

function attemptsOf(
  estate: Estate,
  bucket: JudgedBucket,
  kind: LogKind,
  accountId: string,
): readonly Attempt[] {
  const flows = estate.logDeliveries.filter((flow) => flow.kind === kind && flow.bucketName === bucket.name);
  const requests = flows.flatMap((flow) => requestsOf(estate, flow, bucket, accountId));
  if (requests.length > 0)
    return requests.flatMap((request) => [{ how: "", request, expected: true }, ...strayings(kind, request)]);
  // Where no such logs come, their service has no business.
  const idle = requestsOf(estate, { kind, source: undefined, prefix: `${kind}/` }, bucket, accountId);
  return idle.map((request) => ({ how: `, without any ${kind} logs,`, request, expected: false }));
}

function requestsOf(
  estate: Estate,
  flow: { readonly kind: LogKind; readonly source: string | undefined; readonly prefix: string },
  bucket: JudgedBucket,
  accountId: string,
): readonly Attempt["request"][] {
  const target = targetOf(flow, bucket.resource, accountId);
  const logged = estate.ofType(awsTypes.bucket).find((one) => bucketName(one) === flow.source);
  const requests =
    flow.kind === "flow"
      ? flowLogRequests(target)
      : accessLogRequests(target, `arn:aws:s3:::${logged === undefined ? "none" : bucketName(logged)}`);
  return requests.filter((request): request is Attempt["request"] => request.principal.kind === "service");
}

const stranger = "210987654321";

/** The same call with one thing about it that is not as the delivery would have it. */
function strayings(kind: LogKind, request: Attempt["request"]): readonly Attempt[] {
  const { principal, resource } = request;
  const bucketArn = resource.split("/")[0] ?? "";
  const stray = (how: string, changes: Partial<AccessRequest>): Attempt => ({
    how,
    request: { ...request, ...changes } as Attempt["request"],
    expected: false,
  });
  const as = (how: string, changes: Partial<ServicePrincipal>) =>
    stray(how, { principal: { ...principal, ...changes } });
  const puts = request.action === "s3:PutObject";
  const otherKind = kind === "flow" ? "access" : "flow";
  return [
    stray(", without TLS,", { secureTransport: false }),
    as(", for another account,", { sourceAccount: stranger }),
    as(", without a source account,", { sourceAccount: undefined }),
    as(" instead of the service", { name: "cloudtrail.amazonaws.com" }),
    as(" instead of the other service", { name: deliveryServices[otherKind] }),
    ...["s3:GetObject", "s3:DeleteObject", "s3:PutObjectAcl"].map((action) =>
      stray("", { action, resource: puts ? resource : `${bucketArn}/some/object` }),
    ),
    ...["s3:ListBucket", "s3:PutBucketPolicy"].map((action) => stray("", { action, resource: bucketArn })),
    ...(puts ? [stray(", elsewhere in the bucket,", { resource: `${bucketArn}/some/object` })] : []),
    ...(kind === "flow"
      ? [
          as(", for another's deliveries,", { sourceArn: `arn:aws:logs:us-east-1:${stranger}:delivery` }),
          as(", without a source ARN,", { sourceArn: undefined }),
        ]
      : []),
    // AWS puts a statement of its own beside one that asks for no ACL.
    ...(kind === "flow" && puts
      ? [stray(", with another ACL,", { acl: "public-read" }), withoutAcl(request)]
      : []),
  ];
}

function withoutAcl(request: Attempt["request"]): Attempt {
  const { principal, action, resource, ownerAccountId, secureTransport, through } = request;
  return {
    how: ", without an ACL,",
    request: { principal, action, resource, ownerAccountId, secureTransport, through },
    expected: false,
  };
}

function verbOf(action: string): Verb {
  if (action.startsWith("s3:Put") && action !== "s3:PutBucketPolicy") return "put";
  if (action.startsWith("s3:Delete")) return "delete";
  if (action === "s3:ListBucket") return "list";
  return action === "s3:GetObject" ? "get" : "configure";
}
