import { none, type ImpactRule, type Impacts } from "../impact";
import { each } from "../rules";

const tags = none(
  "tags are only labels",
  "https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources",
);

interface AzureImpacts {
  readonly create: ImpactRule;
  readonly replace: ImpactRule;
  /** The same as `replace` when absent. */
  readonly delete?: ImpactRule;
  /** Properties, the name among them and parted by spaces, whose change does the same as replacing the resource. */
  readonly replacing?: string;
  /** Every other change. */
  readonly properties?: Readonly<Record<string, ImpactRule>>;
}

/** The impacts of an Azure resource: a change of its place or group does the same as replacing it, too. */
export function azureImpacts({ create, replace, replacing, properties, ...others }: AzureImpacts): Impacts {
  return {
    create,
    delete: others.delete ?? replace,
    replace,
    properties: { tags, ...each(`location resourceGroupName ${replacing ?? ""}`, replace), ...properties },
  };
}
