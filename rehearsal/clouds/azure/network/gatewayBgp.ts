import { addressAt } from "../../../model/addresses";
import type { Props, Refusal } from "../../../model/recording";
import { azureTypes } from "../../../model/resourceTypes";
import { holdsUnknown, isList, isProps, knownStrings, text, valuesAt } from "../../../model/values";
import type { CloudView } from "../../cloudType";
import { refuseIf } from "../../rules";
import { commonErrors } from "../azure";
import { asnOf, awsBgp, bgpFaq, isAzureApipa } from "./bgp";
import { configurationId, configurationsOf } from "./ipConfigurations";

/** The BGP end that Azure reports: an address of the subnet for each instance, and its public address. */
export function bgpOutputs(inputs: Props, cloud: CloudView, id: string): Props {
  const subnetId = knownStrings(inputs, "ipConfigurations.subnet.id")[0];
  const subnet = subnetId === undefined ? undefined : cloud.find(azureTypes.subnet, subnetId);
  const range = text(subnet?.inputs, "addressPrefix") ?? "";
  const custom = isList(inputs["bgpSettings"])
    ? []
    : valuesAt(inputs, "bgpSettings.bgpPeeringAddresses").filter(isProps);
  const addresses = configurationsOf(inputs).map((configuration, instance) => {
    const own = custom.find((entry) => entry["ipconfigurationId"] === configurationId(id, configuration));
    const publicId = text(configuration, "publicIPAddress.id") ?? "";
    return {
      ipconfigurationId: configurationId(id, configuration),
      customBgpIpAddresses: own?.["customBgpIpAddresses"] ?? [],
      // Azure takes them from the subnet and does not document which.
      defaultBgpIpAddresses: [addressAt(range, 4 + instance) ?? ""],
      tunnelIpAddresses: knownStrings(cloud.find(azureTypes.publicIPAddress, publicId)?.outputs, "ipAddress"),
    };
  });
  return {
    asn: asnOf(inputs),
    bgpPeeringAddress: addresses.flatMap((address) => address.defaultBgpIpAddresses).join(","),
    peerWeight: 0,
    bgpPeeringAddresses: addresses,
  };
}

/** Custom addresses that Azure does not accept, or for a configuration that the gateway does not have. */
export function refuseCustomAddresses(inputs: Props, id: string, name: string): readonly Refusal[] {
  const property = "bgpSettings.bgpPeeringAddresses";
  const custom = knownStrings(inputs, `${property}.customBgpIpAddresses`);
  // What a configuration's id is made of.
  const identity = ["resourceGroupName", "virtualNetworkGatewayName", "ipConfigurations"];
  const own = configurationsOf(inputs).map((configuration) => configurationId(id, configuration));
  return [
    ...custom
      .filter((address) => !isAzureApipa(address))
      .map((address) => ({
        code: "InvalidCustomBgpIpAddress",
        message: `custom BGP address ${address} is outside 169.254.21.0-169.254.22.255`,
        property: `${property}.customBgpIpAddresses`,
        source: `guess: the code; the rule: ${bgpFaq}`,
      })),
    ...refuseIf(new Set(custom).size < custom.length, {
      code: "DuplicateCustomBgpIpAddress",
      message: "a custom BGP address is given twice",
      property: `${property}.customBgpIpAddresses`,
      source: `guess: the code; the rule: ${bgpFaq}`,
    }),
    ...refuseIf(custom.length > 1 && inputs["activeActive"] === false, {
      code: "TooManyCustomBgpIpAddresses",
      message: "a gateway that is not active-active accepts only one custom BGP address",
      property: `${property}.customBgpIpAddresses`,
      source: `guess: the code; the rule: ${awsBgp}`,
    }),
    ...knownStrings(inputs, `${property}.ipconfigurationId`)
      .filter(() => !identity.some((part) => holdsUnknown(inputs[part])))
      .filter((reference) => !own.includes(reference))
      .map((reference) => ({
        code: "InvalidResourceReference",
        message: `${name} has no IP configuration ${reference}`,
        property: `${property}.ipconfigurationId`,
        source: commonErrors,
      })),
  ];
}
