import { output, type Change } from "./estates";
import { bgpEstate, staticEstate } from "./vpnEstates";
import { own, planOf, without, withTwin, type Row } from "./refusalRows";

const tunnelOption = (change: Change, property?: string): Row =>
  own(staticEstate, "connection1", "InvalidParameterValue", change, property ?? Object.keys(change)[0]);

export const awsVpnRows: readonly Row[] = [
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
    { availabilityZone: "ap-northeast-2b" },
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
    estate: {
      ...staticEstate,
      otherGateway: planOf(staticEstate, "awsGateway"),
      twin: planOf(staticEstate, "attachment"),
    },
    of: "twin",
    changes: { twin: (made) => ({ vpnGatewayId: made("otherGateway").id }) },
    code: "InvalidVpcState",
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
      ...Object.fromEntries(
        Array.from({ length: 10 }, (_, at) => [`more${at}`, planOf(staticEstate, "connection1")]),
      ),
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
