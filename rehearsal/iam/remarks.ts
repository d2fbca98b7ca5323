import { like } from "./conditions";
import type { Policy } from "./evaluator";
import { deletedKind } from "./principals";
import { bucketActions, objectActions, otherActions, s3ActionsDate } from "./s3Actions";

/** Something in a policy that is wrong whoever calls, or that cannot be judged. */
export interface Remark {
  readonly outcome: "broken" | "not judged";
  readonly problem: string;
  readonly fix: string;
}

const known = [...bucketActions, ...objectActions, ...otherActions].map((action) => action.toLowerCase());

/** Principals that no longer exist, and actions that S3 does not have. */
export function remarksOn(policy: Policy): readonly Remark[] {
  return policy.statements.flatMap(({ sid, principals = [], actions, exceptActions = [] }) => [
    ...principals.flatMap((stated): Remark[] => {
      const kind = deletedKind(stated);
      if (kind === undefined) return [];
      return [
        {
          outcome: "broken",
          problem: `${sid} of the ${policy.kind} policy names ${stated}: AWS shows this id where the ${kind} was deleted. One made again under the same name is another ${kind}, and the statement does not mean it`,
          fix: `name the ${kind}'s ARN again, or remove the statement`,
        },
      ];
    }),
    ...[...actions, ...exceptActions].filter(isStrange).map((action): Remark => ({
      outcome: "not judged",
      problem: `${sid} of the ${policy.kind} policy names the action ${action}, and AWS's list of ${s3ActionsDate} has none of S3 like it`,
      fix: "correct its name; if AWS has added it since, add it to rehearsal/iam/s3Actions.ts",
    })),
  ]);
}

/** Other services' actions never reach a bucket; a star alone, and a star for the service, mean some of S3's. */
function isStrange(action: string): boolean {
  const [service = ""] = action.split(":");
  if (action !== "*" && !/[*?]/.test(service) && service !== "s3") return false;
  return !known.some((one) => like(action, one));
}
