import type { Principal } from "../../../rehearsal/iam/evaluator";

/**
 * One policy that AWS publishes, shortened to its facts, and what its page says of requests under it. The pages were read
 * as AWS's public repositories have them (github.com/awsdocs), those of AWS China as docs.amazonaws.cn; today's may call
 * the buckets otherwise.
 */
export interface Example {
  readonly source: string;
  readonly bucket?: readonly object[];
  readonly endpoint?: readonly object[];
  /** The caller's own policy. */
  readonly identity?: readonly object[];
  readonly rows: readonly Row[];
}

export type Row =
  | { readonly kind: "decided"; readonly request: Request; readonly decision: Decision }
  /** The evaluator refuses the policy and names this part. */
  | { readonly kind: "not judged"; readonly names: string }
  /** What Block Public Access takes the bucket policy for. */
  | { readonly kind: "meaning"; readonly meaning: "public" | "not public" };

export type Decision = "allowed" | "denied";

export interface Request {
  readonly what: string;
  /** A user of the bucket's account, unless named. */
  readonly by?: Principal;
  /** With a policy that allows everything, beside the example's own. */
  readonly rights?: "everything";
  readonly action: string;
  /** A bucket, an object, or a whole ARN. */
  readonly on: string;
  readonly owner?: string;
  readonly acl?: string;
  readonly through?: {
    readonly endpointId: string;
    readonly vpcId: string;
    readonly sourceIp?: string;
  };
  readonly from?: string;
  readonly transport?: "http" | "https";
}

/** The account of the bucket, unless a request says otherwise. */
export const owner = "123456789012";

export const allow = (parts: object) => ({ Effect: "Allow", ...parts });
export const deny = (parts: object) => ({ Effect: "Deny", ...parts });
/** An Allow of a policy on a resource, for everybody. */
export const open = allow({ Principal: "*", Action: "*", Resource: "*" });
export const own = allow({ Action: "*", Resource: "*" });

export const arn = (...names: readonly string[]) => names.map((name) => `arn:aws:s3:::${name}`);

const row =
  (decision: Decision) =>
  (what: string, action: string, on: string, rest: Omit<Request, "what" | "action" | "on"> = {}): Row => ({
    kind: "decided",
    request: { what, action, on, ...rest },
    decision,
  });
export const allowed = row("allowed");
export const denied = row("denied");
export const notJudged = (names: string): readonly Row[] => [{ kind: "not judged", names }];

export const user = (account: string, name = "someone", organisation?: Organisation): Principal => ({
  kind: "user",
  arn: `arn:aws:iam::${account}:user/${name}`,
  accountId: account,
  organisation,
});

interface Organisation {
  readonly id: string;
  readonly path: string;
}

export const role = (account: string, name: string, session = "session"): Principal => ({
  kind: "role",
  arn: `arn:aws:iam::${account}:role/${name}`,
  accountId: account,
  session,
});

export const service = (
  name: string,
  source: { readonly sourceAccount?: string; readonly sourceArn?: string } = {},
): Principal => ({ kind: "service", name, sourceAccount: source.sourceAccount, sourceArn: source.sourceArn });

export const anonymous: Principal = { kind: "anonymous" };
