import type { StackOutputs } from "../../../outputs";
import { known } from "../facts/answer";
import type { Facts } from "../facts/facts";
import { speaksBgp } from "../facts/routing";
import { finding } from "./findings";
import type { Judgement } from "./judgement";

/** Whether each end expects the other's ASN. What could not be read is for the judges of the ends to say. */
export function* judgeAsns(outputs: StackOutputs, { aws, azure }: Facts): Judgement {
  if (!speaksBgp(outputs)) return;
  const [ofAws, ofAzure] = [known(aws), known(azure)];
  if (ofAws === undefined || ofAzure === undefined) return;
  const { azureGatewayName, awsGatewayId, tunnels } = outputs.vpn;
  const azureAsn = known(ofAzure.gateway)?.asn?.toString();
  for (const { id, asn } of known(ofAws.customerGateways) ?? [])
    if (azureAsn !== undefined && asn !== azureAsn)
      yield finding("bgp-asn-differs", id, `AWS expects ASN ${asn}, and ${azureGatewayName} has ${azureAsn}`);
  const awsAsn = known(ofAws.vpnGateway)?.asn;
  for (const { name } of tunnels) {
    const end = ofAzure.connections[name]?.site;
    const asn = end === undefined ? undefined : known(end)?.asn?.toString();
    if (awsAsn !== undefined && asn !== undefined && asn !== awsAsn)
      yield finding("bgp-asn-differs", name, `Azure expects ASN ${asn}, and ${awsGatewayId} has ${awsAsn}`);
  }
}
