import { actionsByType } from "../../../docs/permissions/actions";
import type { StackResource } from "../../../docs/permissions/place";
import { isAws } from "../../../rehearsal/model/resourceTypes";
import { awsAction } from "./awsActions";
import { allows, type Question } from "./identityPolicy";
import { contextOf, partsIn, thingOf, type Home } from "./things";

export type Operation = "create" | "read" | "update" | "delete";

/** What AWS is asked where Pulumi does this to a resource of the stack, each with all that it takes part in. */
export async function questionsOf(
  operation: Operation,
  resource: StackResource,
  all: readonly StackResource[],
  home: Home,
): Promise<readonly Question[]> {
  if (!isAws(resource.type)) return [];
  const actions = actionsByType[resource.type]?.[operation] ?? [];
  const questions = await Promise.all(
    actions.map((action) => questionsAbout(action, operation, resource, all, home)),
  );
  return questions.flat();
}

/** The questions that the policy answers with no, as `ec2:DeleteVpc on ARN`. */
export function refused(
  policy: { readonly Statement: readonly object[] },
  questions: readonly Question[],
): readonly string[] {
  const no = questions.filter((question) => !allows(policy, question));
  return [...new Set(no.map(({ action, resource }) => `${action} on ${resource}`))].sort();
}

async function questionsAbout(
  action: string,
  operation: Operation,
  resource: StackResource,
  all: readonly StackResource[],
  home: Home,
): Promise<readonly Question[]> {
  const { kinds } = await awsAction(action);
  const request = { "aws:RequestedRegion": home.region, ...tagsInRequest(action, operation, resource) };
  if (kinds.length === 0) return [{ action, resource: "*", context: request }];
  const parts = partsIn(resource, all);
  const asked = kinds.flatMap((kind) =>
    parts.flatMap((part) => {
      const thing = thingOf(part, home);
      if (thing?.service !== kind.service || thing.kind !== kind.name) return [];
      const isNew = kind.isCreated || (action === "ec2:CreateTags" && operation === "create");
      return [
        {
          action,
          kind: kind.name,
          resource: thing.arn,
          context: { ...request, ...(isNew ? {} : contextOf(thing)) },
        },
      ];
    }),
  );
  const missing = kinds.find(({ name, required }) => required && !asked.some(({ kind }) => kind === name));
  if (missing !== undefined)
    throw new Error(`${action} of ${resource.name} asks about a ${missing.name}, which nothing names`);
  if (asked.length === 0) throw new Error(`${action} of ${resource.name} asks about nothing`);
  return asked;
}

/** Tags go with the call that creates, as the provider does it; later only those that change. */
function tagsInRequest(
  action: string,
  operation: Operation,
  { type, inputs }: StackResource,
): Record<string, string | readonly string[]> {
  const tags = (inputs["tags"] ?? {}) as Record<string, string>;
  if (operation !== "create")
    return /Tag/.test(action) ? { "aws:TagKeys": ["team"], "aws:RequestTag/team": "network" } : {};
  const [creating = ""] = (actionsByType[type]?.create ?? []).filter((one) =>
    /^ec2:(Create(?!Tags)|Authorize)/.test(one),
  );
  return {
    ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    "aws:TagKeys": Object.keys(tags),
    ...(action === "ec2:CreateTags" ? { "ec2:CreateAction": creating.replace("ec2:", "") } : {}),
  };
}
