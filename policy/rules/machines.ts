import { unless, type Check, type ResourceRule } from "../rule";
import { objects } from "../values";

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

const takesNoPassword: Check = ({ props }) => {
  const [profile] = objects(props["osProfile"]);
  const [linux] = objects(profile?.["linuxConfiguration"]);
  const [windows] = objects(profile?.["windowsConfiguration"]);
  if (profile === undefined || windows !== undefined) return [];
  return unless(
    profile["adminPassword"] === undefined && linux?.["disablePasswordAuthentication"] === true,
    "its account has a password; leave osProfile.adminPassword out and set disablePasswordAuthentication to true",
  );
};

const startsMeasured: Check = ({ props }) => {
  const [security] = objects(props["securityProfile"]);
  const [uefi] = objects(security?.["uefiSettings"]);
  return unless(
    ["TrustedLaunch", "ConfidentialVM"].some((type) => type === security?.["securityType"]) &&
      uefi?.["secureBootEnabled"] === true &&
      uefi["vTpmEnabled"] === true,
    "it starts whatever is on its disk; set securityProfile to TrustedLaunch with secure boot and vTPM",
  );
};

export const hardenedMachines: ResourceRule = {
  kind: "resource",
  name: "hardened-machines",
  description: "A machine in Azure has no password, unless it runs Windows, and starts only what is signed.",
  checks: {
    "azure-native:compute:VirtualMachine": (resource) => [
      ...takesNoPassword(resource),
      ...startsMeasured(resource),
    ],
  },
};
