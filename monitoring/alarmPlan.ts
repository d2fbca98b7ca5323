import type { AwsSlot, TunnelName, VpnPlan } from "../vpn/tunnels";

/** An alarm on AWS's `TunnelState`: 1 while a tunnel is up (with BGP: its session established), 0 while it is down. */
export interface AwsAlarmPlan {
  /** As the tunnel is called everywhere, or `connection1`. */
  readonly name: TunnelName | `connection${number}`;
  /** Number of the AWS VPN connection, from 1. */
  readonly awsConnection: number;
  /** One of its tunnels; undefined for the connection as a whole. */
  readonly awsSlot: AwsSlot | undefined;
  /** How many periods in a row it must be down. */
  readonly periods: number;
  /** One sentence for those who are notified. */
  readonly says: string;
}

/** An alert on one metric of Azure's gateway, for each value of a dimension by itself. */
export interface AzureAlertPlan {
  readonly name: "bgp-peer" | "bgp-routes" | "ingress-mismatch" | "egress-mismatch";
  readonly metric: string;
  readonly operator: "LessThan" | "GreaterThan";
  readonly threshold: number;
  readonly dimension: { readonly name: string; readonly values: readonly string[] };
  /** 1 is an error, 2 a warning. */
  readonly severity: 1 | 2;
  readonly says: string;
}

const runbook = "docs/runbooks/tunnel-down.md";

/**
 * An alarm for each tunnel in use and one for each connection. Of a single tunnel AWS's second one is always down: it
 * has no alarm, and a connection counts as up while any of its tunnels is.
 * @see https://docs.aws.amazon.com/vpn/latest/s2svpn/monitoring-cloudwatch-vpn.html
 */
export function planAwsAlarms(plan: VpnPlan): AwsAlarmPlan[] {
  const tunnels = plan.tunnels.map(({ name, awsConnection, awsSlot }): AwsAlarmPlan => ({
    name,
    awsConnection,
    awsSlot,
    // A new key, or AWS's maintenance of one end, is over sooner.
    periods: 3,
    says: `${name} has been down for 15 minutes. What to do: ${runbook}`,
  }));
  const connections = plan.awsConnections.map(({ number }): AwsAlarmPlan => {
    const names = plan.tunnels.filter((tunnel) => tunnel.awsConnection === number).map(({ name }) => name);
    return {
      name: `connection${number}`,
      awsConnection: number,
      awsSlot: undefined,
      periods: 1,
      says: `AWS connection ${number} (${names.join(", ")}) has had no tunnel up for 5 minutes. What to do: ${runbook}`,
    };
  });
  return [...tunnels, ...connections];
}

/** What Azure's metrics show and AWS's tunnel state does not. Without BGP, only dropped packets. */
export function planAzureAlerts(plan: VpnPlan): AzureAlertPlan[] {
  const drops = (direction: "Ingress" | "Egress", what: string): AzureAlertPlan => ({
    name: direction === "Ingress" ? "ingress-mismatch" : "egress-mismatch",
    metric: `Tunnel${direction}PacketDropTSMismatch`,
    operator: "GreaterThan",
    threshold: 0,
    dimension: { name: "ConnectionName", values: ["*"] },
    severity: 2,
    says: `Azure drops ${what}, because the ends disagree on which networks the tunnel carries. What to do: ${runbook}`,
  });
  const mismatches = [
    drops("Ingress", "what comes out of a tunnel"),
    drops("Egress", "what goes into a tunnel"),
  ];
  if (plan.routing.kind === "static") return mismatches;
  const peers = plan.tunnels.map(({ name, awsInsideIp }) => `${awsInsideIp} is ${name}`).join(", ");
  const ofPeer = (
    alert: Pick<AzureAlertPlan, "name" | "metric"> & { readonly what: string },
  ): AzureAlertPlan => ({
    name: alert.name,
    metric: alert.metric,
    operator: "LessThan",
    threshold: 1,
    dimension: { name: "BgpPeerAddress", values: plan.tunnels.map(({ awsInsideIp }) => awsInsideIp) },
    severity: 1,
    says: `${alert.what} (${peers}). What to do: ${runbook}`,
  });
  return [
    ofPeer({ name: "bgp-peer", metric: "BgpPeerStatus", what: "Azure has lost a BGP peer in AWS" }),
    ofPeer({ name: "bgp-routes", metric: "BgpRoutesLearned", what: "Azure learns no route from AWS" }),
    ...mismatches,
  ];
}
