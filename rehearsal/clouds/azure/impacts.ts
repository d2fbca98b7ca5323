import { azureCommon, each, type ImpactRule, type Impacts } from "../impact";
import { words } from "../rules";

interface AzureImpacts {
  readonly create: ImpactRule;
  readonly replace: ImpactRule;
  /** The same as `replace` when absent. */
  readonly delete?: ImpactRule;
  /** Properties, the name among them, whose change does the same as replacing the resource. */
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
    properties: { ...azureCommon(replace), ...each(words(replacing ?? ""), replace), ...properties },
  };
}
