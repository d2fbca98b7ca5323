import type { Policy } from "../iam/evaluator";
import type { Home } from "../iam/namedCallers";
import type { OwnEndpoint } from "../iam/namedWays";
import type { Intent } from "../model/intent";

/** Whoever an enforced perimeter exempts. */
export type Exempt = Pick<Intent, "deployer" | "trustedPrincipals">;

/** What surrounds the buckets of a stack, as plain facts: who reads, who is exempt, and the one endpoint. */
export interface Surroundings extends Home {
  readonly readerArn: string | undefined;
  readonly exempt: Exempt;
  readonly endpoint: (OwnEndpoint & { readonly place: string }) | undefined;
  readonly endpointPolicy: Policy | undefined;
  /** ARNs of all of them: any other is somebody else's. */
  readonly bucketArns: ReadonlySet<string>;
}

/** What of them decides about one bucket, which has its own part of the endpoint's policy. */
export type BucketSurroundings = Omit<Surroundings, "endpointPolicy" | "bucketArns">;
