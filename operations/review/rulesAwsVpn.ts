import {
  access,
  address,
  awsCommon,
  downs,
  each,
  none,
  type ImpactRule,
  type Impacts,
} from "../../rehearsal/clouds/impact";

const options = "https://docs.aws.amazon.com/vpn/latest/s2svpn/modify-vpn-tunnel-options.html";
const customer = "https://docs.aws.amazon.com/vpn/latest/s2svpn/change-vpn-cgw.html";
const target = "https://docs.aws.amazon.com/vpn/latest/s2svpn/modify-vpn-target.html";
const logging = "https://docs.aws.amazon.com/vpn/latest/s2svpn/status-logs.html";
const routing = "https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNRoutingTypes.html";
const tables = "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html";
const schema = "https://www.pulumi.com/registry/packages/aws/api-docs/ec2/vpnconnection/";

const replacedConnection = address(
  "AWS gives a new connection new outside addresses: both its tunnels go down until Azure knows them",
  schema,
);

const tunnelOptions = [
  "DpdTimeoutAction",
  "DpdTimeoutSeconds",
  "IkeVersions",
  "Phase1DhGroupNumbers",
  "Phase1EncryptionAlgorithms",
  "Phase1IntegrityAlgorithms",
  "Phase1LifetimeSeconds",
  "Phase2DhGroupNumbers",
  "Phase2EncryptionAlgorithms",
  "Phase2IntegrityAlgorithms",
  "Phase2LifetimeSeconds",
  "PresharedKey",
  "RekeyFuzzPercentage",
  "RekeyMarginTimeSeconds",
  "ReplayWindowSize",
  "StartupAction",
] as const;

function tunnelProperties(slot: 1 | 2): Record<string, ImpactRule> {
  const which = `slot ${slot}` as const;
  return {
    ...each(
      tunnelOptions.map((option) => `tunnel${slot}${option}`),
      downs(
        which,
        "AWS replaces that tunnel's endpoint to change an option: the tunnel goes down for some minutes",
        options,
      ),
    ),
    [`tunnel${slot}LogOptions`]: downs(
      which,
      "changing the logs of a tunnel interrupts it for some minutes",
      logging,
    ),
    [`tunnel${slot}InsideCidr`]: replacedConnection,
  };
}

const replacedGateway = address(
  "the id of the gateway is an output; every tunnel goes down while it is replaced",
  target,
);
const replacedCustomer = downs(
  "connection",
  "AWS moves the connection to the new customer gateway: both its tunnels go down",
  customer,
);

const detached = downs(
  "all",
  "without the attachment the VPC has no gateway: every tunnel leads nowhere",
  target,
);
const noPropagation = access("the VPC's routes to Azure come from this propagation", tables);
const staticRoute = downs("connection", "without it the AWS gateway does not know the way to Azure", routing);

export const awsVpnRules: Readonly<Record<string, Impacts>> = {
  "aws:ec2/vpnConnection:VpnConnection": {
    create: none("further tunnels come up beside those that stand", schema),
    delete: address("its outside addresses are gone for good, and its tunnels with them", schema),
    replace: replacedConnection,
    properties: {
      ...awsCommon(replacedConnection),
      ...tunnelProperties(1),
      ...tunnelProperties(2),
      customerGatewayId: replacedCustomer,
      vpnGatewayId: downs(
        "connection",
        "AWS moves the connection to another gateway: both its tunnels go down",
        target,
      ),
      ...each(["staticRoutesOnly", "type"], replacedConnection),
    },
  },
  "aws:ec2/customerGateway:CustomerGateway": {
    create: none("it stands for an address and carries nothing by itself", customer),
    delete: downs("connection", "the connection that uses it goes with it", customer),
    replace: replacedCustomer,
    properties: {
      ...awsCommon(replacedCustomer),
      ...each(["bgpAsn", "ipAddress", "type"], replacedCustomer),
    },
  },
  "aws:ec2/vpnGateway:VpnGateway": {
    create: none("a gateway without connections carries nothing", target),
    delete: address("every tunnel ends in it, and its id is an output", target),
    replace: replacedGateway,
    properties: { ...awsCommon(replacedGateway), amazonSideAsn: replacedGateway },
  },
  "aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment": {
    create: none("the VPC gets a gateway", target),
    delete: detached,
    replace: detached,
    properties: { ...awsCommon(detached), ...each(["vpcId", "vpnGatewayId"], detached) },
  },
  "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation": {
    create: access("the VPC's routes to Azure appear", tables),
    delete: noPropagation,
    replace: noPropagation,
    properties: { ...awsCommon(noPropagation), ...each(["routeTableId", "vpnGatewayId"], noPropagation) },
  },
  "aws:ec2/vpnConnectionRoute:VpnConnectionRoute": {
    create: access("the AWS gateway learns a network behind the tunnel", routing),
    delete: staticRoute,
    replace: staticRoute,
    properties: {
      ...awsCommon(staticRoute),
      ...each(["destinationCidrBlock", "vpnConnectionId"], staticRoute),
    },
  },
};
