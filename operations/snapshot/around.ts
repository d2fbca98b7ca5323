import type { Snapshot } from "../../rehearsal/model/snapshot";
import { readStackConfig, type StackConfig } from "../../rehearsal/run/stackConfig";
import { joinedIn } from "../../rehearsal/run/surroundings";

/** What a stack joins, and by what its own resources are told from those of others. */
export interface Around {
  readonly project: string;
  readonly stack: string;
  /** Region of AWS. */
  readonly region: string;
  /** The settings that name what exists; none in a stack that joins nothing. */
  readonly named: Snapshot["around"];
  /** Networks of Azure whose routes the stack itself brings to AWS. */
  readonly azureCidrs: readonly string[];
  /** The GatewaySubnet that the stack makes in a network of others; undefined where it makes none. */
  readonly gatewaySubnetCidr: string | undefined;
}

/** Throws StackConfigError where there is no such stack. */
export function readAround(projectDir: string, stack: string, configFile?: string): Around {
  const config = readStackConfig(projectDir, stack, {}, configFile);
  const { project, values } = config;
  const own = (setting: string) => values[`${project}:${setting}`] ?? "";
  return {
    project,
    stack,
    region: values["aws:region"] ?? "",
    named: namedIn(config),
    azureCidrs: [own("azureCidr"), ...clientsIn(own("azureClients"))].filter((cidr) => cidr !== ""),
    gatewaySubnetCidr: own("gatewaySubnetCidr") === "" ? undefined : own("gatewaySubnetCidr"),
  };
}

/** The settings that name what exists, as a snapshot keeps them: one id, or a list. */
export function namedIn(config: StackConfig): Snapshot["around"] {
  const lists: readonly string[] = ["awsSubnetIds", "azureSpokes"];
  return Object.fromEntries(
    Object.entries(joinedIn(config)).map(([setting, ids]) => [
      setting,
      lists.includes(setting) ? [...ids] : (ids[0] ?? ""),
    ]),
  );
}

/** Names with their ranges; what is no map is the program's to refuse. */
function clientsIn(json: string): readonly string[] {
  try {
    return Object.values(JSON.parse(json === "" ? "{}" : json) as object).filter(
      (cidr) => typeof cidr === "string",
    );
  } catch {
    return [];
  }
}
