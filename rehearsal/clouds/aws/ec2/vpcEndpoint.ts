import type { Props, Refusal } from "../../../model/recording";
import { awsTypes } from "../../../model/resourceTypes";
import { holdsUnknown, isTrue, text, valuesAt } from "../../../model/values";
import type { CloudView, ResourceRecord } from "../../cloudType";
import { access, address, awsImpacts } from "../../impact";
import { refuseIf, words } from "../../rules";
import { regionOf } from "../aws";
import { refuseEndpointPolicy } from "../policies";
import { ec2Actions, ec2Errors, ec2Id, ec2Replaces, ec2Tags } from "./ec2";
import {
  replaceVpc,
  routeTableReference,
  securityGroupReference,
  subnetReference,
  vpcReference,
} from "./references";
import { endpointOutputs } from "./vpcEndpointOutputs";
import { refuseSubnets } from "./vpcEndpointSubnets";
import { awsProvider } from "../../pins";

const create = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html";
const s3Interface =
  "https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html";
const timeout = `${awsProvider("internal/service/ec2/vpc_endpoint.go")} : waits up to 10 minutes`;
const docs = "https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html";
const policies = "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html";
const groups = "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html";

/** Services this model knows; AWS has many more. */
const services = ["s3", "sts", "ec2", "logs", "monitoring", "secretsmanager", "ssm", "kms"];

const replaces = ec2Replaces(
  "vpc_endpoint",
  `dnsOptions.privateDnsPreference dnsOptions.privateDnsSpecifiedDomains privateDnsEnabled resourceConfigurationArn
    serviceName serviceNetworkArn serviceRegion vpcEndpointType vpcId`,
);

export const vpcEndpoint: ResourceRecord = {
  properties: words(`
    autoAccept dnsOptions.dnsRecordIpType dnsOptions.privateDnsOnlyForInboundResolverEndpoint
    dnsOptions.privateDnsPreference dnsOptions.privateDnsSpecifiedDomains ipAddressType policy privateDnsEnabled region
    resourceConfigurationArn routeTableIds securityGroupIds serviceName serviceNetworkArn serviceRegion
    subnetConfigurations.ipv4 subnetConfigurations.ipv6 subnetConfigurations.subnetId subnetIds tags.* vpcEndpointType
    vpcId`),
  required: ["vpcId"],
  values: {
    "dnsOptions.dnsRecordIpType": words("ipv4 ipv6 dualstack service-defined"),
    "dnsOptions.privateDnsPreference": words(`
      ALL_DOMAINS SPECIFIED_DOMAINS_ONLY VERIFIED_DOMAINS_AND_SPECIFIED_DOMAINS VERIFIED_DOMAINS_ONLY`),
    ipAddressType: words("ipv4 ipv6 dualstack"),
  },
  replaces,
  // Since terraform-provider-aws #46800 (March 2026); for some releases before, every endpoint was replaced (#45679).
  inPlace: (_olds, news) => (text(news, "vpcEndpointType") === "Interface" ? ["privateDnsEnabled"] : []),
  references: {
    vpcId: { ...vpcReference, inUse: "DependencyViolation" },
    subnetIds: { ...subnetReference, inUse: "DependencyViolation", procedure: replaceVpc },
    routeTableIds: routeTableReference,
    securityGroupIds: { ...securityGroupReference, inUse: "DependencyViolation" },
  },
  decides: ["path", "access"],
  permissions: {
    create: ["ec2:CreateTags", "ec2:CreateVpcEndpoint"],
    read: ["ec2:DescribeNetworkInterfaces", "ec2:DescribePrefixLists", "ec2:DescribeVpcEndpoints"],
    update: ["ec2:ModifyVpcEndpoint", ...ec2Tags],
    delete: ["ec2:DeleteVpcEndpoints"],
    source: ec2Actions,
  },
  impact: awsImpacts({
    create: access("S3 gets an address in the VPC", docs),
    replace: address(
      "clients use its name (endpointUrl) and the bucket policies its id: access fails until both have the new one",
      docs,
    ),
    replaces,
    properties: {
      dnsOptions: access("names of the service resolve otherwise", docs),
      policy: access("which requests the endpoint allows changes at once", policies),
      privateDnsEnabled: access("S3's own name resolves to the endpoint, or no longer does", docs),
      securityGroupIds: access("it changes which clients can reach the endpoint", groups),
      subnetIds: access(
        "the endpoint gains or loses addresses in those zones; its regional name stays",
        docs,
      ),
    },
  }),
  create: { min: 0.5, typical: 2, max: 10, source: timeout },
  update: { min: 0.2, typical: 1, max: 10, source: timeout },
  delete: { min: 0.5, typical: 2, max: 10, source: timeout },
  refuse: (inputs, cloud) => [
    ...refuseService(inputs, cloud),
    ...refuseKind(inputs),
    ...refuseSubnets(inputs, cloud),
    ...refusePrivateDns(inputs, cloud),
    ...refuseEndpointPolicy(text(inputs, "policy")),
  ],
  id: ec2Id("vpce"),
  outputs: endpointOutputs,
};

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
        message: `'${kind}' is not a type of VPC endpoint`,
        property: "vpcEndpointType",
        source: create,
      },
    ),
    ...["subnetIds", "securityGroupIds"]
      .filter((property) => kind === "Gateway" && valuesAt(inputs, property).length > 0)
      .map((property) => ({
        code: "InvalidParameter",
        message: `a gateway endpoint cannot have ${property}`,
        property,
        source: create,
      })),
  ];
}

function refusePrivateDns(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const vpc = cloud.find(awsTypes.vpc, text(inputs, "vpcId") ?? "");
  if (!isTrue(inputs, "privateDnsEnabled") || vpc === undefined) return [];
  const dns = isTrue(vpc.outputs, "enableDnsSupport") && isTrue(vpc.outputs, "enableDnsHostnames");
  const s3 = (text(inputs, "serviceName") ?? "").endsWith(".s3");
  const everywhere = valuesAt(inputs, "dnsOptions.privateDnsOnlyForInboundResolverEndpoint")[0] === false;
  const gateway = cloud
    .all(awsTypes.vpcEndpoint)
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
