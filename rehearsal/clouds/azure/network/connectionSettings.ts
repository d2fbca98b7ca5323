import type { Props, Refusal } from "../../../model/recording";
import { holdsUnknown, number, text, valuesAt } from "../../../model/values";
import { refuseIf, refuseOthers } from "../../rules";

const faq = "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq";
const rest =
  "https://learn.microsoft.com/rest/api/virtualnetwork/virtual-network-gateway-connections/create-or-update";

/** Values that Azure rejects on any gateway. */
export function refuseSettings(inputs: Props, before: Props | undefined): readonly Refusal[] {
  return [
    ...refuseKind(inputs),
    ...refuseSharedKey(inputs, before),
    ...refuseTiming(inputs),
    ...refuseChange(inputs, before),
  ];
}

const choices: Readonly<Record<string, readonly string[]>> = {
  connectionType: ["IPsec", "Vnet2Vnet", "ExpressRoute", "VPNClient"],
  connectionProtocol: ["IKEv2", "IKEv1"],
  connectionMode: ["Default", "ResponderOnly", "InitiatorOnly"],
};

function refuseKind(inputs: Props): readonly Refusal[] {
  const lacksSite =
    inputs["connectionType"] === "IPsec" && valuesAt(inputs, "localNetworkGateway2").length === 0;
  return [
    ...Object.entries(choices).flatMap(([property, allowed]) =>
      refuseOthers(inputs, property, allowed, (message) => ({
        code: "InvalidRequestFormat",
        message,
        property,
        source: rest,
      })),
    ),
    ...refuseIf(lacksSite, {
      code: "MissingRequiredProperty",
      message: "an IPsec connection needs localNetworkGateway2",
      property: "localNetworkGateway2",
      source: rest,
    }),
  ];
}

/** Printable ASCII except space, '-' and '~', 1-128 characters. The key itself stays out of the message. */
function refuseSharedKey(inputs: Props, before: Props | undefined): readonly Refusal[] {
  const key = text(inputs, "sharedKey");
  // guess: an existing connection keeps its key. `az network vpn-connection update` sends back what a GET answered.
  const missing = before === undefined && valuesAt(inputs, "sharedKey").length === 0;
  return [
    ...refuseIf(inputs["connectionType"] === "IPsec" && missing, {
      code: "SharedKeyMissing",
      message: "an IPsec connection needs a pre-shared key",
      property: "sharedKey",
      source: `guess: the code; the rule: ${faq}`,
    }),
    ...refuseIf(key !== undefined && !/^[!-,./0-9:-}]{1,128}$/.test(key), {
      code: "InvalidSharedKey",
      message: "the pre-shared key must be 1-128 printable ASCII characters other than space, '-' and '~'",
      property: "sharedKey",
      source: `guess: the code; the rule: ${faq}`,
    }),
  ];
}

function refuseTiming(inputs: Props): readonly Refusal[] {
  const [dpd, weight] = [number(inputs, "dpdTimeoutSeconds"), number(inputs, "routingWeight")];
  return [
    ...refuseIf(dpd !== undefined && (dpd < 9 || dpd > 3600), {
      code: "InvalidDpdTimeout",
      message: `a DPD timeout of ${dpd ?? 0} seconds is outside 9-3600`,
      property: "dpdTimeoutSeconds",
      source: `guess: the code; the rule: ${faq}`,
    }),
    ...refuseIf(weight !== undefined && (weight < 0 || weight > 32000), {
      code: "InvalidRoutingWeight",
      message: `a routing weight of ${weight ?? 0} is outside 0-32000`,
      property: "routingWeight",
      source: `guess: the code; the rule: ${rest}`,
    }),
  ];
}

function refuseChange(inputs: Props, before: Props | undefined): readonly Refusal[] {
  if (before === undefined) return [];
  return ["connectionProtocol", "connectionType"]
    .filter(
      (property) => !holdsUnknown(inputs[property]) && text(before, property) !== text(inputs, property),
    )
    .map((property) => ({
      code: "PropertyChangeNotAllowed",
      message: `${property} of a connection cannot change in place`,
      property,
      source: `guess: the code; the rule: ${faq}`,
    }));
}
