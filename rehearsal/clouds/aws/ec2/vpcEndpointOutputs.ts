import type { Props } from "../../../model/recording";
import { knownStrings, text } from "../../../model/values";
import type { CloudView, LiveResource, Subject } from "../../cloudType";
import { hexOf } from "../../seeds";
import { regionOf } from "../aws";
import { ec2Outputs } from "./ec2";
import { addressIn, subnetsOf } from "./vpcEndpointSubnets";

type Created = Subject & { readonly id: string };

/** What AWS attaches to an endpoint without a policy. */
const openPolicy = `{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}`;

export function endpointOutputs(inputs: Props, cloud: CloudView, subject: Created): Props {
  const { seed } = subject;
  const subnets = subnetsOf(inputs, cloud);
  return {
    ...ec2Outputs("vpc-endpoint", inputs, cloud, subject),
    serviceRegion: regionOf(inputs, cloud),
    ownerId: cloud.accountId,
    state: "available",
    requesterManaged: false,
    ipAddressType: inputs["ipAddressType"] ?? "ipv4",
    privateDnsEnabled: inputs["privateDnsEnabled"] ?? false,
    policy: inputs["policy"] ?? openPolicy,
    dnsEntries: dnsEntries(inputs, cloud, subject, subnets),
    networkInterfaceIds: subnets.map((subnet) => `eni-0${hexOf(`${seed}/${subnet.id}/eni`, 16)}`),
    subnetConfigurations: subnets.map((subnet) => ({
      subnetId: subnet.id,
      ipv4: addressIn(subnet, inputs, seed),
    })),
  };
}

/** The regional name, then one per zone. S3 shows them with a star: `*.vpce-…`. */
function dnsEntries(
  inputs: Props,
  cloud: CloudView,
  { seed, id }: Created,
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
