import type { StackOutputs } from "../../../outputs";
import type { AwsFacts } from "../facts/aws";
import type { AzureFacts } from "../facts/azure";
import { speaksBgp } from "../facts/routing";
import { finding, findingsOn } from "./findings";
import { type Judgement, judgeUnknown, read } from "./judgement";

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
  const found = findingsOn(name);
  const missing = found("azure-gateway-missing", "Azure has no such gateway");
  const gateway = yield* read(azure.gateway, missing);
  if (gateway === undefined) return;
  const { provisioningState, activeActive, bgp, vpnType } = gateway;
  const isShared = outputs.joined?.azureGatewayId !== undefined;
  const unknown = gateway.unknown.filter((property) => !(isShared && ofOthers.includes(property)));
  yield* judgeUnknown(`the Azure gateway ${name}`, { unknown });
  if (vpnType !== "Vpn, RouteBased")
    yield found("azure-gateway-mode", `its type is ${vpnType}; it must be Vpn, RouteBased`);
  if (provisioningState !== "Succeeded")
    yield found("azure-gateway-unready", `its state is ${provisioningState}, not Succeeded`);
  const must = { activeActive: topology === "active-active", bgp: speaksBgp(outputs) };
  // Others may need both of a gateway that they share.
  const differs = (is: boolean, needed: boolean) => (isShared ? needed && !is : is !== needed);
  if (differs(activeActive, must.activeActive) || differs(bgp, must.bgp))
    yield found(
      "azure-gateway-mode",
      `active-active mode is ${onOff(activeActive)} and BGP is ${onOff(bgp)}; ${topology} needs the mode ${onOff(must.activeActive)} and BGP ${onOff(must.bgp)}`,
    );
}

/** What others have on a gateway that the stack shares; the snapshot has it, and its changes are told by that. */
const ofOthers = ["natRules", "customRoutes", "vpnClientConfiguration", "virtualNetworkGatewayPolicyGroups"];

function onOff(value: boolean): string {
  return value ? "on" : "off";
}
