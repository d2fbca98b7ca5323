import { words } from "../../clouds/rules";
import { addedTypes, awsTypes } from "../../model/resourceTypes";
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

const pools = unjudged(
  "an address pool chooses the network, at deployment",
  "ipv4IpamPoolId ipv4NetmaskLength",
);

/** Read as the target of a route, whichever it is. */
const targets = `carrierGatewayId coreNetworkArn egressOnlyGatewayId gatewayId localGatewayId natGatewayId networkInterfaceId
  odbNetworkArn transitGatewayId vpcEndpointId vpcPeeringConnectionId`;

const aclEntries = ["ingress", "egress"].flatMap((direction) =>
  inside(direction, "action cidrBlock fromPort protocol ruleNo toPort"),
);
const aclEntriesBeside = [
  ipv6("ingress.ipv6CidrBlock egress.ipv6CidrBlock"),
  harmless(
    "rules about ICMP, which HTTPS does not need",
    "ingress.icmpCode ingress.icmpType egress.icmpCode egress.icmpType",
  ),
];

const groupRules = ["ingress", "egress"].flatMap((direction) =>
  inside(
    direction,
    "cidrBlocks description fromPort ipv6CidrBlocks prefixListIds protocol securityGroups self toPort",
  ),
);

/** Networks, routes and filters in AWS. */
export const awsNetworkProperties = {
  [awsTypes.vpc]: {
    judged: words("cidrBlock enableDnsHostnames enableDnsSupport"),
    harmless: [
      labels("tags"),
      ipv6(`assignGeneratedIpv6CidrBlock ipv6CidrBlock ipv6CidrBlockNetworkBorderGroup ipv6IpamPoolId
        ipv6NetmaskLength`),
      harmless(
        "what its machines run on, and how AWS counts addresses",
        "instanceTenancy enableNetworkAddressUsageMetrics",
      ),
    ],
    notJudged: [pools, otherRegion],
  },
  [addedTypes.vpcIpv4CidrBlockAssociation]: {
    judged: words("cidrBlock vpcId"),
    harmless: [],
    notJudged: [pools, otherRegion],
  },
  [awsTypes.subnet]: {
    judged: words("availabilityZone cidrBlock vpcId"),
    harmless: [
      labels("tags"),
      ipv6(`assignIpv6AddressOnCreation enableDns64 enableResourceNameDnsAaaaRecordOnLaunch ipv6CidrBlock
        ipv6IpamPoolId ipv6NetmaskLength`),
      harmless(
        "for machines that are launched there, which the endpoint's interface is not",
        `customerOwnedIpv4Pool enableLniAtDeviceIndex enableResourceNameDnsARecordOnLaunch mapCustomerOwnedIpOnLaunch
        mapPublicIpOnLaunch privateDnsHostnameTypeOnLaunch`,
      ),
    ],
    notJudged: [
      pools,
      otherRegion,
      unjudged("zones are compared by their names", "availabilityZoneId"),
      unjudged("a subnet without IPv4 has no address for the endpoint", "ipv6Native", is(false)),
      unjudged("an Outpost routes by itself", "outpostArn"),
    ],
  },
  [awsTypes.routeTable]: {
    judged: [
      ...words("propagatingVgws vpcId"),
      ...inside("routes", `cidrBlock destinationPrefixListId ipv6CidrBlock ${targets}`),
    ],
    harmless: [labels("tags")],
    notJudged: [otherRegion],
  },
  [addedTypes.defaultRouteTable]: {
    judged: [
      ...words("defaultRouteTableId propagatingVgws"),
      ...inside(
        "routes",
        `cidrBlock coreNetworkArn destinationPrefixListId egressOnlyGatewayId gatewayId instanceId ipv6CidrBlock natGatewayId
        networkInterfaceId transitGatewayId vpcEndpointId vpcPeeringConnectionId`,
      ),
    ],
    harmless: [labels("tags")],
    notJudged: [otherRegion],
  },
  [addedTypes.route]: {
    judged: words(
      `destinationCidrBlock destinationIpv6CidrBlock destinationPrefixListId routeTableId ${targets}`,
    ),
    harmless: [],
    notJudged: [otherRegion],
  },
  [awsTypes.routeTableAssociation]: {
    judged: words("routeTableId subnetId"),
    harmless: [],
    notJudged: [
      otherRegion,
      unjudged("a gateway's route table may send what comes in to a machine", "gatewayId"),
    ],
  },
  [addedTypes.mainRouteTableAssociation]: {
    judged: words("routeTableId vpcId"),
    harmless: [],
    notJudged: [otherRegion],
  },
  [addedTypes.networkAcl]: {
    judged: [...words("subnetIds"), ...aclEntries],
    harmless: [labels("tags vpcId"), ...aclEntriesBeside],
    notJudged: [otherRegion],
  },
  [addedTypes.defaultNetworkAcl]: {
    judged: [...words("defaultNetworkAclId subnetIds"), ...aclEntries],
    harmless: [labels("tags"), ...aclEntriesBeside],
    notJudged: [otherRegion],
  },
  [addedTypes.networkAclRule]: {
    judged: words("cidrBlock egress fromPort networkAclId protocol ruleAction ruleNumber toPort"),
    harmless: [
      ipv6("ipv6CidrBlock"),
      harmless("rules about ICMP, which HTTPS does not need", "icmpCode icmpType"),
    ],
    notJudged: [otherRegion],
  },
  [addedTypes.networkAclAssociation]: {
    judged: words("networkAclId subnetId"),
    harmless: [],
    notJudged: [otherRegion],
  },
  [awsTypes.securityGroup]: {
    // Any rule inside of the group is broken for a guard.
    judged: [...words("vpcId"), ...groupRules],
    harmless: [
      labels("description name namePrefix tags"),
      harmless("what AWS does before it deletes the group", "revokeRulesOnDelete"),
    ],
    notJudged: [otherRegion],
  },
  [awsTypes.securityGroupIngressRule]: {
    // A rule for others than known networks is broken for a guard.
    judged: words(
      "cidrIpv4 cidrIpv6 fromPort ipProtocol prefixListId referencedSecurityGroupId securityGroupId toPort",
    ),
    harmless: [labels("description tags")],
    notJudged: [otherRegion],
  },
  [addedTypes.securityGroupEgressRule]: {
    judged: [],
    harmless: [
      labels("description tags"),
      harmless(
        "a security group remembers the connections that it let in, and the endpoint opens none",
        `cidrIpv4 cidrIpv6 fromPort ipProtocol prefixListId referencedSecurityGroupId region securityGroupId toPort`,
      ),
    ],
    notJudged: [],
  },
  [awsTypes.flowLog]: {
    judged: [],
    harmless: [
      harmless(
        "it copies what it sees and holds nothing up",
        `deliverCrossAccountRole destinationOptions eniId iamRoleArn logDestination logDestinationType logFormat
        maxAggregationInterval region regionalNatGatewayId subnetId tagFieldSpecifications tags trafficType
        transitGatewayAttachmentId transitGatewayId vpcId`,
      ),
    ],
    notJudged: [],
  },
} satisfies Partial<Record<PathType, PathProperties>>;
