import { addressAt, prefixLength } from "../../../model/addresses";
import type { Props } from "../../../model/recording";
import { regionOf } from "../aws";
import type { CloudView, LiveResource } from "../../cloudType";
import { hexOf, numberOf } from "../../seeds";
import { knownStrings, text, valuesAt } from "../../../model/values";

/** The regional name, then one per zone. S3 shows them with a star: `*.vpce-…`. */
export function dnsEntries(
  inputs: Props,
  cloud: CloudView,
  seed: string,
  id: string,
  subnets: readonly LiveResource[],
): readonly Props[] {
  const service = (text(inputs, "serviceName") ?? "").split(".").at(-1) ?? "";
  const domain = `${service}.${regionOf(inputs, cloud)}.vpce.amazonaws.com`;
  const name = `${id}-${hexOf(`${seed}/suffix`, 8)}`;
  const star = service === "s3" ? "*." : "";
  const zones = subnets.flatMap((subnet) => knownStrings(subnet.outputs, "availabilityZone"));
  const hostedZoneId = `Z${hexOf(domain, 13).toUpperCase()}`;
  return [name, ...zones.map((zone) => `${name}-${zone}`)].map((host) => ({
    dnsName: `${star}${host}.${domain}`,
    hostedZoneId,
  }));
}

/** An address of the subnet that AWS may give: not one of the first four nor the last. */
export function addressIn(subnet: LiveResource, seed: string): string {
  const range = text(subnet.inputs, "cidrBlock") ?? "";
  const size = 2 ** (32 - prefixLength(range));
  return addressAt(range, 4 + numberOf(`${seed}/${subnet.id}/address`, size - 5)) ?? "";
}

export function fixedAddress(inputs: Props, subnetId: string): string | undefined {
  const entry = valuesAt(inputs, "subnetConfigurations").find(
    (candidate) => text(candidate, "subnetId") === subnetId,
  );
  return text(entry, "ipv4");
}
