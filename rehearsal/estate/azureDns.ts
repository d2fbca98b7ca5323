import type { RecordedResource } from "../model/recording";
import { azureTypes } from "../model/resourceTypes";
import { knownStrings, number, text } from "../model/values";
import type { AzureNetwork } from "./azure";
import { sameAzureId } from "../model/azureIds";
import type { EstateIndex, Item } from "./estateIndex";

export interface AzureDns {
  readonly dnsPolicies: readonly DnsPolicy[];
}

/** A policy as it is linked to a network: what Azure's own DNS answers the machines there for. The link stands for it. */
export interface DnsPolicy extends Item {
  /** Undefined for one that nobody has read. */
  readonly network: AzureNetwork | undefined;
  /** Those that are on, by priority, the lowest number first; of equal ones those that block come last. */
  readonly rules: readonly DnsRule[];
}

export interface DnsRule extends Item {
  readonly priority: number;
  readonly blocks: boolean;
  readonly lists: readonly DnsDomainList[];
}

export interface DnsDomainList extends Item {
  /** With all names below each; `.` is every name. */
  readonly domains: readonly string[];
}

export function readDnsPolicies(index: EstateIndex, networks: readonly AzureNetwork[]): readonly DnsPolicy[] {
  const rules = index.ofType(azureTypes.dnsSecurityRule).filter(isOn);
  return index.ofType(azureTypes.dnsResolverPolicyVirtualNetworkLink).map((resource) => ({
    resource,
    network: networks.find((one) => sameAzureId(one.resource.id, text(resource.inputs, "virtualNetwork.id"))),
    rules: rules
      .filter((rule) => policyOf(rule) === policyOf(resource))
      .map((rule) => readRule(rule, index))
      .sort((one, other) => one.priority - other.priority || Number(one.blocks) - Number(other.blocks)),
  }));
}

/** Azure's default: https://learn.microsoft.com/azure/templates/microsoft.network/dnsresolverpolicies/dnssecurityrules */
function isOn({ inputs }: RecordedResource): boolean {
  return inputs["dnsSecurityRuleState"] !== "Disabled";
}

function policyOf({ inputs }: RecordedResource): string {
  return `${text(inputs, "resourceGroupName") ?? ""}/${text(inputs, "dnsResolverPolicyName") ?? ""}`;
}

function readRule(resource: RecordedResource, index: EstateIndex): DnsRule {
  const listIds = knownStrings(resource.inputs, "dnsResolverDomainLists.id");
  return {
    resource,
    priority: number(resource.inputs, "priority") ?? Number.MAX_SAFE_INTEGER,
    blocks: text(resource.inputs, "action.actionType") === "Block",
    lists: index
      .ofType(azureTypes.dnsResolverDomainList)
      .filter(({ id }) => listIds.some((listId) => sameAzureId(listId, id)))
      .map((list) => ({ resource: list, domains: knownStrings(list.inputs, "domains") })),
  };
}
