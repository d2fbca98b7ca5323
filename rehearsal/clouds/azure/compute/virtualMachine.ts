import type { Props, Refusal } from "../../../model/recording";
import { azureTypes } from "../../../model/resourceTypes";
import { isProps, knownStrings, text, valuesAt } from "../../../model/values";
import type { CloudView, ResourceRecord } from "../../cloudType";
import { none } from "../../impact";
import { refuseIf, words } from "../../rules";
import { uuidOf } from "../../seeds";
import {
  byId,
  commonErrors,
  inputsBefore,
  inResourceGroup,
  namedInGroup,
  othersOf,
  setAtCreation,
} from "../azure";
import { azureImpacts } from "../impacts";
import { refuseLocation } from "../location";
import { refuseImage } from "./image";
import { create, refuseProfile } from "./profile";

const type = azureTypes.virtualMachine;
const common = namedInGroup("Microsoft.Compute/virtualMachines", "vmName");
const interfaceIds = "networkProfile.networkInterfaces.id";
const inUse = "https://github.com/pulumi/pulumi-azure/issues/811";
const machines = "https://learn.microsoft.com/azure/virtual-machines/overview";

export const virtualMachine: ResourceRecord = {
  ...common,
  properties: words(`
    additionalCapabilities.* applicationProfile.* availabilitySet.* billingProfile.* capacityReservation.*
    diagnosticsProfile.bootDiagnostics.enabled diagnosticsProfile.bootDiagnostics.storageUri evictionPolicy
    extendedLocation.* extensionsTimeBudget hardwareProfile.vmSize hardwareProfile.vmSizeProperties.* host.*
    hostGroup.* identity.* licenseType location networkProfile.networkApiVersion
    networkProfile.networkInterfaceConfigurations.* networkProfile.networkInterfaces.deleteOption
    networkProfile.networkInterfaces.id networkProfile.networkInterfaces.primary osProfile.adminPassword
    osProfile.adminUsername osProfile.allowExtensionOperations osProfile.computerName osProfile.customData
    osProfile.linuxConfiguration.disablePasswordAuthentication
    osProfile.linuxConfiguration.enableVMAgentPlatformUpdates osProfile.linuxConfiguration.patchSettings.*
    osProfile.linuxConfiguration.provisionVMAgent osProfile.linuxConfiguration.ssh.*
    osProfile.requireGuestProvisionSignal osProfile.secrets.* osProfile.windowsConfiguration.* placement.* plan.*
    platformFaultDomain priority proximityPlacementGroup.* resourceGroupName scheduledEventsPolicy.*
    scheduledEventsProfile.* securityProfile.encryptionAtHost securityProfile.encryptionIdentity.*
    securityProfile.proxyAgentSettings.* securityProfile.securityType
    securityProfile.uefiSettings.secureBootEnabled securityProfile.uefiSettings.vTpmEnabled
    storageProfile.alignRegionalDisksToVMZone storageProfile.dataDisks.* storageProfile.diskControllerType
    storageProfile.imageReference.communityGalleryImageId storageProfile.imageReference.id
    storageProfile.imageReference.offer storageProfile.imageReference.publisher
    storageProfile.imageReference.sharedGalleryImageId storageProfile.imageReference.sku
    storageProfile.imageReference.version storageProfile.osDisk.caching storageProfile.osDisk.createOption
    storageProfile.osDisk.deleteOption storageProfile.osDisk.diffDiskSettings.* storageProfile.osDisk.diskSizeGB
    storageProfile.osDisk.encryptionSettings.* storageProfile.osDisk.image.*
    storageProfile.osDisk.managedDisk.diskEncryptionSet.* storageProfile.osDisk.managedDisk.id
    storageProfile.osDisk.managedDisk.securityProfile.* storageProfile.osDisk.managedDisk.storageAccountType
    storageProfile.osDisk.name storageProfile.osDisk.osType storageProfile.osDisk.vhd.*
    storageProfile.osDisk.writeAcceleratorEnabled tags.* userData virtualMachineScaleSet.* vmName zones`),
  values: {
    evictionPolicy: words("Deallocate Delete"),
    "networkProfile.networkApiVersion": words("2020-11-01 2022-11-01"),
    "networkProfile.networkInterfaces.deleteOption": words("Delete Detach"),
    priority: words("Regular Low Spot"),
    "securityProfile.securityType": words("TrustedLaunch ConfidentialVM"),
    "storageProfile.diskControllerType": words("SCSI NVMe"),
    "storageProfile.osDisk.caching": words("None ReadOnly ReadWrite"),
    "storageProfile.osDisk.createOption": words("FromImage Empty Attach Copy Restore"),
    "storageProfile.osDisk.deleteOption": words("Delete Detach"),
    "storageProfile.osDisk.managedDisk.storageAccountType": words(
      "Standard_LRS Premium_LRS StandardSSD_LRS UltraSSD_LRS Premium_ZRS StandardSSD_ZRS PremiumV2_LRS",
    ),
    "storageProfile.osDisk.osType": words("Windows Linux"),
  },
  replaces: { ...common.replaces, location: setAtCreation },
  references: {
    ...inResourceGroup,
    [interfaceIds]: byId(azureTypes.networkInterface, { inUse: "NicInUse", source: inUse }),
  },
  secretInputs: ["osProfile"],
  permissions: {
    create: [
      "Microsoft.Compute/virtualMachines/write",
      "Microsoft.Compute/disks/write",
      "Microsoft.Network/networkInterfaces/join/action",
    ],
    read: ["Microsoft.Compute/virtualMachines/read"],
    update: ["Microsoft.Compute/virtualMachines/write", "Microsoft.Network/networkInterfaces/join/action"],
    delete: ["Microsoft.Compute/virtualMachines/delete", "Microsoft.Compute/disks/delete"],
    source:
      "guess: whether the disk that comes and goes with it needs rights of its own; the rights: https://learn.microsoft.com/azure/role-based-access-control/permissions/compute",
  },
  // The client machine watches the link and carries nothing for others.
  impact: azureImpacts({
    create: none("the client machine lists the bucket and nothing else", machines),
    delete: none("the client machine carries nothing for others", machines),
    replace: none(
      "Azure creates the client machine again, and it reports nothing meanwhile; nothing else is affected",
      "https://learn.microsoft.com/azure/virtual-machines/custom-data",
    ),
    replacing: "networkProfile osProfile securityProfile storageProfile vmName",
    properties: {
      hardwareProfile: none("the client machine starts again in another size", machines),
      diagnosticsProfile: none(
        "whether its serial console can be read changes, and what verify can report of it",
        "https://learn.microsoft.com/azure/virtual-machines/boot-diagnostics",
      ),
    },
  }),
  create: { min: 0.5, typical: 1.5, max: 10, source: "guess: a small Linux machine without extensions" },
  update: { min: 0.2, typical: 1, max: 5, source: "guess: tags at once, another size with a restart" },
  delete: { min: 0.5, typical: 1, max: 5, source: "guess: the machine and its disk" },
  refuse: (inputs, cloud, { id }) => [
    ...refuseLocation(type, inputs, cloud, id),
    ...refuseImage(inputs),
    ...refuseProfile(inputs),
    ...refuseInterfaces(inputs, cloud, id),
    ...refuseFixed(inputs, inputsBefore(type, cloud, id)),
  ],
  outputs: (inputs, _cloud, { seed }) => ({
    name: text(inputs, "vmName") ?? "",
    type: "Microsoft.Compute/virtualMachines",
    vmId: uuidOf(`${seed}/vm`),
    provisioningState: "Succeeded",
    etag: `"1"`,
    timeCreated: "2026-01-01T00:00:00+00:00",
    azureApiVersion: "2024-11-01",
    osProfile: shownProfile(inputs["osProfile"]),
  }),
  leftOutOfReads: ({ outputs }) =>
    valuesAt(outputs, "instanceView.statuses.code").includes("PowerState/deallocated") ? [diskType] : [],
};

/** guess: Azure leaves it out of what it answers of a deallocated machine, whose disk is attached to no host. */
const diskType = "storageProfile.osDisk.managedDisk.storageAccountType";

/** Azure never returns the password or the custom data. */
function shownProfile(profile: Props[string] | undefined): Props {
  const entries = isProps(profile) ? Object.entries(profile) : [];
  return Object.fromEntries(entries.filter(([name]) => !["adminPassword", "customData"].includes(name)));
}

function refuseInterfaces(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const ids = knownStrings(inputs, interfaceIds);
  const others = othersOf(type, cloud, id);
  const location = text(inputs, "location");
  return [
    ...refuseIf(valuesAt(inputs, "networkProfile").length === 0, {
      code: "InvalidParameter",
      message: "a machine has at least one network interface",
      property: "networkProfile",
      source: `guess: the code; the rule: ${commonErrors}`,
    }),
    ...others
      .filter((other) => knownStrings(other.inputs, interfaceIds).some((held) => ids.includes(held)))
      .map((other) => ({
        code: "NicInUse",
        message: `the network interface is used by ${other.id}`,
        property: interfaceIds,
        source: inUse,
      })),
    ...ids
      .map((held) => cloud.find(azureTypes.networkInterface, held))
      .map((found) => text(found?.inputs, "location"))
      .filter((place) => place !== undefined && location !== undefined && place !== location)
      .map((place) => ({
        code: "InvalidResourceReference",
        message: `its network interface is in ${place ?? ""}, not in ${location ?? ""}`,
        property: "location",
        source: commonErrors,
      })),
  ];
}

const ofTheDisk = "guess: as of the disk's createOption";

/** What Azure reads when it creates the machine, and never again. */
const fixed: readonly (readonly [path: string, source: string])[] = [
  ["osProfile.customData", "https://github.com/Azure/azure-sdk-for-java/issues/1912"],
  ["osProfile.adminUsername", create],
  ["osProfile.adminPassword", "https://github.com/MicrosoftDocs/azure-docs/issues/12602"],
  ["osProfile.computerName", create],
  ["storageProfile.imageReference.publisher", ofTheDisk],
  ["storageProfile.imageReference.offer", ofTheDisk],
  ["storageProfile.imageReference.sku", ofTheDisk],
  ["storageProfile.osDisk.createOption", "https://github.com/Azure/azure-powershell/issues/7621"],
  ["securityProfile.securityType", "guess: it changes on a machine that is stopped, one way only"],
  [interfaceIds, "https://github.com/hashicorp/terraform-provider-azurerm/issues/1670"],
];

function refuseFixed(inputs: Props, before: Props | undefined): readonly Refusal[] {
  if (before === undefined) return [];
  return fixed
    .filter(([path]) => {
      const now = text(inputs, path);
      return now !== undefined && now !== text(before, path);
    })
    .map(([property, source]) => ({
      code: "PropertyChangeNotAllowed",
      message: `changing property '${property}' is not allowed`,
      property,
      source,
    }));
}
