import { arnOfKind, awsAction, type Kind } from "./awsActions";
import { allows } from "./identityPolicy";
import { contextOf, type Home, type Thing } from "./things";

export interface Foreign extends Thing {
  /** Whose it is. */
  readonly of: string;
  readonly region: string;
}

export interface Stranger {
  readonly of: string;
  /** Its ARN and its tags, made from those of a resource of the stack. */
  readonly make: (thing: Thing) => Pick<Thing, "arn" | "tags">;
  readonly region?: string;
}

const renamed = (arn: string, from: RegExp, to: string) => arn.replaceAll(from, to);
const otherId = (arn: string) => arn.replace(/-0[0-9a-f]{16}$/, "-0ffffffffffffffff");

/** Who else has something where the stack lives, alike in all but one thing. */
export function strangers(stack: string): readonly Stranger[] {
  const sibling = (other: string): Stranger => ({
    of: `the stack ${other} of the same project`,
    make: ({ arn, tags }) => ({
      arn: otherId(renamed(arn, new RegExp(`(?<=[-:/])${stack}(?=-|:|$)`, "g"), other)),
      tags: { ...tags, stack: other },
    }),
  });
  const others: readonly Stranger[] = [
    {
      of: "another project, with a stack of the same name",
      make: ({ arn, tags }) => ({
        arn: otherId(renamed(arn, /azure-s3-privatelink|s3-|logs-|alarms-/g, "website-")),
        tags: { ...tags, project: "website" },
      }),
    },
    {
      of: "somebody without tags",
      make: ({ arn }) => ({ arn: otherId(arn.replace(/[^:/]*$/, "corporate-0ffffffffffffffff")), tags: {} }),
    },
    {
      of: "a stack from before names had the stack in them",
      make: ({ arn, tags }) => ({
        arn: otherId(renamed(arn, new RegExp(`-${stack}(?=-|:|$)`, "g"), "")),
        tags: { ...tags, stack: "older" },
      }),
    },
    {
      of: "another region",
      make: ({ arn, tags }) => ({ arn: renamed(arn, /ap-northeast-1/g, "eu-west-1"), tags }),
      region: "eu-west-1",
    },
    {
      of: "another account",
      make: ({ arn, tags }) => ({ arn: renamed(arn, /(?<=:)\d{12}(?=:)/g, "999999999999"), tags }),
    },
  ];
  return [...["test", `${stack}2`, `${stack}-eu`, `eu-${stack}`].map(sibling), ...others];
}

/** Everything that is not the stack's: its own resources as others have them, and a stranger of each other kind. */
export async function foreignEstate(
  ours: readonly Thing[],
  actions: readonly string[],
  place: Home & { readonly project: string; readonly stack: string },
): Promise<readonly Foreign[]> {
  const alike = strangers(place.stack).flatMap(({ of, make, region = place.region }) =>
    ours
      .map((thing) => ({ ...thing, ...make(thing), of, region }))
      // What has neither region nor account in its ARN is not elsewhere.
      .filter(({ arn }) => !ours.some((own) => own.arn === arn)),
  );
  const kinds = (await Promise.all(actions.map(awsAction))).flatMap((action) => action.kinds);
  const others = await Promise.all(
    [...new Map(kinds.map((kind) => [`${kind.service} ${kind.name}`, kind])).values()].map(
      async (kind): Promise<Foreign> => ({
        service: kind.service,
        kind: kind.name,
        arn: await arnOfKind(kind, place, "corporate"),
        tags: { project: "corporate" },
        of: "somebody else",
        region: place.region,
      }),
    ),
  );
  return [...alike, ...others];
}

/**
 * What the policy allows on what is not the stack's, as `ec2:DeleteVpc on ARN of OWNER`. The caller may ask with any tags,
 * ours among them, and for all else that a call needs with what suits best.
 */
export async function allowedOnForeign(
  policy: { readonly Statement: readonly { readonly Action: readonly string[] }[] },
  ours: readonly Thing[],
  foreign: readonly Foreign[],
  place: Home & { readonly project: string; readonly stack: string },
): Promise<readonly string[]> {
  const actions = [...new Set(policy.Statement.flatMap(({ Action }) => Action))];
  const found = await Promise.all(
    actions.map(async (action) => {
      const { kinds } = await awsAction(action);
      const may = (thing: Thing, region: string, isNew: boolean) =>
        requests(action, place, region).some((request) =>
          allows(policy, {
            action,
            resource: thing.arn,
            context: { ...request, ...(isNew ? {} : contextOf(thing)) },
          }),
        );
      const come = new Map<string, boolean>();
      const canCome = (kind: Kind, region: string) => {
        const key = `${kind.name} ${region}`;
        const known =
          come.get(key) ??
          [...ours, ...foreign].some((thing) => is(thing, kind) && may(thing, region, kind.isCreated));
        come.set(key, known);
        return known;
      };
      return kinds
        .filter((kind) => !kind.isCreated)
        .flatMap((kind) =>
          foreign
            .filter((thing) => is(thing, kind) && may(thing, thing.region, false))
            .filter(({ region }) =>
              kinds.every((other) => other === kind || !other.required || canCome(other, region)),
            )
            .map((thing) => `${action} on ${thing.arn} of ${thing.of}`),
        );
    }),
  );
  return found.flat().sort();
}

function is(thing: Thing, kind: Kind): boolean {
  return thing.service === kind.service && thing.kind === kind.name;
}

/** Ways to ask: with our tags in the request or with others. Only AWS itself sets ec2:CreateAction, and on new resources. */
function requests(
  action: string,
  { project, stack }: { readonly project: string; readonly stack: string },
  region: string,
): readonly Record<string, string | readonly string[]>[] {
  const here = { "aws:RequestedRegion": region, "ec2:Region": region };
  return [
    here,
    { ...here, "aws:RequestTag/team": "mine", "aws:TagKeys": ["team"] },
    {
      ...here,
      "aws:RequestTag/project": project,
      "aws:RequestTag/stack": stack,
      "aws:TagKeys": ["project", "stack"],
    },
  ];
}
