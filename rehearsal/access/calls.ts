import { meansAction, type Statement } from "../iam/evaluator";
import { aclsNamed, keysNamed } from "../iam/namedCalls";
import { asksFor, type Deciding, signature } from "../iam/signature";
import { allActions, type DataAction, leadingActions } from "./actions";

/** A call that somebody makes, with all that the policies do not tell apart from it. */
export interface Call {
  readonly data: DataAction;
  readonly resource: string;
  /** The object's key where it is not the plain one. */
  readonly key: string | undefined;
  readonly acl: string | undefined;
  /** Equal for calls that are decided alike, whoever makes them. */
  readonly group: number;
  /** Other actions that are decided alike and expected alike. */
  readonly alike: readonly string[];
}

/** Who asks what of a bucket does not matter to the signature of a call. */
const anybody = {
  principal: { kind: "anonymous" },
  ownerAccountId: "",
  secureTransport: true,
  through: undefined,
} as const;

/**
 * The leading actions on a plain object, and of everything else that can be asked one call of each kind that the policies
 * tell apart: every action of S3, objects inside and outside of each prefix that is named, and each ACL.
 */
export function callsOn(deciding: Deciding, bucketArn: string): readonly Call[] {
  const keys = keysNamed(deciding, bucketArn);
  const acls = aclsNamed(deciding);
  const withAcls = asksFor(deciding, "s3:x-amz-acl");
  const groupOf = groupsOf(deciding);
  const calls = new Map<string, Call & { alike: string[] }>();
  const add = (data: DataAction, key: string | undefined, acl: string | undefined) => {
    const resource = { bucket: bucketArn, objects: `${bucketArn}/${key ?? ""}`, neither: "*" }[data.on];
    const group = groupOf(data, resource, acl);
    const kind = `${String(group)} ${data.perimeter} ${data.givenBy}`;
    const known = calls.get(kind);
    if (known === undefined || leads(data, key, acl)) {
      const call = { data, resource, key: key === keys[0] ? undefined : key, acl, group, alike: [] };
      calls.set(known === undefined ? kind : `${kind} ${data.action}`, call);
    } else if (known.data.action !== data.action && !known.alike.includes(data.action)) {
      known.alike.push(data.action);
    }
  };
  const leads = (data: DataAction, key: string | undefined, acl: string | undefined) =>
    leadingActions.includes(data) && (data.on === "bucket" || key === keys[0]) && acl === aclOf(data);
  const aclOf = ({ action }: DataAction) => (action === "s3:PutObject" ? acls[0] : undefined);
  for (const data of allActions)
    for (const key of data.on === "objects" ? keys : [undefined])
      for (const acl of new Set([aclOf(data), ...(withAcls && takesAcl(data) ? acls : [])]))
        add(data, key, acl);
  return [...calls.values()];
}

/** Numbers calls by their signature. Actions that the same statements name are held against them once. */
function groupsOf(
  deciding: Deciding,
): (data: DataAction, resource: string, acl: string | undefined) => number {
  const statements = deciding.flatMap((policy) => policy?.statements ?? []);
  const naming = new Map(allActions.map(({ action }) => [action, namesOf(statements, action.toLowerCase())]));
  const known = new Map<string, number>();
  const bySignature = new Map<string, number>();
  return ({ action, on }, resource, acl) => {
    const call = `${on} ${naming.get(action) ?? ""} ${resource}${acl === undefined ? "" : ` ${acl}`}`;
    let group = known.get(call);
    if (group === undefined) {
      const bits = signature(deciding, "call", { ...anybody, action, resource, acl });
      const seen = on === "neither" ? `${bits} -` : bits;
      group = bySignature.get(seen) ?? bySignature.size;
      bySignature.set(seen, group);
      known.set(call, group);
    }
    return group;
  };
}

function namesOf(statements: readonly Statement[], action: string): string {
  return statements.map((one) => (meansAction(one, action) ? "1" : "0")).join("");
}

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
function takesAcl({ action }: DataAction): boolean {
  return ["s3:PutObject", "s3:PutObjectAcl", "s3:PutObjectVersionAcl", "s3:PutBucketAcl"].includes(action);
}
