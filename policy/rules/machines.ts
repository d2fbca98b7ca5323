import { unless, type Check, type ResourceRule } from "../rule";

const hidesItsStart: Check = ({ props, additionalSecretOutputs }) => [
  ...unless(
    props["userData"] === undefined,
    "every process on the machine can read userData; use osProfile.customData",
  ),
  ...unless(
    additionalSecretOutputs.includes("osProfile"),
    "the state would hold osProfile in the clear; add it to additionalSecretOutputs",
  ),
];

export const hiddenMachineSecrets: ResourceRule = {
  kind: "resource",
  name: "hidden-machine-secrets",
  description: "The data for a machine's first start cannot be read on the machine or in the state.",
  checks: { "azure-native:compute:VirtualMachine": hidesItsStart },
};
