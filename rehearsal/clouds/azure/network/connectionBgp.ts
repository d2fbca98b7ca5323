import type { Props, Refusal, Value } from "../../../model/recording";
import { isTrue, knownStrings, number, text, valuesAt } from "../../../model/values";
import type { LiveResource } from "../../cloudType";
import { refuseIf } from "../../rules";
import { asnOf, awsBgp, bgpFaq } from "./bgp";

/** What BGP over a connection requires of both of its ends. */
export function refuseBgp(inputs: Props, gateway?: LiveResource, site?: LiveResource): readonly Refusal[] {
  if (!isTrue(inputs, "enableBgp") || gateway === undefined) return [];
  return [
    ...refuseIf(!isTrue(gateway.inputs, "enableBgp"), {
      code: "BgpNotEnabledOnVirtualNetworkGateway",
      message: `the connection uses BGP, but ${gateway.id} has it switched off`,
      property: "enableBgp",
      source: `guess: the code; the rule: ${bgpFaq}`,
    }),
    ...refuseIf(
      site !== undefined && number(site.inputs, "bgpSettings.asn") === undefined && knownAsn(site),
      {
        code: "BgpSettingsMissingOnLocalNetworkGateway",
        message: `the connection uses BGP, but ${site?.id ?? ""} has no BGP peer`,
        property: "enableBgp",
        source: `guess: the code; the rule: ${bgpFaq}`,
      },
    ),
    ...refuseIf(site !== undefined && number(site.inputs, "bgpSettings.asn") === asnOf(gateway.inputs), {
      code: "AsnsMustDiffer",
      message: `both ends have ASN ${asnOf(gateway.inputs)}, and they must differ`,
      property: "localNetworkGateway2",
      source: `guess: the code; the rule: ${bgpFaq}`,
    }),
  ];
}

function knownAsn(site: LiveResource): boolean {
  return valuesAt(site.inputs, "bgpSettings.asn").length === 0;
}

/** An entry must name one of the gateway's own configurations and one of the addresses set on it. */
export function refuseOwnAddresses(inputs: Props, gateway: LiveResource | undefined): readonly Refusal[] {
  if (gateway === undefined) return [];
  const entries = valuesAt(inputs, "gatewayCustomBgpIpAddresses");
  const property = "gatewayCustomBgpIpAddresses";
  return entries.flatMap((entry) => {
    const configuration = text(entry, "ipConfigurationId");
    const address = text(entry, "customBgpIpAddress");
    if (configuration === undefined || address === undefined) return [];
    const own = addressesOf(gateway.inputs, configuration);
    return refuseIf(!own.includes(address), {
      code: "InvalidGatewayCustomBgpIpAddress",
      message: `${address} is not a custom BGP address of ${configuration}`,
      property,
      source: `guess: the code; the rule: ${awsBgp}`,
    });
  });
}

function addressesOf(gateway: Value, configuration: string): readonly string[] {
  return valuesAt(gateway, "bgpSettings.bgpPeeringAddresses")
    .filter((entry) => text(entry, "ipconfigurationId") === configuration)
    .flatMap((entry) => knownStrings(entry, "customBgpIpAddresses"));
}
