import { addressAt, covers, isAddress, prefixLength } from "../../../model/addresses";
import type { Props, Refusal } from "../../../model/recording";
import {
  arnOf,
  ec2Errors,
  ec2Id,
  forceNew,
  regional,
  regionOf,
  routeTableReference,
  subnetReference,
  tagsAll,
  vpcReference,
} from "../aws";
import { addressIn, dnsEntries, fixedAddress } from "./vpcEndpointOutputs";
import { refuseEndpointPolicy } from "../policies";
import type { CloudType, CloudView, LiveResource } from "../../cloudType";
import { each, refuseIf, words } from "../../rules";
import { hexOf } from "../../seeds";
import { holdsUnknown, isTrue, knownStrings, text, valuesAt } from "../../../model/values";

const type = "aws:ec2/vpcEndpoint:VpcEndpoint";
const create = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html";
const s3Interface =
  "https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html";
const timeout =
  "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_endpoint.go : waits up to 10 minutes";

/** Services this model knows; AWS has many more. */
const services = ["s3", "sts", "ec2", "logs", "monitoring", "secretsmanager", "ssm", "kms"];

export const awsEndpoint: Readonly<Record<string, CloudType>> = {
  [type]: {
    properties: words(`
      autoAccept dnsOptions.dnsRecordIpType dnsOptions.privateDnsOnlyForInboundResolverEndpoint
      dnsOptions.privateDnsPreference dnsOptions.privateDnsSpecifiedDomains ipAddressType policy privateDnsEnabled region
      resourceConfigurationArn routeTableIds securityGroupIds serviceName serviceNetworkArn serviceRegion
      subnetConfigurations.ipv4 subnetConfigurations.ipv6 subnetConfigurations.subnetId subnetIds tags.* vpcEndpointType
      vpcId`),
    required: ["vpcId"],
    replaces: {
      ...regional,
      ...each(
        "resourceConfigurationArn serviceName serviceNetworkArn serviceRegion vpcEndpointType vpcId",
        forceNew("ec2/vpc_endpoint"),
      ),
    },
    references: {
      vpcId: vpcReference,
      subnetIds: subnetReference,
      routeTableIds: routeTableReference,
      securityGroupIds: {
        types: ["aws:ec2/securityGroup:SecurityGroup"],
        missing: "InvalidGroup.NotFound",
        inUse: "DependencyViolation",
        source: ec2Errors,
      },
    },
    create: { min: 0.5, typical: 2, max: 10, source: timeout },
    update: { min: 0.2, typical: 1, max: 10, source: timeout },
    delete: { min: 0.5, typical: 2, max: 10, source: timeout },
    refuse: (inputs, cloud) => [
      ...refuseService(inputs, cloud),
      ...refuseKind(inputs),
      ...refuseSubnets(inputs, cloud),
      ...refuseForeign(inputs, cloud),
      ...refusePrivateDns(inputs, cloud),
      ...refuseFixedAddresses(inputs, cloud),
      ...refuseEndpointPolicy(text(inputs, "policy")),
    ],
    id: ec2Id("vpce"),
    outputs: (inputs, cloud, { seed, id }) => {
      const subnets = subnetsOf(inputs, cloud);
      return {
        ...tagsAll(inputs),
        arn: arnOf("ec2", inputs, cloud, `vpc-endpoint/${id}`),
        region: regionOf(inputs, cloud),
        serviceRegion: regionOf(inputs, cloud),
        ownerId: cloud.accountId,
        state: "available",
        requesterManaged: false,
        ipAddressType: inputs["ipAddressType"] ?? "ipv4",
        privateDnsEnabled: inputs["privateDnsEnabled"] ?? false,
        policy: inputs["policy"] ?? openPolicy,
        dnsEntries: dnsEntries(inputs, cloud, seed, id, subnets),
        networkInterfaceIds: subnets.map((subnet) => `eni-0${hexOf(`${seed}/${subnet.id}/eni`, 16)}`),
        subnetConfigurations: subnets.map((subnet) => ({
          subnetId: subnet.id,
          ipv4: fixedAddress(inputs, subnet.id) ?? addressIn(subnet, seed),
        })),
      };
    },
  },
};

/** What AWS attaches to an endpoint without a policy. */
const openPolicy = `{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}`;

function subnetsOf(inputs: Props, cloud: CloudView): readonly LiveResource[] {
  return knownStrings(inputs, "subnetIds").flatMap((id) => cloud.find("aws:ec2/subnet:Subnet", id) ?? []);
}

function refuseService(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const name = text(inputs, "serviceName");
  const known = services.map((service) => `com.amazonaws.${regionOf(inputs, cloud)}.${service}`);
  return refuseIf(name !== undefined && !known.includes(name), {
    code: "InvalidServiceName",
    message: `the VPC endpoint service ${name ?? ""} does not exist in ${regionOf(inputs, cloud)}`,
    property: "serviceName",
    source: ec2Errors,
  });
}

function refuseKind(inputs: Props): readonly Refusal[] {
  if (holdsUnknown(inputs["vpcEndpointType"])) return [];
  const kind = text(inputs, "vpcEndpointType") ?? "Gateway";
  return [
    ...refuseIf(
      !["Interface", "Gateway", "GatewayLoadBalancer", "Resource", "ServiceNetwork"].includes(kind),
      {
        code: "InvalidParameter",
        message: `'${kind}' is no type of VPC endpoint`,
        property: "vpcEndpointType",
        source: create,
      },
    ),
    ...["subnetIds", "securityGroupIds"]
      .filter((property) => kind === "Gateway" && valuesAt(inputs, property).length > 0)
      .map((property) => ({
        code: "InvalidParameter",
        message: `a gateway endpoint takes no ${property}`,
        property,
        source: create,
      })),
  ];
}

function refuseSubnets(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const zones = subnetsOf(inputs, cloud).flatMap((subnet) =>
    knownStrings(subnet.outputs, "availabilityZone"),
  );
  const twice = zones.find((zone, at) => zones.indexOf(zone) !== at);
  return refuseIf(twice !== undefined, {
    code: "DuplicateSubnetsInSameZone",
    message: `two of the subnets are in ${twice ?? ""}: an endpoint takes one subnet per zone`,
    property: "subnetIds",
    source: ec2Errors,
  });
}

/** Subnets and security groups of another VPC. */
function refuseForeign(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const vpcId = text(inputs, "vpcId");
  if (vpcId === undefined) return [];
  const groups = knownStrings(inputs, "securityGroupIds").flatMap(
    (id) => cloud.find("aws:ec2/securityGroup:SecurityGroup", id) ?? [],
  );
  return [...subnetsOf(inputs, cloud), ...groups]
    .filter((part) => text(part.inputs, "vpcId") !== vpcId)
    .map((part) => ({
      code: "InvalidParameter",
      message: `${part.id} does not belong to ${vpcId}`,
      property: part.type === "aws:ec2/subnet:Subnet" ? "subnetIds" : "securityGroupIds",
      source: create,
    }));
}

function refusePrivateDns(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const vpc = cloud.find("aws:ec2/vpc:Vpc", text(inputs, "vpcId") ?? "");
  if (!isTrue(inputs, "privateDnsEnabled") || vpc === undefined) return [];
  const dns = isTrue(vpc.outputs, "enableDnsSupport") && isTrue(vpc.outputs, "enableDnsHostnames");
  const s3 = (text(inputs, "serviceName") ?? "").endsWith(".s3");
  const everywhere = valuesAt(inputs, "dnsOptions.privateDnsOnlyForInboundResolverEndpoint")[0] === false;
  const gateway = cloud
    .all(type)
    .some(
      (other) =>
        text(other.inputs, "vpcId") === vpc.id &&
        (text(other.inputs, "vpcEndpointType") ?? "Gateway") === "Gateway",
    );
  return [
    ...refuseIf(!dns, {
      code: "InvalidParameter",
      message: `enabling private DNS requires both enableDnsSupport and enableDnsHostnames on ${vpc.id}`,
      property: "privateDnsEnabled",
      source: create,
    }),
    ...refuseIf(s3 && !everywhere && !gateway, {
      code: "InvalidParameter",
      message: `to use private DNS for inbound resolver endpoints only, ${vpc.id} must have a gateway endpoint for S3`,
      property: "privateDnsEnabled",
      source: `${s3Interface} ; https://github.com/hashicorp/terraform-provider-aws/issues/32407`,
    }),
  ];
}

function refuseFixedAddresses(inputs: Props, cloud: CloudView): readonly Refusal[] {
  return subnetsOf(inputs, cloud).flatMap((subnet) => {
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
  });
}
