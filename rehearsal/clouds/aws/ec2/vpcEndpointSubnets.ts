import { addressAt, covers, isAddress, prefixLength } from "../../../model/addresses";
import type { Props, Refusal } from "../../../model/recording";
import { awsTypes } from "../../../model/resourceTypes";
import { knownStrings, text, valuesAt } from "../../../model/values";
import type { CloudView, LiveResource } from "../../cloudType";
import { refuseIf } from "../../rules";
import { numberOf } from "../../seeds";
import { ec2Errors } from "./ec2";

const create = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html";

/** The subnets that an endpoint has an address in. */
export function subnetsOf(inputs: Props, cloud: CloudView): readonly LiveResource[] {
  return knownStrings(inputs, "subnetIds").flatMap((id) => cloud.find(awsTypes.subnet, id) ?? []);
}

/** The endpoint's address in a subnet: the one asked for, or one that AWS may give. */
export function addressIn(subnet: LiveResource, inputs: Props, seed: string): string {
  const range = text(subnet.inputs, "cidrBlock") ?? "";
  const size = 2 ** (32 - prefixLength(range));
  // Not one of the first four, nor the last.
  const given = addressAt(range, 4 + numberOf(`${seed}/${subnet.id}/address`, size - 5)) ?? "";
  return fixedAddress(inputs, subnet.id) ?? given;
}

function fixedAddress(inputs: Props, subnetId: string): string | undefined {
  const entry = valuesAt(inputs, "subnetConfigurations").find(
    (candidate) => text(candidate, "subnetId") === subnetId,
  );
  return text(entry, "ipv4");
}

export function refuseSubnets(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const subnets = subnetsOf(inputs, cloud);
  const zones = subnets.flatMap((subnet) => knownStrings(subnet.outputs, "availabilityZone"));
  const twice = zones.find((zone, at) => zones.indexOf(zone) !== at);
  return [
    ...refuseIf(twice !== undefined, {
      code: "DuplicateSubnetsInSameZone",
      message: `two of the subnets are in ${twice ?? ""}: an endpoint takes one subnet per zone`,
      property: "subnetIds",
      source: ec2Errors,
    }),
    ...refuseForeign(inputs, cloud),
    ...subnets.flatMap((subnet) => refuseFixedAddress(inputs, subnet)),
  ];
}

/** Subnets and security groups of another VPC. */
function refuseForeign(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const vpcId = text(inputs, "vpcId");
  if (vpcId === undefined) return [];
  const groups = knownStrings(inputs, "securityGroupIds").flatMap(
    (id) => cloud.find(awsTypes.securityGroup, id) ?? [],
  );
  return [...subnetsOf(inputs, cloud), ...groups]
    .filter((part) => text(part.inputs, "vpcId") !== vpcId)
    .map((part) => ({
      code: "InvalidParameter",
      message: `${part.id} does not belong to ${vpcId}`,
      property: part.type === awsTypes.subnet ? "subnetIds" : "securityGroupIds",
      source: create,
    }));
}

function refuseFixedAddress(inputs: Props, subnet: LiveResource): readonly Refusal[] {
  const [address, range] = [fixedAddress(inputs, subnet.id), text(subnet.inputs, "cidrBlock") ?? ""];
  const reserved = [0, 1, 2, 3, 2 ** (32 - prefixLength(range)) - 1].map((n) => addressAt(range, n));
  const fits =
    address === undefined || (isAddress(address) && covers(range, address) && !reserved.includes(address));
  return refuseIf(!fits, {
    code: "InvalidParameter",
    message: `${address ?? ""} is not a free address of ${subnet.id} (${range})`,
    property: "subnetConfigurations",
    source: create,
  });
}
