import { expect } from "chai";
import { judgeResource } from "../../policy/rule";
import { hiddenMachineSecrets } from "../../policy/rules/machines";
import { resource } from "./resources";

const machine = "azure-native:compute:VirtualMachine";
const shown = "the state would hold osProfile in the clear; add it to additionalSecretOutputs";
const readable = "every process on the machine can read userData; use osProfile.customData";

describe(hiddenMachineSecrets.name, () => {
  for (const { that, props, additionalSecretOutputs, says } of [
    {
      that: "a machine whose profile is a secret",
      props: {},
      additionalSecretOutputs: ["osProfile"],
      says: [],
    },
    { that: "a profile in the clear", props: {}, additionalSecretOutputs: [], says: [shown] },
    {
      that: "user data",
      props: { userData: "aGVsbG8=" },
      additionalSecretOutputs: ["osProfile"],
      says: [readable],
    },
  ])
    it(`${says.length === 0 ? "accepts" : "refuses"} ${that}`, () => {
      const given = { ...resource(machine, props), additionalSecretOutputs };
      expect(judgeResource(hiddenMachineSecrets, given)).to.deep.equal(says);
    });
});
