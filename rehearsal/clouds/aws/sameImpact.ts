import { awsCommon, each, type ImpactRule, type Impacts } from "../impact";
import { words } from "../rules";

/** For types where a deletion, a replacement and a change of any of these properties do the same. */
export function sameImpact(create: ImpactRule, otherwise: ImpactRule, properties: string): Impacts {
  return {
    create,
    delete: otherwise,
    replace: otherwise,
    properties: { ...awsCommon(otherwise), ...each(words(properties), otherwise) },
  };
}
