import type { Props, Refusal } from "../../../model/recording";
import { commonErrors, partOfTheUrl, refuseLocation, resourceGroup } from "../azure";
import { interfaceType } from "../network/networkInterface";
import { refuseImage } from "./image";
import { refuseProfile } from "./profile";
import type { CloudPlace, CloudType, CloudView } from "../../cloudType";
import { each, refuseIf, words } from "../../rules";
import { uuidOf } from "../../seeds";
import { isProps, knownStrings, text, valuesAt } from "../../../model/values";

export const machineType = "azure-native:compute:VirtualMachine";
const interfaceIds = "networkProfile.networkInterfaces.id";
const inUse = "https://github.com/pulumi/pulumi-azure/issues/811";

export const azureMachine: Readonly<Record<string, CloudType>> = {
  [machineType]: {
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
    required: ["resourceGroupName"],
    replaces: each("resourceGroupName vmName", partOfTheUrl),
    references: {
      resourceGroupName: resourceGroup,
      [interfaceIds]: {
        types: [interfaceType],
        missing: "InvalidResourceReference",
        inUse: "NicInUse",
        source: inUse,
      },
    },
    autoName: "vmName",
    duplicate: { code: "AlreadyExists", source: partOfTheUrl },
    create: { min: 0.5, typical: 1.5, max: 10, source: "guess: a small Linux machine without extensions" },
    update: { min: 0.2, typical: 1, max: 5, source: "guess: tags at once, another size with a restart" },
    delete: { min: 0.5, typical: 1, max: 5, source: "guess: the machine and its disk" },
    refuse: (inputs, cloud, { id }) => [
      ...refuseLocation(machineType, inputs, cloud, id),
      ...refuseImage(inputs),
      ...refuseProfile(inputs),
      ...refuseInterfaces(inputs, cloud, id),
      ...refuseFixed(inputs, id === undefined ? undefined : cloud.find(machineType, id)?.inputs),
    ],
    id: machineId,
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
  },
};

function machineId(inputs: Props, { subscriptionId }: CloudPlace): string {
  const group = text(inputs, "resourceGroupName") ?? "";
  const name = text(inputs, "vmName") ?? "";
  return `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachines/${name}`;
}

/** Azure never answers with the password or the custom data. */
function shownProfile(profile: Props[string] | undefined): Props {
  const entries = isProps(profile) ? Object.entries(profile) : [];
  return Object.fromEntries(entries.filter(([name]) => !["adminPassword", "customData"].includes(name)));
}

function refuseInterfaces(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const ids = knownStrings(inputs, interfaceIds);
  const others = cloud.all(machineType).filter((other) => other.id !== id);
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
      .map((held) => cloud.find(interfaceType, held))
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

/** What Azure reads when it makes the machine, and never again. */
const fixed: readonly (readonly [path: string, source: string])[] = [
  ["osProfile.customData", "https://github.com/Azure/azure-sdk-for-java/issues/1912"],
  [
    "osProfile.adminUsername",
    "https://learn.microsoft.com/rest/api/compute/virtual-machines/create-or-update",
  ],
  ["osProfile.adminPassword", "https://github.com/MicrosoftDocs/azure-docs/issues/12602"],
  [
    "osProfile.computerName",
    "https://learn.microsoft.com/rest/api/compute/virtual-machines/create-or-update",
  ],
  ["storageProfile.imageReference.publisher", "guess: as of the disk's createOption"],
  ["storageProfile.imageReference.offer", "guess: as of the disk's createOption"],
  ["storageProfile.imageReference.sku", "guess: as of the disk's createOption"],
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
