import type { Props, Refusal } from "../../../model/recording";
import { number, text } from "../../../model/values";
import type { CloudType } from "../../cloudType";
import { address, awsImpacts, none } from "../../impact";
import { aboutMinutes, refuseIf, words } from "../../rules";
import { ec2Actions, ec2Id, ec2Outputs, ec2Replaces, ec2Tags } from "./ec2";
import { vpcReference } from "./references";
import { refuseSecondAttachment } from "./vpnAttachments";
import { refuseZone } from "./zones";

const create = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpnGateway.html";
const target = "https://docs.aws.amazon.com/vpn/latest/s2svpn/modify-vpn-target.html";
const replaces = ec2Replaces("vpnsite_gateway", "amazonSideAsn availabilityZone");

export const vpnGateway: CloudType = {
  properties: words(`amazonSideAsn availabilityZone region tags.* vpcId`),
  required: [],
  replaces,
  references: { vpcId: { ...vpcReference, inUse: "DependencyViolation" } },
  decides: ["path"],
  permissions: {
    create: ["ec2:CreateTags", "ec2:CreateVpnGateway"],
    read: ["ec2:DescribeVpnGateways"],
    update: ec2Tags,
    delete: ["ec2:DeleteVpnGateway"],
    source: ec2Actions,
  },
  impact: awsImpacts({
    create: none("a gateway without connections carries nothing", target),
    delete: address("every tunnel ends in it, and its id is an output", target),
    replace: address(
      "the id of the gateway is an output; every tunnel goes down while it is replaced",
      target,
    ),
    replaces,
  }),
  create: aboutMinutes(0.2, "a virtual private gateway exists within seconds"),
  update: aboutMinutes(0.2, "only its attachment can change"),
  delete: aboutMinutes(0.2, "a detached gateway is deleted within seconds"),
  refuse: (inputs, cloud, { id }) => [
    ...refuseAsn(inputs),
    ...refuseZone(inputs, cloud),
    ...(text(inputs, "vpcId") === undefined ? [] : refuseSecondAttachment(inputs, id, cloud, id)),
  ],
  id: ec2Id("vgw"),
  outputs: (inputs, cloud, subject) => ({
    ...ec2Outputs("vpn-gateway", inputs, cloud, subject),
    amazonSideAsn: inputs["amazonSideAsn"] ?? "64512",
    // An attachment fills it in later; the resource's own view stays empty until a refresh.
    vpcId: inputs["vpcId"] ?? "",
  }),
};

function refuseAsn(inputs: Props): readonly Refusal[] {
  const [asn, given] = [number(inputs, "amazonSideAsn"), text(inputs, "amazonSideAsn")];
  const ok =
    asn !== undefined && ((asn >= 64512 && asn <= 65534) || (asn >= 4200000000 && asn <= 4294967294));
  return refuseIf((given !== undefined || asn !== undefined) && !ok, {
    code: "InvalidParameterValue",
    message: `'${given ?? asn ?? ""}' is not a private ASN: 64512-65534 or 4200000000-4294967294`,
    property: "amazonSideAsn",
    source: create,
  });
}
