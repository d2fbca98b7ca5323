import { azureTypes } from "../model/resourceTypes";
import { isTrue, knownStrings, text } from "../model/values";
import { readCloudInit, type CloudInit } from "./cloudInit";
import type { AzureSubnet } from "./azure";
import { listAt } from "./azureNames";
import { sameAzureId } from "../model/azureIds";
import type { EstateIndex, Item } from "./estateIndex";
import type { RecordedResource } from "../model/recording";

/** What stands in the client subnet. */
export interface AzureMachines {
  readonly interfaces: readonly AzureInterface[];
  readonly machines: readonly AzureMachine[];
}

export interface AzureInterface extends Item {
  readonly subnets: readonly AzureSubnet[];
  readonly publicAddressIds: readonly string[];
  readonly forwards: boolean;
}

export interface AzureMachine extends Item {
  readonly size: string | undefined;
  /** `publisher offer sku`. */
  readonly image: string;
  readonly interfaces: readonly AzureInterface[];
  /** Public keys that may log in, as OpenSSH writes them. */
  readonly publicKeys: readonly string[];
  /** Undefined where the custom data is nothing that cloud-init would read. */
  readonly cloudInit: CloudInit | undefined;
  readonly bootDiagnostics: boolean;
  readonly diagnosticsStorage: string | undefined;
  readonly hardened: boolean;
}

export function readMachines(index: EstateIndex, subnets: readonly AzureSubnet[]): AzureMachines {
  const interfaces = index.ofType(azureTypes.networkInterface).map((r) => readInterface(r, subnets));
  const machines = index.ofType(azureTypes.virtualMachine).map((r) => readMachine(r, interfaces));
  return { interfaces, machines };
}

function readInterface(resource: RecordedResource, subnets: readonly AzureSubnet[]): AzureInterface {
  const { inputs } = resource;
  const ids = listAt(inputs, "ipConfigurations").flatMap((one) => knownStrings(one, "subnet.id"));
  return {
    resource,
    subnets: subnets.filter((subnet) => ids.some((id) => sameAzureId(id, subnet.resource.id))),
    publicAddressIds: knownStrings(inputs, "ipConfigurations.publicIPAddress.id"),
    forwards: isTrue(inputs, "enableIPForwarding"),
  };
}

function readMachine(resource: RecordedResource, interfaces: readonly AzureInterface[]): AzureMachine {
  const { inputs } = resource;
  const ids = knownStrings(inputs, "networkProfile.networkInterfaces.id");
  const image = ["publisher", "offer", "sku"].map(
    (part) => text(inputs, `storageProfile.imageReference.${part}`) ?? "",
  );
  return {
    resource,
    size: text(inputs, "hardwareProfile.vmSize"),
    image: image.join(" "),
    interfaces: interfaces.filter((one) => ids.some((id) => sameAzureId(id, one.resource.id))),
    publicKeys: knownStrings(inputs, "osProfile.linuxConfiguration.ssh.publicKeys.keyData"),
    cloudInit: readCloudInit(text(inputs, "osProfile.customData")),
    bootDiagnostics: isTrue(inputs, "diagnosticsProfile.bootDiagnostics.enabled"),
    diagnosticsStorage: text(inputs, "diagnosticsProfile.bootDiagnostics.storageUri"),
    hardened:
      text(inputs, "securityProfile.securityType") === "TrustedLaunch" &&
      isTrue(inputs, "securityProfile.uefiSettings.secureBootEnabled") &&
      isTrue(inputs, "securityProfile.uefiSettings.vTpmEnabled"),
  };
}
