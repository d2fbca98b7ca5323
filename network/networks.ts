import { AwsNetwork, type AwsNetworkArgs } from "./awsNetwork";
import type { AwsSide } from "./awsSide";
import { AzureNetwork, type AzureNetworkArgs } from "./azureNetwork";
import type { AzureSide } from "./azureSide";
import type { Surroundings } from "./existing/surroundings";
import { existingAwsNetwork } from "./existingAwsNetwork";
import { ExistingAzureNetwork, type ExistingAzureNetworkArgs } from "./existingAzureNetwork";

/** The network of the stack in Azure: one of its own, or one that exists. */
export type AzureNetworkPlan =
  | ({ readonly kind: "new" } & Omit<AzureNetworkArgs, "peerCidr" | "tags">)
  | ({ readonly kind: "existing" } & Omit<
      ExistingAzureNetworkArgs,
      "network" | "gateway" | "peerCidr" | "tags"
    >);

export type AwsNetworkPlan =
  ({ readonly kind: "new" } & Omit<AwsNetworkArgs, "tags">) | { readonly kind: "existing" };

interface Context {
  readonly found: Surroundings;
  readonly tags: Readonly<Record<string, string>>;
}

export function azureNetwork(
  name: string,
  plans: { readonly azureNetwork: AzureNetworkPlan; readonly awsNetwork: AwsNetworkPlan },
  { found, tags }: Context,
): AzureSide {
  const { azureNetwork: plan, awsNetwork: aws } = plans;
  const peerCidr = aws.kind === "new" ? aws.cidr : required(found.aws).cidrs;
  // The kind is told by the component itself: in its state it would show as a change of every stack.
  if (plan.kind === "new") return new AzureNetwork(name, { ...withoutKind(plan), peerCidr, tags });
  const args = withoutKind(plan);
  const { gateway, ...network } = required(found.azure);
  return new ExistingAzureNetwork(name, { ...args, network, gateway, peerCidr, tags });
}

export function awsNetwork(name: string, plan: AwsNetworkPlan, { found, tags }: Context): AwsSide {
  if (plan.kind === "existing") return existingAwsNetwork(required(found.aws));
  const { cidr, subnets } = plan;
  return new AwsNetwork(name, { cidr, subnets, tags });
}

/** What could not be read has ended the program before. */
function required<T>(found: T | undefined): T {
  if (found === undefined) throw new Error("the surroundings lack what the stack joins");
  return found;
}

function withoutKind<Plan extends { readonly kind: string }>(plan: Plan): Omit<Plan, "kind"> {
  return Object.fromEntries(Object.entries(plan).filter(([key]) => key !== "kind")) as Omit<Plan, "kind">;
}
