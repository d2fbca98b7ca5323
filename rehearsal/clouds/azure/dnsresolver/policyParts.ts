import type { Props, Refusal } from "../../../model/recording";
import { azureTypes } from "../../../model/resourceTypes";
import { text } from "../../../model/values";
import type { CloudView, ResourceRecord, Subject } from "../../cloudType";
import { access } from "../../impact";
import { refuseIf } from "../../rules";
import { generated, inResourceGroup, networkType, partOfTheUrl } from "../azure";

export const securityPolicy = "https://learn.microsoft.com/azure/dns/dns-security-policy";
export const dnsPermissions =
  "guess: Azure names the actions of all resources alike, and its table of networking's does not have them yet";

/** What a change of a rule, or of a list that one names, comes to. */
export const answers = access("other names are answered, or no longer are", securityPolicy);

/** What the types of Azure's DNS resolver share. The default of azure-native 3.x is still the preview of a version that is stable since 2025-05-01. */
export function resolverType(kind: string, nameProperty: string) {
  const common = networkType(kind, nameProperty);
  return {
    ...common,
    required: ["resourceGroupName"],
    replaces: { ...common.replaces, location: generated },
    outputs: (inputs: Props, cloud: CloudView, subject: Subject) => ({
      ...common.outputs(inputs, cloud, subject),
      azureApiVersion: "2023-07-01-preview",
    }),
  } satisfies Partial<ResourceRecord>;
}

/** What is a part of a policy. */
export function policyPart(kind: string, nameProperty: string) {
  const policy = networkType("dnsResolverPolicies", "dnsResolverPolicyName");
  const common = resolverType(`dnsResolverPolicies/${kind}`, nameProperty);
  return {
    ...common,
    replaces: { ...common.replaces, dnsResolverPolicyName: partOfTheUrl },
    references: {
      ...inResourceGroup,
      dnsResolverPolicyName: {
        types: [azureTypes.dnsResolverPolicy],
        by: "name",
        missing: "ParentResourceNotFound",
        inUse: "CannotDeleteResource",
        source: `guess: the codes; the rule: ${securityPolicy}`,
      },
    },
    id: (inputs: Props, cloud: CloudView) =>
      `${policy.id(inputs, cloud)}/${kind}/${text(inputs, nameProperty) ?? ""}`,
    outputs: (inputs: Props, cloud: CloudView, subject: Subject) => {
      const all = Object.entries(common.outputs(inputs, cloud, subject));
      return Object.fromEntries(all.filter(([property]) => property !== "resourceGuid"));
    },
  } satisfies Partial<ResourceRecord>;
}

/** https://github.com/Azure/azure-rest-api-specs/tree/main/specification/dnsresolver */
export function refuseName(inputs: Props, property: string): readonly Refusal[] {
  const name = text(inputs, property);
  const fits = name === undefined || (name.length <= 80 && /^[a-z0-9]([a-z0-9_-]*[a-z0-9])?$/i.test(name));
  return refuseIf(!fits, {
    code: "InvalidResourceName",
    message: `'${name ?? ""}' is not a name of 1-80 letters, digits, hyphens and underscores between letters or digits`,
    property,
    source:
      "guess: the code; the rule: https://github.com/Azure/azure-rest-api-specs/tree/main/specification/dnsresolver",
  });
}
