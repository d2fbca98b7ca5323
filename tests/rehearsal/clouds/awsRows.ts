import { bgpEstate, readerPolicy, s3Estate, staticEstate } from "./goodEstates";
import { output, type Change, type Estate } from "./estates";
import { own, withTwin, type Row } from "./refusalRows";

const networkRows: readonly Row[] = [
  own(s3Estate, "vpc", "InvalidRegion", { region: "ap-northeast-9" }, "region"),
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
    { availabilityZone: "ap-northeast-1b" },
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

const groupRows: readonly Row[] = [
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

const endpointRows: readonly Row[] = [
  own(
    s3Estate,
    "endpoint",
    "InvalidServiceName",
    { serviceName: "com.amazonaws.us-east-1.s3" },
    "serviceName",
  ),
  own(
    s3Estate,
    "endpoint",
    "InvalidServiceName",
    { serviceName: "com.amazonaws.ap-northeast-1.s4" },
    "serviceName",
  ),
  own(s3Estate, "endpoint", "InvalidParameter", { vpcEndpointType: "interface" }, "vpcEndpointType"),
  own(s3Estate, "endpoint", "InvalidParameter", { vpcEndpointType: undefined }, "subnetIds"),
  {
    title: "two subnets of one zone",
    estate: s3Estate,
    of: "endpoint",
    changes: { subnetC: { availabilityZone: "ap-northeast-1a" } },
    code: "DuplicateSubnetsInSameZone",
  },
  {
    title: "a security group of another VPC",
    estate: withVpc(s3Estate),
    of: "endpoint",
    changes: { endpointGroup: (made) => ({ vpcId: made("otherVpc").id }) },
    code: "InvalidParameter",
    property: "securityGroupIds",
  },
  own(s3Estate, "endpoint", "InvalidParameter", { privateDnsEnabled: true }, "privateDnsEnabled"),
  {
    title: "private DNS in a VPC without host names",
    estate: s3Estate,
    of: "endpoint",
    changes: {
      vpc: { enableDnsHostnames: false },
      endpoint: { privateDnsEnabled: true, dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: false } },
    },
    code: "InvalidParameter",
  },
  ...["10.0.0.3", "10.0.0.127", "10.0.0.200"].map((ipv4) =>
    own(
      s3Estate,
      "endpoint",
      "InvalidParameter",
      (made) => ({ subnetConfigurations: [{ subnetId: made("subnetA").id, ipv4 }] }),
      "subnetConfigurations",
    ),
  ),
  own(s3Estate, "endpoint", "InvalidPolicyDocument", { policy: "{" }, "policy"),
  own(s3Estate, "endpoint", "InvalidPolicyDocument", policyOf({ Effect: "Permit" }), "policy"),
  own(s3Estate, "endpoint", "InvalidPolicyDocument", policyOf({ Sid: "x".repeat(20480) }), "policy"),
  own(
    s3Estate,
    "endpoint",
    "InvalidSubnetID.NotFound",
    { subnetIds: ["subnet-0123456789abcdef0"] },
    "subnetIds",
  ),
  own(
    s3Estate,
    "endpoint",
    "InvalidGroup.NotFound",
    { securityGroupIds: ["sg-0123456789abcdef0"] },
    "securityGroupIds",
  ),
];

const tunnelOption = (change: Change, property?: string): Row =>
  own(staticEstate, "connection1", "InvalidParameterValue", change, property ?? Object.keys(change)[0]);

const vpnRows: readonly Row[] = [
  own(staticEstate, "customer1", "InvalidParameterValue", { bgpAsn: "10124" }, "bgpAsn"),
  own(staticEstate, "customer1", "InvalidParameterValue", { bgpAsn: "AS65000" }, "bgpAsn"),
  own(staticEstate, "customer1", "InvalidParameterValue", { ipAddress: "10.0.1.4" }, "ipAddress"),
  own(staticEstate, "customer1", "InvalidParameterValue", { ipAddress: undefined }, "ipAddress"),
  own(staticEstate, "customer1", "InvalidParameterValue", { type: "ipsec.2" }, "type"),
  {
    title: "two customer gateways of one address",
    estate: withTwin(staticEstate, "customer1"),
    of: "twin",
    changes: {},
    code: "InvalidCustomerGateway.DuplicateIpAddress",
  },
  own(staticEstate, "awsGateway", "InvalidParameterValue", { amazonSideAsn: "64511" }, "amazonSideAsn"),
  own(
    staticEstate,
    "awsGateway",
    "InvalidParameterValue",
    { availabilityZone: "ap-northeast-1b" },
    "availabilityZone",
  ),
  own(staticEstate, "attachment", "InvalidVpnGatewayID.NotFound", { vpnGatewayId: "vgw-0123456789abcdef0" }),
  {
    title: "a gateway attached by itself and by a resource",
    estate: staticEstate,
    of: "attachment",
    changes: { awsGateway: (made) => ({ vpcId: made("vpc").id }) },
    code: "VpnGatewayAttachmentLimitExceeded",
  },
  {
    title: "a second gateway on one VPC",
    estate: { ...staticEstate, otherGateway: planOf("awsGateway"), twin: planOf("attachment") },
    of: "twin",
    changes: { twin: (made) => ({ vpnGatewayId: made("otherGateway").id }) },
    code: "VpnGatewayAttachmentLimitExceeded",
    property: "vpcId",
  },
  {
    title: "propagation from a gateway that is not attached",
    estate: without(staticEstate, "attachment"),
    of: "propagation",
    changes: {},
    code: "Gateway.NotAttached",
  },
  own(staticEstate, "connection1", "InvalidCustomerGatewayID.NotFound", {
    customerGatewayId: "cgw-0123456789abcdef0",
  }),
  own(staticEstate, "connection1", "InvalidVpnGatewayID.NotFound", { vpnGatewayId: "vgw-0123456789abcdef0" }),
  own(staticEstate, "connection1", "InvalidParameterCombination", {
    transitGatewayId: "tgw-0123456789abcdef0",
  }),
  own(
    staticEstate,
    "connection1",
    "InvalidParameterCombination",
    { tunnelBandwidth: "large" },
    "tunnelBandwidth",
  ),
  own(
    staticEstate,
    "connection1",
    "InvalidParameterCombination",
    { enableAcceleration: true },
    "enableAcceleration",
  ),
  own(staticEstate, "connection1", "InvalidParameterValue", { type: "ipsec" }, "type"),
  tunnelOption({ tunnel1IkeVersions: ["ikev3"] }),
  tunnelOption({ tunnel2Phase1EncryptionAlgorithms: ["3DES"] }),
  tunnelOption({ tunnel1Phase2EncryptionAlgorithms: ["AES256-GCM"] }),
  tunnelOption({ tunnel1Phase1IntegrityAlgorithms: ["MD5"] }),
  tunnelOption({ tunnel1Phase2IntegrityAlgorithms: ["SHA256"] }),
  tunnelOption({ tunnel1Phase1DhGroupNumbers: [5] }),
  tunnelOption({ tunnel1Phase2DhGroupNumbers: [1] }),
  tunnelOption({ tunnel1Phase1LifetimeSeconds: 28801 }),
  tunnelOption({ tunnel1Phase2LifetimeSeconds: 899 }),
  tunnelOption({ tunnel1Phase2LifetimeSeconds: 3600, tunnel1Phase1LifetimeSeconds: 3600 }),
  tunnelOption({ tunnel1RekeyMarginTimeSeconds: 1801 }),
  tunnelOption({ tunnel1RekeyMarginTimeSeconds: 59 }),
  tunnelOption({ tunnel1RekeyFuzzPercentage: 101 }),
  tunnelOption({ tunnel1ReplayWindowSize: 63 }),
  tunnelOption({ tunnel1DpdTimeoutSeconds: 29 }),
  tunnelOption({ tunnel1DpdTimeoutAction: "hold" }),
  tunnelOption({ tunnel1StartupAction: "dial" }),
  tunnelOption({ tunnel1StartupAction: "start", tunnel1IkeVersions: ["ikev1", "ikev2"] }),
  ...["short", "0startsWithZero", "with-hyphen", "k".repeat(65)].map((key) =>
    tunnelOption({ tunnel2PresharedKey: key }),
  ),
  ...[
    "169.254.21.0/29",
    "169.254.21.1/30",
    "10.0.0.0/30",
    "169.254.0.0/30",
    "169.254.5.0/30",
    "169.254.169.252/30",
  ].map((range) => tunnelOption({ tunnel1InsideCidr: range })),
  tunnelOption({ tunnel2InsideCidr: "169.254.21.0/30" }),
  own(
    bgpEstate,
    "connection2",
    "InvalidParameterValue",
    { tunnel1InsideCidr: "169.254.22.0/30" },
    "tunnel1InsideCidr",
  ),
  tunnelOption({ tunnel1LogOptions: { cloudwatchLogOptions: { logEnabled: true } } }),
  own(
    staticEstate,
    "connection1",
    "InvalidParameterValue",
    (made) => ({
      tunnel1LogOptions: {
        cloudwatchLogOptions: { logGroupArn: output(made, "logs", "arn"), logOutputFormat: "xml" },
      },
    }),
    "tunnel1LogOptions",
  ),
  own(
    staticEstate,
    "connection1",
    "InvalidParameterValue",
    {
      tunnel1LogOptions: {
        cloudwatchLogOptions: { logGroupArn: "arn:aws:logs:ap-northeast-1:123456789012:log-group:none" },
      },
    },
    "tunnel1LogOptions.cloudwatchLogOptions.logGroupArn",
  ),
  {
    title: "an eleventh connection of one gateway",
    estate: {
      ...staticEstate,
      ...Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`more${at}`, planOf("connection1")])),
    },
    of: "more9",
    changes: Object.fromEntries(
      Array.from({ length: 10 }, (_, at) => [
        `more${at}`,
        { tunnel1InsideCidr: `169.254.30.${4 * at}/30`, tunnel2InsideCidr: `169.254.31.${4 * at}/30` },
      ]),
    ),
    code: "VpnConnectionLimitExceeded",
  },
  own(staticEstate, "route", "InvalidVpnConnectionID.NotFound", { vpnConnectionId: "vpn-0123456789abcdef0" }),
  own(staticEstate, "route", "InvalidParameterValue", { destinationCidrBlock: "10.0.1.1/24" }),
  {
    title: "a static route on a connection with BGP",
    estate: staticEstate,
    of: "route",
    changes: { connection1: { staticRoutesOnly: false } },
    code: "InvalidVpnConnection.InvalidType",
  },
  own(staticEstate, "logs", "InvalidParameterException", { retentionInDays: 91 }, "retentionInDays"),
  own(staticEstate, "logs", "InvalidParameterException", { name: "aws/vpn" }, "name"),
  {
    title: "two log groups of one name",
    estate: withTwin(staticEstate, "logs"),
    of: "twin",
    changes: { logs: { name: "vpn" }, twin: { name: "vpn" } },
    code: "ResourceAlreadyExistsException",
  },
];

const s3Rows: readonly Row[] = [
  ...["UPPER", "ab", "a..b", "192.168.0.1", "xn--data", "data-s3alias", "-data"].map((bucket) =>
    own(s3Estate, "bucket", "InvalidBucketName", { bucket }, "bucket"),
  ),
  own(s3Estate, "bucket", "InvalidBucketAclWithObjectOwnership", { acl: "public-read" }, "acl"),
  {
    title: "the same bucket twice",
    estate: withTwin(s3Estate, "bucket"),
    of: "twin",
    changes: {},
    code: "BucketAlreadyOwnedByYou",
  },
  ...["block", "ownership", "versioning", "encryption", "bucketPolicy", "object"].map((of) =>
    own(s3Estate, of, "NoSuchBucket", { bucket: "not-there" }, "bucket"),
  ),
  own(s3Estate, "ownership", "MalformedXML", { rule: { objectOwnership: "Mine" } }),
  own(s3Estate, "versioning", "MalformedXML", { versioningConfiguration: { status: "On" } }),
  own(s3Estate, "encryption", "MalformedXML", {
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES" } }],
  }),
  own(s3Estate, "encryption", "InvalidArgument", {
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256", kmsMasterKeyId: "key" } }],
  }),
  own(s3Estate, "object", "KeyTooLongError", { key: "k".repeat(1025) }, "key"),
  own(s3Estate, "object", "AccessControlListNotSupported", { acl: "private" }, "acl"),
  own(s3Estate, "object", "ConflictsWith", { contentBase64: "aGVsbG8=" }),
  own(s3Estate, "bucketPolicy", "MalformedPolicy", { policy: "not JSON" }),
  own(s3Estate, "bucketPolicy", "MalformedPolicy", {
    policy: readerPolicy("data-of-the-test", "arn:aws:iam::123456789012:user/nobody"),
  }),
  own(s3Estate, "bucketPolicy", "MalformedPolicy", { policy: readerPolicy("data-of-the-test", "somebody") }),
  own(s3Estate, "bucketPolicy", "MalformedPolicy", { policy: readerPolicy("another-bucket", "*") }),
  ...[
    { Version: "2020-01-01" },
    { Action: "ec2:RunInstances" },
    { Principal: undefined },
    { Resource: undefined },
    { Action: undefined },
    { Effect: "allow" },
    { Conditions: {} },
    { Condition: { StringIs: { "aws:SourceVpce": "vpce-0123" } } },
    { Condition: { StringEquals: { SourceVpce: "vpce-0123" } } },
    { Sid: "x".repeat(20480) },
  ].map((change) => own(s3Estate, "bucketPolicy", "MalformedPolicy", bucketPolicyOf(change), "policy")),
  ...[
    {},
    { Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-0123" } } },
    { Condition: { StringLike: { "aws:SourceVpce": "vpce-*" } } },
    { Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } } },
  ].map((change) => own(s3Estate, "bucketPolicy", "AccessDenied", bucketPolicyOf(change), "policy")),
  own(s3Estate, "reader", "ValidationError", { name: "with space" }, "name"),
  own(s3Estate, "reader", "ValidationError", { path: "readers" }, "path"),
  {
    title: "two users of one name",
    estate: withTwin(s3Estate, "reader"),
    of: "twin",
    changes: { reader: { name: "reader" }, twin: { name: "reader" } },
    code: "EntityAlreadyExists",
  },
  own(s3Estate, "readerKey", "NoSuchEntity", { user: "nobody" }, "user"),
  own(s3Estate, "readerKey", "ValidationError", { status: "On" }, "status"),
  {
    title: "a third access key",
    estate: { ...withTwin(s3Estate, "readerKey"), third: planOf("readerKey", s3Estate) },
    of: "third",
    changes: {},
    code: "LimitExceeded",
  },
  own(s3Estate, "password", "InvalidAttributeValue", { length: 0 }, "length"),
  own(s3Estate, "password", "InvalidAttributeValue", { length: 3, minLower: 2, minUpper: 2 }, "length"),
];

export const awsRows: readonly Row[] = [...networkRows, ...groupRows, ...endpointRows, ...vpnRows, ...s3Rows];

function policyOf(change: object): Change {
  const statement = { Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*", ...change };
  return { policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) };
}

function bucketPolicyOf(change: object): Change {
  const { Version = "2012-10-17", ...others } = change as { Version?: string };
  const resource = "arn:aws:s3:::data-of-the-test/*";
  const statement = {
    Effect: "Allow",
    Principal: "*",
    Action: "s3:GetObject",
    Resource: resource,
    ...others,
  };
  return { policy: JSON.stringify({ Version, Statement: [statement] }) };
}

function planOf(name: string, estate = staticEstate) {
  const planned = estate[name];
  if (planned === undefined) throw new Error(`the estate has no ${name}`);
  return planned;
}

function without(estate: Estate, name: string): Estate {
  return Object.fromEntries(Object.entries(estate).filter(([other]) => other !== name));
}

/** The estate with a second VPC before everything else. */
function withVpc(estate: Estate): Estate {
  return {
    otherVpc: { type: "aws:ec2/vpc:Vpc", inputs: () => ({ cidrBlock: "10.9.0.0/24" }) },
    ...estate,
  };
}
