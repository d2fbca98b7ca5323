import type { StackOutputs } from "../../../outputs";
import type { AwsFacts } from "../facts/aws";
import type { AzureFacts } from "../facts/azure";
import { speaksBgp } from "../facts/routing";
import { finding } from "./findings";
import { type Judgement, read } from "./judgement";

export function* judgeAwsGateway(
  { vpn: { awsGatewayId: id }, awsNetwork: { vpcId } }: StackOutputs,
  aws: AwsFacts,
): Judgement {
  const missing = finding("aws-gateway-missing", id, "AWS has no VPN gateway of this id");
  const gateway = yield* read(aws.vpnGateway, missing);
  if (gateway === undefined || gateway.attachedTo.includes(vpcId)) return;
  const there = gateway.attachedTo.join(", ") || "nothing";
  yield finding("aws-gateway-detached", id, `it is attached to ${there}, not to ${vpcId}`);
}

export function* judgeAzureGateway(outputs: StackOutputs, azure: AzureFacts): Judgement {
  const { azureGatewayName: name, topology } = outputs.vpn;
  const missing = finding("azure-gateway-missing", name, "Azure has no such gateway");
  const gateway = yield* read(azure.gateway, missing);
  if (gateway === undefined) return;
  const { provisioningState, activeActive, bgp } = gateway;
  if (provisioningState !== "Succeeded")
    yield finding("azure-gateway-unready", name, `its state is ${provisioningState}, not Succeeded`);
  const must = { activeActive: topology === "active-active", bgp: speaksBgp(outputs) };
  if (activeActive !== must.activeActive || bgp !== must.bgp)
    yield finding(
      "azure-gateway-mode",
      name,
      `active-active mode is ${onOff(activeActive)} and BGP is ${onOff(bgp)}; ${topology} needs the mode ${onOff(must.activeActive)} and BGP ${onOff(must.bgp)}`,
    );
}

function onOff(value: boolean): string {
  return value ? "on" : "off";
}
