import { azureTypes, type AzureType } from "../../model/resourceTypes";
import type { Props } from "../../model/recording";
import { text } from "../../model/values";
import type { CloudPlace, CloudView, LiveResource, Reference, ResourceRecord, Subject } from "../cloudType";
import { each } from "../rules";
import { uuidOf } from "../seeds";
import { azureNative } from "../pins";

export const commonErrors =
  "https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors";

/** azure-native forces replacement where the URL of the resource would change: its name and its group. */
export const partOfTheUrl =
  "https://www.pulumi.com/registry/packages/azure-native/ : path parameters of the REST API cannot change";

/** Where azure-native's generator marks a property as forcing replacement. */
export const generated = azureNative("provider/pkg/gen/replacement.go");

export const setAtCreation =
  "guess: the API's specification lets it be set at creation only (x-ms-mutability), by which azure-native replaces";

export const inResourceGroup = {
  resourceGroupName: {
    types: [azureTypes.resourceGroup],
    by: "name",
    missing: "ResourceGroupNotFound",
    source: commonErrors,
  },
} as const;

/** What is a part of a virtual network. */
export const inVirtualNetwork = {
  ...inResourceGroup,
  virtualNetworkName: {
    types: [azureTypes.virtualNetwork],
    by: "name",
    missing: "ParentResourceNotFound",
    source: commonErrors,
  },
} as const;

/** A reference by id: Azure rejects both an id that does not exist and the deletion of what is in use. */
export function byId(type: AzureType, inUse: Pick<Reference, "inUse" | "source">): Reference {
  return { types: [type], missing: "InvalidResourceReference", ...inUse };
}

/** What all types share that have a name in a resource group. Azure's own name of a type is `Microsoft.Network/…`. */
export function namedInGroup(ownType: string, nameProperty: string) {
  return {
    required: ["resourceGroupName"],
    replaces: each(`resourceGroupName ${nameProperty}`, partOfTheUrl),
    references: inResourceGroup,
    // Also alerts and logs, so that every failure in Azure is judged on the path.
    decides: ["path"] as const,
    autoName: nameProperty,
    duplicate: { code: "AlreadyExists", source: partOfTheUrl },
    id: (inputs: Props, { subscriptionId }: CloudPlace) => {
      const group = text(inputs, "resourceGroupName") ?? "";
      const name = text(inputs, nameProperty) ?? "";
      return `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/${ownType}/${name}`;
    },
  } satisfies Partial<ResourceRecord>;
}

/** What the types of Azure's networking share. The API version is the default of azure-native 3.x. */
export function networkType(kind: string, nameProperty: string) {
  const ownType = `Microsoft.Network/${kind}`;
  return {
    ...namedInGroup(ownType, nameProperty),
    outputs: (inputs: Props, _cloud: CloudView, { seed }: Subject) => ({
      name: text(inputs, nameProperty) ?? "",
      type: ownType,
      provisioningState: "Succeeded",
      resourceGuid: uuidOf(`${seed}/guid`),
      etag: `W/"${uuidOf(`${seed}/etag`)}"`,
      azureApiVersion: "2024-05-01",
    }),
  } satisfies Partial<ResourceRecord>;
}

/** The last segment of an Azure id: a resource's own name. */
export function nameOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** What a resource was told before an update; undefined for one that does not exist yet. */
export function inputsBefore(type: AzureType, cloud: CloudView, id: string | undefined): Props | undefined {
  return id === undefined ? undefined : cloud.find(type, id)?.inputs;
}

/** The live resources of a type besides this one. */
export function othersOf(type: AzureType, cloud: CloudView, id: string | undefined): readonly LiveResource[] {
  return cloud.all(type).filter((other) => other.id !== id);
}
