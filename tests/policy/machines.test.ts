import { expect } from "chai";
import { judgeResource } from "../../policy/rule";
import { hardenedMachines, hiddenMachineSecrets } from "../../policy/rules/machines";
import { resource } from "./resources";
import { describeRule } from "./tables";

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

const hardened = {
  osProfile: { linuxConfiguration: { disablePasswordAuthentication: true } },
  securityProfile: {
    securityType: "TrustedLaunch",
    uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
  },
};
const password =
  "its account has a password; leave osProfile.adminPassword out and set disablePasswordAuthentication to true";
const unsigned =
  "it starts whatever is on its disk; set securityProfile to TrustedLaunch with secure boot and vTPM";

describeRule(hardenedMachines, [
  { that: "a machine with a key and Trusted Launch", type: machine, props: hardened },
  {
    that: "a disk that brings its accounts along",
    type: machine,
    props: { ...hardened, osProfile: undefined },
  },
  {
    that: "Windows, which has no other login",
    type: machine,
    props: { ...hardened, osProfile: { adminPassword: "p", windowsConfiguration: {} } },
  },
  {
    that: "a password",
    type: machine,
    props: { ...hardened, osProfile: { ...hardened.osProfile, adminPassword: "p" } },
    says: [password],
  },
  {
    that: "an account that may get a password",
    type: machine,
    props: { ...hardened, osProfile: { linuxConfiguration: {} } },
    says: [password],
  },
  ...[
    { securityType: "Standard" },
    { ...hardened.securityProfile, uefiSettings: { secureBootEnabled: true } },
    { ...hardened.securityProfile, uefiSettings: { vTpmEnabled: true } },
    undefined,
  ].map((securityProfile) => ({
    that: `a start as ${JSON.stringify(securityProfile ?? {})}`,
    type: machine,
    props: { ...hardened, securityProfile },
    says: [unsigned],
  })),
]);
