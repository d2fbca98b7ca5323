import type { Props } from "../../../model/recording";
import { isList, isProps, text } from "../../../model/values";

/** The IP configurations of a gateway or of a network interface. */
export function configurationsOf(inputs: Props): readonly Props[] {
  return isList(inputs["ipConfigurations"]) ? inputs["ipConfigurations"].filter(isProps) : [];
}

export function configurationId(ownerId: string, configuration: Props): string {
  return `${ownerId}/ipConfigurations/${text(configuration, "name") ?? "default"}`;
}
