import type { Check, ResourceRule } from "../rule";

const machine = "azure-native:compute:VirtualMachine";

const hidesItsStart: Check = ({ props, additionalSecretOutputs }) => [
  ...(props["userData"] === undefined
    ? []
    : ["userData is read by every process on the machine; use osProfile.customData"]),
  ...(additionalSecretOutputs.includes("osProfile")
    ? []
    : ["osProfile would stand in the state as Azure answers it; add it to additionalSecretOutputs"]),
];

export const hiddenMachineSecrets: ResourceRule = {
  kind: "resource",
  name: "hidden-machine-secrets",
  description: "What a machine is told for its first start is nobody's to read, on it or in the state.",
  development: "as strict",
  checks: { [machine]: hidesItsStart },
};
