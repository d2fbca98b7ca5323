import { VirtualMachine } from "@pulumi/azure-native/compute/virtualMachine";
import { NetworkInterface } from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { composed, type OutputsOf } from "../contract";
import { cloudConfig, type Listing } from "./cloudConfig";

export interface ClientVmArgs {
  readonly resourceGroupName: pulumi.Input<string>;
  readonly location: string;
  /** Where the clients live: from here HTTPS passes to the endpoint. */
  readonly subnetId: pulumi.Input<string>;
  /** What it lists, and with whose key. A change replaces the machine, and nothing else. */
  readonly listing: { readonly [Name in Exclude<keyof Listing, "secretAccessKey">]: pulumi.Input<string> };
  /** Stands alone, so that the state shows the rest. */
  readonly secretAccessKey: pulumi.Input<string>;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * A machine without a way in or out but the endpoint: it lists the first bucket and says on its serial console how that
 * went. Boot diagnostics show the console to those who may read the machine, without its network.
 */
export class ClientVm extends pulumi.ComponentResource {
  readonly outputs: OutputsOf<"clientVm">;

  constructor(name: string, args: ClientVmArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-s3-privatelink:client:ClientVm", name, args, opts);
    const child = { parent: this };
    const networkInterface = createInterface(name, args, child);
    const machine = createMachine(name, args, networkInterface, child);

    const shown = { id: machine.id, name: machine.name };
    this.outputs = { clientVm: composed(shown) };
    this.registerOutputs(shown);
  }
}

/** Without a public address; Azure picks the private one. */
function createInterface(
  name: string,
  args: ClientVmArgs,
  child: pulumi.CustomResourceOptions,
): NetworkInterface {
  return new NetworkInterface(
    `${name}-interface`,
    {
      resourceGroupName: args.resourceGroupName,
      location: args.location,
      ipConfigurations: [
        { name: "inside", subnet: { id: args.subnetId }, privateIPAllocationMethod: "Dynamic" },
      ],
      tags: args.tags,
    },
    // An interface cannot move to another virtual network.
    { ...child, replaceOnChanges: ["ipConfigurations[*].subnet.id"] },
  );
}

/**
 * Azure makes no machine without a password or a public key, and this one is for nobody: the key is the SHA-256 of its own
 * comment, so nobody can have a private half. docs/decisions/key-in-custom-data.md
 */
const keyOfNobody =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGWIXq02VwQcQWJe8cCPwNBAVgEZWQ/eKaIW3mv/IW3e nobody-has-the-private-half-2";

function createMachine(
  name: string,
  args: ClientVmArgs,
  networkInterface: NetworkInterface,
  child: pulumi.CustomResourceOptions,
): VirtualMachine {
  return new VirtualMachine(
    `${name}-machine`,
    {
      resourceGroupName: args.resourceGroupName,
      location: args.location,
      // The smallest burstable size of today; guess: all regions have it, and its 1 GiB is plenty for curl.
      // https://learn.microsoft.com/azure/virtual-machines/sizes/general-purpose/basv2-series
      hardwareProfile: { vmSize: "Standard_B2ats_v2" },
      storageProfile: {
        // Its curl is 8.5 (packages.ubuntu.com/noble/curl): S3 takes signatures from 7.87 on (curl #9804).
        // Of this offer "server" is generation 2 and "server-gen1" the other. guess: Trusted Launch takes it; the table of
        // https://learn.microsoft.com/azure/virtual-machines/trusted-launch still ends with Ubuntu 23.10.
        imageReference: {
          publisher: "Canonical",
          offer: "ubuntu-24_04-lts",
          sku: "server",
          version: "latest",
        },
        osDisk: {
          createOption: "FromImage",
          managedDisk: { storageAccountType: "StandardSSD_LRS" },
          // Azure makes the disk, so Azure must take it away.
          deleteOption: "Delete",
        },
      },
      networkProfile: { networkInterfaces: [{ id: networkInterface.id }] },
      securityProfile: {
        securityType: "TrustedLaunch",
        uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
      },
      osProfile: {
        computerName: "client",
        adminUsername: "client",
        // Not userData: that one every process on the machine may read, and everybody who may read the machine.
        customData: customData(args),
        // An extension could show the key to those who install it.
        allowExtensionOperations: false,
        linuxConfiguration: {
          disablePasswordAuthentication: true,
          ssh: { publicKeys: [{ path: "/home/client/.ssh/authorized_keys", keyData: keyOfNobody }] },
        },
      },
      // Without a storage account of ours Azure uses one of its own.
      diagnosticsProfile: { bootDiagnostics: { enabled: true } },
      tags: args.tags,
    },
    {
      ...child,
      // What Azure reads at the first start only, and refuses to change afterwards. Not the disk's type: Azure leaves it
      // out of what it answers of a deallocated machine, and a refresh takes that for a change.
      replaceOnChanges: [
        "osProfile",
        "storageProfile.imageReference",
        "storageProfile.osDisk.createOption",
        "securityProfile",
        "networkProfile",
      ],
      // The interface serves one machine at a time.
      deleteBeforeReplace: true,
      additionalSecretOutputs: ["osProfile"],
    },
  );
}

/** Secret, because the key in it is. */
function customData({ listing, secretAccessKey }: ClientVmArgs): pulumi.Output<string> {
  const script = readFileSync(join(__dirname, "listBucket.sh"), "utf8");
  return pulumi.output({ listing: { ...listing, secretAccessKey }, script }).apply(encodedCloudConfig);
}

function encodedCloudConfig(known: { readonly listing: Listing; readonly script: string }): string {
  return Buffer.from(cloudConfig(known.listing, known.script)).toString("base64");
}
