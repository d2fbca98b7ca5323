import type { StackOutputs } from "../../../outputs";
import { known } from "../facts/answer";
import type { AzureConnectionFacts, AzureFacts } from "../facts/azure";
import { speaksBgp } from "../facts/routing";
import { tunnelAddresses } from "./addresses";
import { findingsOn } from "./findings";
import { type Judgement, judgeUnknown } from "./judgement";
import { differences, type Part, unreported } from "./suite";

type Tunnel = StackOutputs["vpn"]["tunnels"][number];

/** What an Azure connection has beside its IPsec policy. */
export function* judgeConnectionOptions(
  outputs: StackOutputs,
  tunnel: Tunnel,
  connection: AzureConnectionFacts,
  gateway: AzureFacts["gateway"],
): Judgement {
  const { vpn } = outputs;
  const { name } = tunnel;
  const found = findingsOn(name);
  yield* judgeUnknown(`the Azure connection of ${name}`, connection);
  if (connection.gatewayId.toLowerCase() !== vpn.azureGatewayId.toLowerCase())
    yield found(
      "azure-connection-elsewhere",
      `it starts at ${connection.gatewayId || "no gateway"}, not at ${vpn.azureGatewayName}`,
    );
  const parts = optionParts(outputs, connection);
  for (const says of differences("of the Azure connection", parts))
    yield found("azure-connection-options", says);
  for (const what of unreported(parts))
    yield { about: `the ${what} of the Azure connection of ${name}`, reason: "Azure does not report it" };
  const { trafficSelectors, policyBasedSelectors, natRules } = connection;
  if (trafficSelectors > 0 || policyBasedSelectors)
    yield found(
      "azure-traffic-selectors",
      `Azure has ${trafficSelectors} traffic selectors of its own and policy-based ones ${policyBasedSelectors ? "on" : "off"}; it must take every address`,
    );
  if (natRules.length > 0)
    yield found("azure-nat-rules", `Azure rewrites addresses by ${[...new Set(natRules)].join(", ")}`);
  if (speaksBgp(outputs)) yield* judgeBgpAddress(tunnel, connection, gateway);
}

/**
 * One value in every stack, save the mode: where both ends have one suite, AWS alone initiates.
 * @see https://learn.microsoft.com/rest/api/network-gateway/virtual-network-gateway-connections/get
 */
function optionParts(outputs: StackOutputs, connection: AzureConnectionFacts): readonly Part[] {
  const { type, mode, dpdSeconds, bgp, authentication = "PSK" } = connection;
  return [
    { what: "type", must: "IPsec", is: type },
    { what: "mode", must: outputs.vpn.ipsec.pinnedOnAzure ? "ResponderOnly" : "Default", is: mode },
    { what: "DPD timeout in seconds", must: "45", is: dpdSeconds?.toString() },
    { what: "BGP", must: speaksBgp(outputs) ? "on" : "off", is: bgp ? "on" : "off" },
    { what: "authentication", must: "PSK", is: authentication },
  ];
}

/** Each connection must name the address that it speaks BGP from; else Azure takes the gateway's first. */
function* judgeBgpAddress(
  { name, insideCidr, azurePublicAddress }: Tunnel,
  { bgpAddresses }: AzureConnectionFacts,
  gateway: AzureFacts["gateway"],
): Judgement {
  const { azure: must } = tunnelAddresses(insideCidr);
  const found = findingsOn(name);
  // Whether the gateway could be read is for its own judge to say.
  const instances = known(gateway)?.instances;
  if (instances === undefined) return;
  const own = instances.find(({ publicAddresses }) => publicAddresses.includes(azurePublicAddress));
  if (own === undefined) {
    yield { about: `the gateway instance of ${name}`, reason: `Azure shows none at ${azurePublicAddress}` };
    return;
  }
  if (!own.bgpAddresses.includes(must))
    yield found("azure-bgp-addresses", `the gateway's instance has no BGP address ${must}`);
  const uses = bgpAddresses
    .filter(({ ipConfigurationId }) => ipConfigurationId === own.ipConfigurationId)
    .map(({ address }) => address);
  if (!uses.includes(must))
    yield found(
      "azure-bgp-addresses",
      `it speaks BGP from ${uses.join(", ") || "the gateway's first address"}, not from ${must}`,
    );
}
