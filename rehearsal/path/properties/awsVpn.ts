import { words } from "../../clouds/rules";
import { awsTypes } from "../../model/resourceTypes";
import {
  harmless,
  inside,
  ipv6,
  is,
  labels,
  otherRegion,
  type PathProperties,
  type PathType,
  unjudged,
} from "./table";

/** Options of both tunnels of a connection, spelt without the slot. */
function ofBothTunnels(options: string): string {
  return words(options)
    .flatMap((option) => [`tunnel1${option}`, `tunnel2${option}`])
    .join(" ");
}

/** The VPN and the endpoint in AWS. */
export const awsVpnProperties = {
  [awsTypes.vpnGateway]: {
    judged: words("amazonSideAsn vpcId"),
    harmless: [labels("availabilityZone tags")],
    notJudged: [otherRegion],
  },
  [awsTypes.vpnGatewayAttachment]: {
    judged: words("vpcId vpnGatewayId"),
    harmless: [],
    notJudged: [otherRegion],
  },
  [awsTypes.vpnGatewayRoutePropagation]: {
    judged: words("routeTableId vpnGatewayId"),
    harmless: [],
    notJudged: [otherRegion],
  },
  [awsTypes.customerGateway]: {
    judged: words("bgpAsn ipAddress type"),
    harmless: [labels("deviceName tags")],
    notJudged: [
      otherRegion,
      unjudged("only the plain ASN is compared with Azure's", "bgpAsnExtended"),
      unjudged("with a certificate the pre-shared keys do not count", "certificateArn"),
    ],
  },
  [awsTypes.vpnConnectionRoute]: {
    judged: words("destinationCidrBlock vpnConnectionId"),
    harmless: [],
    notJudged: [otherRegion],
  },
  [awsTypes.vpnConnection]: {
    judged: [
      ...words(
        "customerGatewayId localIpv4NetworkCidr remoteIpv4NetworkCidr staticRoutesOnly type vpnGatewayId",
      ),
      ...words(
        ofBothTunnels(`DpdTimeoutAction DpdTimeoutSeconds IkeVersions InsideCidr Phase1DhGroupNumbers
          Phase1EncryptionAlgorithms Phase1IntegrityAlgorithms Phase1LifetimeSeconds Phase2DhGroupNumbers
          Phase2EncryptionAlgorithms Phase2IntegrityAlgorithms Phase2LifetimeSeconds PresharedKey
          RekeyMarginTimeSeconds StartupAction`),
      ),
      ...[1, 2].flatMap((slot) =>
        inside(
          `tunnel${slot}LogOptions.cloudwatchLogOptions`,
          "bgpLogEnabled bgpLogGroupArn bgpLogOutputFormat logEnabled logGroupArn logOutputFormat",
        ),
      ),
    ],
    harmless: [
      labels("tags"),
      ipv6(`localIpv6NetworkCidr remoteIpv6NetworkCidr ${ofBothTunnels("InsideIpv6Cidr")}`),
      harmless("where AWS keeps the key, which stays the same", "presharedKeyStorage"),
      harmless(
        "when AWS renews keys and how late a packet may be, within bounds that it checks",
        ofBothTunnels("RekeyFuzzPercentage ReplayWindowSize"),
      ),
    ],
    notJudged: [
      otherRegion,
      unjudged(
        "a transit gateway routes by tables of its own",
        "transitGatewayId transportTransitGatewayAttachmentId",
      ),
      unjudged("a concentrator carries the tunnels otherwise", "vpnConcentratorId"),
      unjudged(
        "accelerated tunnels end at other addresses, and Azure must renew the keys",
        "enableAcceleration",
        is(false),
      ),
      unjudged(
        "tunnels between private addresses need a line of their own",
        "outsideIpAddressType",
        is("PublicIpv4"),
      ),
      unjudged("larger tunnels need a transit gateway", "tunnelBandwidth", is("standard")),
      unjudged("tunnels with IPv6 inside carry nothing of this path", "tunnelInsideIpVersion", is("ipv4")),
      unjudged(
        "AWS then maintains an endpoint when it is told to, else at a time of its own",
        ofBothTunnels("EnableTunnelLifecycleControl"),
        is(false),
      ),
    ],
  },
  [awsTypes.vpcEndpoint]: {
    judged: words("policy privateDnsEnabled securityGroupIds serviceName subnetIds vpcEndpointType vpcId"),
    harmless: [labels("tags"), harmless("S3 accepts every endpoint", "autoAccept")],
    notJudged: [
      otherRegion,
      unjudged("which names the endpoint has, and for whom", "dnsOptions"),
      unjudged("an endpoint with IPv6 may have no IPv4 addresses", "ipAddressType", is("ipv4")),
      unjudged("addresses of choice are compared with nothing", "subnetConfigurations"),
      unjudged("only gateway endpoints have route tables", "routeTableIds"),
      unjudged("the buckets are expected in the endpoint's own region", "serviceRegion"),
      unjudged("it leads elsewhere than to S3", "resourceConfigurationArn serviceNetworkArn"),
    ],
  },
} satisfies Partial<Record<PathType, PathProperties>>;
