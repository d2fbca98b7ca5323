import { deployer } from "../clouds/functions";
import type { RecordedResource, Value } from "../model/recording";
import { awsTypes } from "../model/resourceTypes";
import { text } from "../model/values";
import type { CloudPlace } from "../clouds/cloudType";
import type { StackConfig } from "./stackConfig";

/** No real account has these numbers. */
const noAccount = { accountId: "123456789012", subscriptionId: "00000000-0000-4000-8000-000000000000" };

/**
 * Who runs Pulumi in a rehearsal: the first that the stack names, in that one's account, else a user of our own, in the
 * account of the VPC that the stack joins. The subscription is that of the network that it joins. A resource group that the
 * stack names is there.
 */
export function signInFor(
  config: StackConfig,
  surroundings: readonly RecordedResource[] = [],
): Omit<CloudPlace, "region" | "location"> & { readonly principal: string } {
  // Pulumi.yaml's default is empty: the stack makes its own.
  const group = config.values[`${config.project}:azureResourceGroup`] ?? "";
  return { ...signedIn(config, surroundings), ...(group !== "" && { resourceGroups: [group] }) };
}

function signedIn(config: StackConfig, surroundings: readonly RecordedResource[]) {
  const [, subscriptionId = noAccount.subscriptionId] =
    /^\/subscriptions\/([^/]+)\//i.exec(config.values[`${config.project}:azureVirtualNetworkId`] ?? "") ?? [];
  const vpc = surroundings.find(({ type }) => type === awsTypes.vpc);
  const account = { accountId: text(vpc?.outputs, "ownerId") ?? noAccount.accountId, subscriptionId };
  const [principal] = listedIn(config, "deployers");
  const accountId = principal?.split(":")[4];
  if (principal === undefined || accountId === undefined || !/^\d{12}$/.test(accountId)) {
    return { ...account, principal: deployer(account.accountId) };
  }
  return { ...account, accountId, principal };
}

/** The texts of a list in a stack's own settings; none where it is not one. */
export function listedIn(config: StackConfig, setting: string): readonly string[] {
  return listIn(config, setting).filter((item) => typeof item === "string");
}

/** A list in a stack's own settings; empty where it is not one. */
export function listIn({ project, values }: StackConfig, setting: string): readonly Value[] {
  const list = parsed(values[`${project}:${setting}`] ?? "[]");
  return Array.isArray(list) ? (list as readonly Value[]) : [];
}

/** The program refuses what is no list; a rehearsal must come that far. */
function parsed(json: string): Value | undefined {
  try {
    return JSON.parse(json) as Value;
  } catch {
    return undefined;
  }
}
