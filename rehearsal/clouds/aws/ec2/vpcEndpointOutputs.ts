import type { Props, Value } from "../../../model/recording";
import { awsTypes } from "../../../model/resourceTypes";
import { isList, isProps, isTrue, knownStrings, text, valuesAt } from "../../../model/values";
import type { CloudView, LiveResource, Subject } from "../../cloudType";
import { hexOf, stringOf } from "../../seeds";
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
    privateDnsEnabled: isPrivate(inputs),
    dnsOptions: dnsOptions(inputs),
    securityGroupIds: securityGroupIds(inputs, cloud),
    policy: inputs["policy"] ?? openPolicy,
    dnsEntries: dnsEntries(inputs, cloud, subject, subnets),
    networkInterfaceIds: subnets.map((subnet) => `eni-0${hexOf(`${seed}/${subnet.id}/eni`, 16)}`),
    subnetConfigurations: subnets.map((subnet) => ({
      subnetId: subnet.id,
      ipv4: addressIn(subnet, inputs, seed),
    })),
  };
}

function isPrivate(inputs: Props): boolean {
  return isTrue(inputs, "privateDnsEnabled");
}

/**
 * EC2 fills in what is left out. For S3 with private names that is for inbound resolvers only:
 * https://github.com/hashicorp/terraform-provider-aws/issues/46404
 */
function dnsOptions(inputs: Props): Props {
  const asked = valuesAt(inputs, "dnsOptions").find(isProps);
  return {
    dnsRecordIpType: "ipv4",
    privateDnsOnlyForInboundResolverEndpoint: isPrivate(inputs) && serviceOf(inputs) === "s3",
    ...asked,
  };
}

/** Without groups an endpoint with interfaces gets the default group of the VPC. */
function securityGroupIds(inputs: Props, cloud: CloudView): Value {
  const { securityGroupIds: asked } = inputs;
  if (asked !== undefined && !(isList(asked) && asked.length === 0)) return asked;
  if (text(inputs, "vpcEndpointType") !== "Interface") return [];
  const vpc = cloud.find(awsTypes.vpc, text(inputs, "vpcId") ?? "");
  return knownStrings(vpc?.outputs, "defaultSecurityGroupId");
}

function serviceOf(inputs: Props): string {
  return (text(inputs, "serviceName") ?? "").split(".").at(-1) ?? "";
}

/** The regional name, then one per zone, then the service's own. S3 shows the first with a star: `*.vpce-…`. */
function dnsEntries(
  inputs: Props,
  cloud: CloudView,
  { seed, id }: Created,
  subnets: readonly LiveResource[],
): readonly Props[] {
  const [service, region] = [serviceOf(inputs), regionOf(inputs, cloud)];
  const domain = `${service}.${region}.vpce.amazonaws.com`;
  const name = `${id}-${stringOf(`${seed}/suffix`, 8, "abcdefghijklmnopqrstuvwxyz0123456789")}`;
  const star = service === "s3" ? "*." : "";
  const zones = subnets.flatMap((subnet) => knownStrings(subnet.outputs, "availabilityZone"));
  const hosts = [name, ...zones.map((zone) => `${name}-${zone}`)];
  const own = isPrivate(inputs) ? [{ dnsName: `${service}.${region}.amazonaws.com`, zone: seed }] : [];
  // All endpoints of a region are in one hosted zone, whatever the service; a private name is in a zone of its own.
  return [...hosts.map((host) => ({ dnsName: `${star}${host}.${domain}`, zone: region })), ...own].map(
    (entry) => ({
      dnsName: entry.dnsName,
      hostedZoneId: `Z${hexOf(`${entry.zone}/vpce`, 13).toUpperCase()}`,
    }),
  );
}
