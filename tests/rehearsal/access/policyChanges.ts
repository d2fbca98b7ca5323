import fc from "fast-check";

/** A policy with one part changed, and in words what was done. */
export interface PolicyChange {
  readonly what: string;
  readonly document: PolicyJson;
}

export interface PolicyJson {
  readonly Version: string;
  readonly Statement: readonly StatementJson[];
}

export type StatementJson = Readonly<Record<string, unknown>> & { readonly Sid: string };
type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** Others of the same kind as the parts of the policies. */
export interface Others {
  readonly user: string;
  readonly foreign: string;
  readonly endpointId: string;
  readonly vpcId: string;
}

/** So many of all changes of a policy, or all of them: at each run the same ones. */
export function sampleOf(all: readonly PolicyChange[], length: number = all.length): readonly PolicyChange[] {
  const some = fc.shuffledSubarray([...all], { minLength: length, maxLength: length });
  return fc.sample(some, { seed: 12, numRuns: 1 }).flat();
}

/** Every part of every statement widened, narrowed, negated, doubled or exchanged. */
export function* changesOf(policy: PolicyJson, others: Others): Generator<PolicyChange> {
  for (const [index, statement] of policy.Statement.entries()) {
    const changed = (what: string, ...instead: readonly StatementJson[]): PolicyChange => {
      const Statement = policy.Statement.flatMap((one, i) => (i === index ? instead : [one]));
      // Written and read again: what is undefined goes.
      return {
        what: `${statement.Sid}: ${what}`,
        document: JSON.parse(JSON.stringify({ ...policy, Statement })) as PolicyJson,
      };
    };
    yield changed("removed");
    yield changed("doubled", statement, { ...statement, Sid: `${statement.Sid}Again` });
    yield changed("negated", { ...statement, Effect: statement["Effect"] === "Allow" ? "Deny" : "Allow" });
    for (const [what, parts] of partsOf(statement, others)) {
      yield changed(what, { ...statement, ...parts });
      yield changed(`doubled with ${what}`, statement, {
        ...statement,
        Sid: `${statement.Sid}Again`,
        ...parts,
      });
    }
  }
}

type Part = readonly [what: string, parts: Readonly<Record<string, unknown>>];

function* partsOf(statement: StatementJson, others: Others): Generator<Part> {
  yield* principalsOf(others);
  yield* statement["NotAction"] === undefined
    ? actionsOf(listOf(statement["Action"]))
    : notActionsOf(listOf(statement["NotAction"]));
  yield* resourcesOf(listOf(statement["Resource"]));
  for (const [what, conditions] of conditionsOf((statement["Condition"] ?? {}) as Conditions, others))
    yield [what, { Condition: conditions }];
}

function* principalsOf({ user, foreign }: Others): Generator<Part> {
  yield ["principal *", { Principal: "*" }];
  yield ["principal of a user", { Principal: { AWS: user } }];
  yield ["principal of an account", { Principal: { AWS: foreign } }];
  yield ["principal of the own account", { Principal: { AWS: user.split(":")[4] ?? "" } }];
  yield ["principal of a service", { Principal: { Service: "cloudtrail.amazonaws.com" } }];
}

function* actionsOf(actions: readonly string[]): Generator<Part> {
  yield ["all actions", { Action: "s3:*" }];
  yield ["one more action", { Action: [...actions, "s3:PutObjectTagging"] }];
  yield ["an action of the bucket more", { Action: [...actions, "s3:GetBucketPolicy"] }];
  yield ["the opposite actions", { Action: undefined, NotAction: actions }];
  if (actions.length > 1)
    for (const action of actions)
      yield [`without ${action}`, { Action: actions.filter((one) => one !== action) }];
}

function* notActionsOf(actions: readonly string[]): Generator<Part> {
  yield ["the opposite actions", { Action: actions, NotAction: undefined }];
  for (const more of ["s3:PutReplicationConfiguration", "s3:GetObject", "s3:List*"])
    yield [`all but ${more} as well`, { NotAction: [...actions, more] }];
  for (const action of ["s3:GetBucketLogging", "s3:PutBucketPolicy", "s3:GetBucketPolicy"])
    yield [`${action} as well`, { NotAction: actions.filter((one) => one !== action) }];
}

function* resourcesOf(resources: readonly string[]): Generator<Part> {
  const [bucket = ""] = (resources[0] ?? "").split("/");
  yield ["all resources", { Resource: "*" }];
  yield ["a prefix alone", { Resource: [bucket, `${bucket}/public/*`] }];
  yield ["one object more", { Resource: [...resources, `${bucket}/public/one`] }];
  if (resources.length > 1)
    for (const resource of resources)
      yield [
        `without ${resource.split(":").at(-1) ?? ""}`,
        { Resource: resources.filter((one) => one !== resource) },
      ];
}

const otherOperators: Readonly<Record<string, readonly string[]>> = {
  StringEquals: ["StringNotEquals", "StringEqualsIfExists", "StringLike"],
  StringNotEquals: ["StringEquals", "StringNotEqualsIfExists", "StringNotLike"],
  ArnEquals: ["ArnNotEquals", "ArnEqualsIfExists", "ArnLike"],
  ArnLike: ["ArnNotLike", "ArnLikeIfExists", "ArnEquals"],
  ArnNotLike: ["ArnLike", "ArnNotLikeIfExists", "ArnNotEquals"],
  Bool: ["BoolIfExists"],
  NumericGreaterThan: [
    "NumericGreaterThanEquals",
    "NumericGreaterThanIfExists",
    "NumericLessThan",
    "NumericNotEquals",
  ],
};

const otherValues = ({
  user,
  foreign,
  endpointId,
  vpcId,
}: Others): Readonly<Record<string, readonly string[]>> => ({
  "aws:SourceVpce": [endpointId, "vpce-*"],
  "aws:SourceVpc": [vpcId],
  "aws:PrincipalArn": [user, `${user.split(":").slice(0, 5).join(":")}:*`, "arn:aws:iam::*:role/*"],
  "aws:SourceAccount": [foreign, "*"],
  "aws:SourceArn": [`arn:aws:logs:us-east-1:${foreign}:delivery`, "arn:aws:logs:*:*:*"],
  "s3:x-amz-acl": ["public-read"],
  "aws:SecureTransport": ["true", "false"],
  "s3:signatureAge": ["60000", "86400000"],
  "s3:signatureversion": ["AWS4-HMAC-SHA256"],
});

function* conditionsOf(conditions: Conditions, others: Others): Generator<readonly [string, Conditions]> {
  for (const [operator, keys] of Object.entries(conditions)) {
    const rest = without(conditions, operator);
    yield [`without ${operator}`, rest];
    for (const other of otherOperators[operator] ?? [])
      yield [`${other} for ${operator}`, { ...rest, [other]: { ...rest[other], ...keys } }];
    for (const [key, value] of Object.entries(keys)) {
      const restOfKeys = without(keys, key);
      if (Object.keys(restOfKeys).length > 0) yield [`without ${key}`, { ...rest, [operator]: restOfKeys }];
      for (const more of otherValues(others)[key] ?? []) {
        yield [`${key} ${more}`, { ...rest, [operator]: { ...keys, [key]: more } }];
        yield [
          `${key} ${more} as well`,
          { ...rest, [operator]: { ...keys, [key]: [...listOf(value), more] } },
        ];
      }
      if (Array.isArray(value) && value.length > 1)
        for (const one of listOf(value))
          yield [
            `${key} without ${one}`,
            { ...rest, [operator]: { ...keys, [key]: listOf(value).filter((v) => v !== one) } },
          ];
    }
    // Another condition beside it: both must be met.
    yield [
      `${operator} and another VPC`,
      {
        ...conditions,
        [operator]: { ...keys, ...(operator.startsWith("String") ? { "aws:SourceVpc": others.vpcId } : {}) },
      },
    ];
  }
}

function without<T>(entries: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(entries).filter(([other]) => other !== name));
}

function listOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string");
}
