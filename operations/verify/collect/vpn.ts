import { CloudWatchClient, GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import {
  DescribeCustomerGatewaysCommand,
  DescribeVpnConnectionsCommand,
  DescribeVpnGatewaysCommand,
  EC2Client,
  GetActiveVpnTunnelStatusCommand,
  GetVpnTunnelReplacementStatusCommand,
  type TunnelOption,
  type VpnConnection,
} from "@aws-sdk/client-ec2";
import type { StackOutputs } from "../../../outputs";
import { known } from "../facts/answer";
import type { AwsFacts, ConnectionFacts, TunnelFacts, TunnelOptionFacts } from "../facts/aws";
import type { AwsAccess } from "./access";
import { ask } from "./ask";
import { tunnelOptionCares, unknownOf, vpnOptionCares } from "./properties";

type Vpn = StackOutputs["vpn"];
type Tunnel = Vpn["tunnels"][number];
type VpnFacts = Pick<AwsFacts, "connections" | "tunnels" | "minutesDown" | "customerGateways" | "vpnGateway">;

/** AWS's ends of the tunnels. */
export async function collectVpn(access: AwsAccess, vpn: Vpn): Promise<VpnFacts> {
  const ec2 = new EC2Client(access);
  const [connections, tunnels, minutesDown, vpnGateway] = await Promise.all([
    collectConnections(ec2, vpn),
    Promise.all(vpn.tunnels.map(async (tunnel) => [tunnel.name, await collectTunnel(ec2, tunnel)] as const)),
    collectMinutesDown(new CloudWatchClient(access), vpn.tunnels),
    collectGateway(ec2, vpn.awsGatewayId),
  ]);
  const customerGateways = await collectCustomerGateways(ec2, known(connections) ?? []);
  return { connections, tunnels: Object.fromEntries(tunnels), minutesDown, customerGateways, vpnGateway };
}

function collectConnections(ec2: EC2Client, vpn: Vpn): Promise<AwsFacts["connections"]> {
  return ask("the AWS VPN connections", "ec2:DescribeVpnConnections", async () => {
    // A filter, because asking by id fails for all where one is gone.
    const Filters = [{ Name: "vpn-connection-id", Values: vpn.awsConnectionIds }];
    const { VpnConnections = [] } = await ec2.send(new DescribeVpnConnectionsCommand({ Filters }));
    return VpnConnections.map(connectionFacts).filter(({ state }) => state !== "deleted");
  });
}

/** Field by field: the answer also holds pre-shared keys. */
function connectionFacts(connection: VpnConnection): ConnectionFacts {
  return {
    id: connection.VpnConnectionId ?? "",
    state: connection.State ?? "",
    customerGatewayId: connection.CustomerGatewayId ?? "",
    endsAt: connection.VpnGatewayId ?? connection.TransitGatewayId ?? connection.CoreNetworkArn ?? "",
    selectors: {
      azure: connection.Options?.LocalIpv4NetworkCidr ?? everyAddress,
      aws: connection.Options?.RemoteIpv4NetworkCidr ?? everyAddress,
    },
    unknown: unknownOf(connection.Options ?? {}, vpnOptionCares),
    staticRoutes: (connection.Routes ?? []).map((route) => ({
      cidr: route.DestinationCidrBlock ?? "",
      state: route.State ?? "",
    })),
    telemetry: (connection.VgwTelemetry ?? []).map((one) => ({
      outsideAddress: one.OutsideIpAddress ?? "",
      up: one.Status === "UP",
      message: one.StatusMessage ?? "",
      acceptedRoutes: one.AcceptedRouteCount ?? 0,
      since: one.LastStatusChange?.toISOString(),
    })),
    options: (connection.Options?.TunnelOptions ?? []).map(tunnelOptionFacts),
  };
}

/** @see https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html */
const everyAddress = "0.0.0.0/0";

function tunnelOptionFacts(option: TunnelOption): TunnelOptionFacts {
  return {
    outsideAddress: option.OutsideIpAddress ?? "",
    insideCidr: option.TunnelInsideCidr ?? "",
    startupAction: option.StartupAction ?? "",
    ikeVersions: values(option.IkeVersions),
    phase1Encryption: values(option.Phase1EncryptionAlgorithms),
    phase1Integrity: values(option.Phase1IntegrityAlgorithms),
    phase1DhGroups: values(option.Phase1DHGroupNumbers),
    phase2Encryption: values(option.Phase2EncryptionAlgorithms),
    phase2Integrity: values(option.Phase2IntegrityAlgorithms),
    phase2DhGroups: values(option.Phase2DHGroupNumbers),
    timing: {
      phase1Seconds: option.Phase1LifetimeSeconds,
      phase2Seconds: option.Phase2LifetimeSeconds,
      rekeyMarginSeconds: option.RekeyMarginTimeSeconds,
      rekeyFuzzPercentage: option.RekeyFuzzPercentage,
      replayWindow: option.ReplayWindowSize,
      dpdSeconds: option.DpdTimeoutSeconds,
      dpdAction: option.DpdTimeoutAction,
    },
    unknown: unknownOf(option, tunnelOptionCares),
  };
}

function values<Value>(list: readonly { readonly Value?: Value | undefined }[] | undefined): Value[] {
  return (list ?? []).map((item) => item.Value).filter((value) => value !== undefined);
}

async function collectTunnel(ec2: EC2Client, tunnel: Tunnel): Promise<TunnelFacts> {
  const which = {
    VpnConnectionId: tunnel.awsConnectionId,
    VpnTunnelOutsideIpAddress: tunnel.awsOutsideAddress,
  };
  const [active, maintenance] = await Promise.all([
    ask(`what ${tunnel.name} negotiated`, "ec2:GetActiveVpnTunnelStatus", async () => {
      const { ActiveVpnTunnelStatus: status } = await ec2.send(new GetActiveVpnTunnelStatusCommand(which));
      if (status === undefined) return undefined;
      return {
        ikeVersion: status.IkeVersion,
        phase1Encryption: status.Phase1EncryptionAlgorithm,
        phase1Integrity: status.Phase1IntegrityAlgorithm,
        phase1DhGroup: status.Phase1DHGroup,
        phase2Encryption: status.Phase2EncryptionAlgorithm,
        phase2Integrity: status.Phase2IntegrityAlgorithm,
        phase2DhGroup: status.Phase2DHGroup,
      };
    }),
    ask(`AWS's maintenance of ${tunnel.name}`, "ec2:GetVpnTunnelReplacementStatus", async () => {
      const { MaintenanceDetails: details } = await ec2.send(new GetVpnTunnelReplacementStatusCommand(which));
      // "Available" is a pending maintenance of this tunnel; anything else is none.
      return {
        pending: details?.PendingMaintenance?.toLowerCase() === "available",
        autoAppliedAfter: details?.MaintenanceAutoAppliedAfter?.toISOString(),
      };
    }),
  ]);
  return { active, maintenance };
}

function collectGateway(ec2: EC2Client, id: string): Promise<AwsFacts["vpnGateway"]> {
  return ask(`the AWS gateway ${id}`, "ec2:DescribeVpnGateways", async () => {
    const { VpnGateways = [] } = await ec2.send(new DescribeVpnGatewaysCommand({ VpnGatewayIds: [id] }));
    const [gateway] = VpnGateways;
    if (gateway === undefined || gateway.State === "deleted") return undefined;
    const attached = (gateway.VpcAttachments ?? []).filter(({ State }) => State === "attached");
    return {
      state: gateway.State ?? "",
      attachedTo: attached.map(({ VpcId }) => VpcId ?? ""),
      asn: String(gateway.AmazonSideAsn ?? ""),
    };
  });
}

function collectCustomerGateways(
  ec2: EC2Client,
  connections: readonly ConnectionFacts[],
): Promise<AwsFacts["customerGateways"]> {
  return ask("the AWS customer gateways", "ec2:DescribeCustomerGateways", async () => {
    if (connections.length === 0) return [];
    const Filters = [
      { Name: "customer-gateway-id", Values: connections.map((one) => one.customerGatewayId) },
    ];
    const { CustomerGateways = [] } = await ec2.send(new DescribeCustomerGatewaysCommand({ Filters }));
    return CustomerGateways.map((one) => ({
      id: one.CustomerGatewayId ?? "",
      ipAddress: one.IpAddress ?? "",
      asn: one.BgpAsnExtended ?? one.BgpAsn ?? "",
    }));
  });
}

const metricMinutes = 5;

function collectMinutesDown(
  cloudWatch: CloudWatchClient,
  tunnels: readonly Tunnel[],
): Promise<AwsFacts["minutesDown"]> {
  return ask("the tunnels' last day", "cloudwatch:GetMetricData", async () => {
    const now = Date.now();
    const { MetricDataResults = [] } = await cloudWatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(now - 24 * 3600 * 1000),
        EndTime: new Date(now),
        MetricDataQueries: tunnels.map((tunnel) => ({
          Id: tunnel.name,
          MetricStat: {
            Metric: {
              Namespace: "AWS/VPN",
              MetricName: "TunnelState",
              Dimensions: [
                { Name: "VpnId", Value: tunnel.awsConnectionId },
                { Name: "TunnelIpAddress", Value: tunnel.awsOutsideAddress },
              ],
            },
            Period: metricMinutes * 60,
            Stat: "Minimum",
          },
        })),
      }),
    );
    return Object.fromEntries(
      // A tunnel without any value in a day is one that nothing is known of.
      MetricDataResults.filter(({ Values = [] }) => Values.length > 0).map(({ Id = "", Values = [] }) => [
        Id,
        Values.filter((state) => state < 1).length * metricMinutes,
      ]),
    );
  });
}
