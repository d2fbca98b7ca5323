import type { Props } from "../../../rehearsal/model/recording";
import { azureTypes } from "../../../rehearsal/model/resourceTypes";
import { type Estate, type Made, output } from "./estates";
import { azureNetwork, inGroup, planned } from "./networkEstates";

const customData = Buffer.from("#cloud-config\n{}\n").toString("base64");

export function machine(made: Made): Props {
  return {
    ...inGroup(made),
    hardwareProfile: { vmSize: "Standard_B2ats_v2" },
    storageProfile: {
      imageReference: {
        publisher: "Canonical",
        offer: "ubuntu-24_04-lts",
        sku: "server",
        version: "latest",
      },
      osDisk: { createOption: "FromImage", deleteOption: "Delete" },
    },
    networkProfile: { networkInterfaces: [{ id: made("interface").id }] },
    securityProfile: {
      securityType: "TrustedLaunch",
      uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
    },
    osProfile: {
      computerName: "client",
      adminUsername: "client",
      customData,
      linuxConfiguration: {
        disablePasswordAuthentication: true,
        ssh: { publicKeys: [{ path: "/home/client/.ssh/authorized_keys", keyData: publicKey }] },
      },
    },
    diagnosticsProfile: { bootDiagnostics: { enabled: true } },
  };
}

/** Of the right form; any would do. */
export const publicKey = `ssh-ed25519 ${Buffer.concat([
  Buffer.from([0, 0, 0, 11]),
  Buffer.from("ssh-ed25519"),
  Buffer.from([0, 0, 0, 32]),
  Buffer.alloc(32, 7),
]).toString("base64")} somebody`;

/** A machine in the client subnet of a network in Azure, and another network besides. */
export const clientEstate: Estate = {
  ...azureNetwork,
  otherNetwork: planned(azureTypes.virtualNetwork, (made) => ({
    ...inGroup(made),
    virtualNetworkName: "other",
    addressSpace: { addressPrefixes: ["10.9.0.0/24"] },
  })),
  otherSubnet: planned(azureTypes.subnet, (made) => ({
    resourceGroupName: output(made, "group", "name"),
    virtualNetworkName: output(made, "otherNetwork", "name"),
    subnetName: "other",
    addressPrefix: "10.9.0.0/28",
  })),
  interface: planned(azureTypes.networkInterface, (made) => ({
    ...inGroup(made),
    ipConfigurations: [
      {
        name: "inside",
        subnet: { id: made("clientSubnet").id },
        privateIPAllocationMethod: "Dynamic",
      },
    ],
  })),
  machine: planned(azureTypes.virtualMachine, machine),
};
