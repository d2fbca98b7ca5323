import { deployer } from "../clouds/functions";
import type { Value } from "../model/recording";
import type { CloudPlace } from "../clouds/cloudType";
import type { StackConfig } from "./stackConfig";

/** No real account has these numbers. */
const account = { accountId: "123456789012", subscriptionId: "00000000-0000-4000-8000-000000000000" };

/**
 * Who runs Pulumi in a rehearsal: the first that the stack names, in that one's account, else a user of our own. A resource
 * group that the stack names is there.
 */
export function signInFor(config: StackConfig): Omit<CloudPlace, "region" | "location"> & {
  readonly principal: string;
} {
  // Pulumi.yaml's default is empty: the stack makes its own.
  const group = config.values[`${config.project}:azureResourceGroup`] ?? "";
  return { ...signedIn(config), ...(group !== "" && { resourceGroups: [group] }) };
}

function signedIn(config: StackConfig) {
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
