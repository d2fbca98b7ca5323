import { azureCommon, each, none, type Impacts } from "../../rehearsal/clouds/impact";

const machines = "https://learn.microsoft.com/azure/virtual-machines/overview";
const interfaces = "https://learn.microsoft.com/azure/virtual-network/virtual-network-network-interface";
const customData = "https://learn.microsoft.com/azure/virtual-machines/custom-data";

const madeAnew = none(
  "the client inside is made anew and its line fails to come meanwhile; nobody else notices",
  customData,
);
const movedInterface = none("only the client inside uses it, which is made anew with it", interfaces);

/** The client inside watches the link and carries nothing for anybody. */
export const clientRules: Readonly<Record<string, Impacts>> = {
  "azure-native:compute:VirtualMachine": {
    create: none("the client inside lists the bucket and nothing else", machines),
    delete: none("the client inside carries nothing for others", machines),
    replace: madeAnew,
    properties: {
      ...azureCommon(madeAnew, "vmName"),
      ...each(["networkProfile", "osProfile", "securityProfile", "storageProfile"], madeAnew),
      hardwareProfile: none("the client inside starts again in another size", machines),
      diagnosticsProfile: none(
        "whether its serial console can be read changes, and what verify can say of it",
        "https://learn.microsoft.com/azure/virtual-machines/boot-diagnostics",
      ),
    },
  },
  "azure-native:network:NetworkInterface": {
    create: none("an address in the client subnet", interfaces),
    delete: movedInterface,
    replace: movedInterface,
    properties: {
      ...azureCommon(movedInterface, "networkInterfaceName"),
      ipConfigurations: movedInterface,
    },
  },
};
