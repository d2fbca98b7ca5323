import { isAzure } from "../model/resourceTypes";
import type { Props } from "../model/recording";
import type { CloudPlace, CloudType } from "./cloudType";
import { hexOf } from "./seeds";

/** What a provider fills in before it checks anything: automatic names, and the location of the stack. */
export function withDefaults(
  order: {
    readonly type: string;
    readonly name: string;
    readonly inputs: Props;
    readonly proposedName?: string;
  },
  type: CloudType,
  cloud: CloudPlace,
  seed: string,
  previous?: Props,
): Props {
  const azure = isAzure(order.type);
  const { autoName } = type;
  // https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming: azure-native adds eight digits, others a dash and seven.
  const own = azure ? `${order.name}${hexOf(seed, 8)}` : `${order.name}-${hexOf(seed, 7)}`;
  // Random digits, here the same from run to run.
  const named = order.proposedName?.replace(/[0-9a-f]{7}$/, hexOf(seed, 7)) ?? own;
  // A prefix leaves the name to the provider's create (pulumi-aws #143).
  return {
    ...(azure && type.properties.includes("location") ? { location: cloud.location } : {}),
    ...(autoName === undefined || order.inputs["namePrefix"] !== undefined
      ? {}
      : { [autoName]: previous?.[autoName] ?? named }),
    ...order.inputs,
  };
}
