import { s3Estate } from "./s3Estate";
import { own, withTwin, withVpc, type Row } from "./refusalRows";

export const awsNetworkRows: readonly Row[] = [
  own(s3Estate, "vpc", "InvalidRegion", { region: "us-gov-west-1" }, "region"),
  ...["10.0.0.0/15", "10.0.0.0/29", "10.0.0.1/24", "ten"].map((cidrBlock) =>
    own(s3Estate, "vpc", "InvalidVpc.Range", { cidrBlock }, "cidrBlock"),
  ),
  own(s3Estate, "vpc", "InvalidParameterCombination", { enableDnsSupport: false }, "enableDnsHostnames"),
  own(s3Estate, "vpc", "UnknownProperty", { cidr: "10.0.0.0/24" }, "cidr"),
  own(s3Estate, "subnetA", "MissingRequiredProperty", { vpcId: undefined }, "vpcId"),
  own(s3Estate, "subnetA", "InvalidVpcID.NotFound", { vpcId: "vpc-0123456789abcdef0" }, "vpcId"),
  own(
    s3Estate,
    "subnetA",
    "InvalidParameterValue",
    { availabilityZone: "ap-northeast-2b" },
    "availabilityZone",
  ),
  own(s3Estate, "subnetA", "InvalidParameterValue", { availabilityZone: "us-east-1a" }, "availabilityZone"),
  own(s3Estate, "subnetA", "InvalidSubnet.Range", { cidrBlock: "10.0.0.0/29" }, "cidrBlock"),
  own(s3Estate, "subnetA", "InvalidSubnet.Range", { cidrBlock: "10.1.0.0/25" }, "cidrBlock"),
  own(s3Estate, "subnetC", "InvalidSubnet.Conflict", { cidrBlock: "10.0.0.0/26" }, "cidrBlock"),
  own(s3Estate, "association", "InvalidRouteTableID.NotFound", { routeTableId: "rtb-0123456789abcdef0" }),
  own(s3Estate, "association", "InvalidSubnetID.NotFound", { subnetId: "subnet-0123456789abcdef0" }),
  own(s3Estate, "association", "InvalidParameterCombination", { gatewayId: "igw-0123456789abcdef0" }),
  {
    title: "a second association of one subnet",
    estate: withTwin(s3Estate, "association"),
    of: "twin",
    changes: {},
    code: "Resource.AlreadyAssociated",
  },
  {
    title: "a route table of another VPC",
    estate: withVpc(s3Estate),
    of: "association",
    changes: { routes: (made) => ({ vpcId: made("otherVpc").id }) },
    code: "InvalidParameterValue",
    property: "routeTableId",
  },
];

export const securityGroupRows: readonly Row[] = [
  own(s3Estate, "endpointGroup", "InvalidParameterValue", { name: "sg-mine" }, "name"),
  own(s3Estate, "endpointGroup", "InvalidParameterValue", { description: "Zürich" }, "description"),
  {
    title: "two groups of one name",
    estate: withTwin(s3Estate, "endpointGroup"),
    of: "twin",
    changes: { endpointGroup: { name: "same" }, twin: { name: "same" } },
    code: "InvalidGroup.Duplicate",
  },
  own(s3Estate, "ingress", "InvalidGroup.NotFound", { securityGroupId: "sg-0123456789abcdef0" }),
  own(s3Estate, "ingress", "InvalidParameterCombination", { cidrIpv4: undefined }),
  own(s3Estate, "ingress", "InvalidParameterCombination", { prefixListId: "pl-01234567" }),
  own(s3Estate, "ingress", "InvalidParameterValue", { cidrIpv4: "10.0.1.1/28" }, "cidrIpv4"),
  own(s3Estate, "ingress", "InvalidPermission.Malformed", { ipProtocol: "https" }, "ipProtocol"),
  own(s3Estate, "ingress", "InvalidPermission.Malformed", { toPort: undefined }, "fromPort"),
  own(s3Estate, "ingress", "InvalidParameterValue", { fromPort: 444 }, "fromPort"),
  own(s3Estate, "ingress", "InvalidParameterValue", { description: "from <anywhere>" }, "description"),
  {
    title: "a rule beside inline rules",
    estate: s3Estate,
    of: "ingress",
    changes: {
      endpointGroup: {
        ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/24"] }],
      },
    },
    code: "ConflictingRules",
  },
  {
    title: "the same rule twice",
    estate: withTwin(s3Estate, "ingress"),
    of: "twin",
    changes: {},
    code: "InvalidPermission.Duplicate",
  },
];
