import type { AwsConnection, AwsTunnel, AwsVpn, Proposals } from "./awsVpn";

/**
 * The answers of EC2's query API, in its documented wire format; undefined for what moto can answer.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpnConnections.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetActiveVpnTunnelStatus.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetVpnTunnelReplacementStatus.html
 */
export function answerEc2(vpn: AwsVpn, parameters: URLSearchParams): string | undefined {
  switch (parameters.get("Action")) {
    case "DescribeVpnConnections":
      return response(
        "DescribeVpnConnections",
        list("vpnConnectionSet", wanted(vpn, parameters).map(connection)),
      );
    case "GetActiveVpnTunnelStatus": {
      const tunnel = tunnelOf(vpn, parameters);
      return tunnel === undefined ? undefined : response("GetActiveVpnTunnelStatus", activeStatus(tunnel));
    }
    case "GetVpnTunnelReplacementStatus": {
      const tunnel = tunnelOf(vpn, parameters);
      return tunnel === undefined
        ? undefined
        : response("GetVpnTunnelReplacementStatus", maintenance(tunnel));
    }
    default:
      return undefined;
  }
}

/** By id or by gateway, whichever the filter names. */
function wanted(vpn: AwsVpn, parameters: URLSearchParams): readonly AwsConnection[] {
  const ids = [...parameters]
    .filter(([name]) => name.startsWith("Filter.1.Value."))
    .map(([, value]) => value);
  const byGateway = parameters.get("Filter.1.Name") === "vpn-gateway-id";
  return vpn.connections.filter(({ id, vpnGatewayId }) => ids.includes(byGateway ? vpnGatewayId : id));
}

function tunnelOf(vpn: AwsVpn, parameters: URLSearchParams): AwsTunnel | undefined {
  return vpn.connections
    .find(({ id }) => id === parameters.get("VpnConnectionId"))
    ?.tunnels.find(({ outsideAddress }) => outsideAddress === parameters.get("VpnTunnelOutsideIpAddress"));
}

function connection(one: AwsConnection): string {
  return [
    tag("vpnConnectionId", one.id),
    tag("state", one.state),
    // The real answer holds the whole configuration for a router, keys and all.
    tag(
      "customerGatewayConfiguration",
      `&lt;pre_shared_key&gt;${one.tunnels[0]?.presharedKey ?? ""}&lt;/pre_shared_key&gt;`,
    ),
    tag("type", "ipsec.1"),
    tag("customerGatewayId", one.customerGatewayId),
    tag("vpnGatewayId", one.vpnGatewayId),
    tag(
      "options",
      tag("enableAcceleration", String(one.acceleration)) +
        tag("staticRoutesOnly", String(one.staticRoutesOnly)) +
        tag("localIpv4NetworkCidr", one.selectors.azure) +
        tag("remoteIpv4NetworkCidr", one.selectors.aws) +
        tag("outsideIpAddressType", "PublicIpv4") +
        tag("tunnelInsideIpVersion", "ipv4") +
        list("tunnelOptionSet", one.tunnels.map(options)),
    ),
    list(
      "routes",
      one.routes.map(
        (route) =>
          tag("destinationCidrBlock", route.cidr) + tag("source", "Static") + tag("state", route.state),
      ),
    ),
    list("vgwTelemetry", one.tunnels.map(telemetry)),
    list(
      "tagSet",
      Object.entries(one.tags ?? {}).map(([key, value]) => tag("key", key) + tag("value", value)),
    ),
  ].join("");
}

function telemetry(tunnel: AwsTunnel): string {
  return [
    tag("outsideIpAddress", tunnel.outsideAddress),
    tag("status", tunnel.up ? "UP" : "DOWN"),
    tag("statusMessage", tunnel.message),
    tag("acceptedRouteCount", String(tunnel.acceptedRoutes)),
    tag("lastStatusChange", "2026-11-20T08:00:00.000Z"),
  ].join("");
}

function options(tunnel: AwsTunnel): string {
  const phase = (number: 1 | 2, { encryption, integrity, dhGroups }: Proposals) =>
    valueList(`phase${number}EncryptionAlgorithmSet`, encryption) +
    valueList(`phase${number}IntegrityAlgorithmSet`, integrity) +
    valueList(`phase${number}DHGroupNumberSet`, dhGroups.map(String));
  return [
    tag("outsideIpAddress", tunnel.outsideAddress),
    tag("tunnelInsideCidr", tunnel.insideCidr),
    tag("preSharedKey", tunnel.presharedKey),
    phase(1, tunnel.offers.phase1),
    phase(2, tunnel.offers.phase2),
    valueList("ikeVersionSet", tunnel.offers.ikeVersions),
    tag("startupAction", tunnel.startupAction),
    tag("phase1LifetimeSeconds", String(tunnel.timing.phase1Seconds)),
    tag("phase2LifetimeSeconds", String(tunnel.timing.phase2Seconds)),
    tag("rekeyMarginTimeSeconds", String(tunnel.timing.rekeyMarginSeconds)),
    tag("rekeyFuzzPercentage", String(tunnel.timing.rekeyFuzzPercentage)),
    tag("replayWindowSize", String(tunnel.timing.replayWindow)),
    tag("dpdTimeoutSeconds", String(tunnel.timing.dpdSeconds)),
    tag("dpdTimeoutAction", tunnel.timing.dpdAction),
    tag("logOptions", tag("cloudWatchLogOptions", tag("logEnabled", "false"))),
    tag("enableTunnelLifecycleControl", "false"),
  ].join("");
}

function activeStatus({ negotiated: { ikeVersion, phase1, phase2 } }: AwsTunnel): string {
  return tag(
    "activeVpnTunnelStatus",
    [
      tag("phase1EncryptionAlgorithm", phase1.encryption),
      tag("phase2EncryptionAlgorithm", phase2.encryption),
      tag("phase1IntegrityAlgorithm", phase1.integrity),
      tag("phase2IntegrityAlgorithm", phase2.integrity),
      tag("phase1DHGroup", String(phase1.dhGroup)),
      phase2.dhGroup === undefined ? "" : tag("phase2DHGroup", String(phase2.dhGroup)),
      tag("ikeVersion", ikeVersion),
      tag("provisioningStatus", "available"),
    ].join(""),
  );
}

function maintenance({ maintenance: waiting, outsideAddress }: AwsTunnel): string {
  const details = [
    tag("pendingMaintenance", waiting?.pending === true ? "available" : "none"),
    waiting === undefined ? "" : tag("maintenanceAutoAppliedAfter", waiting.autoAppliedAfter),
  ].join("");
  return tag("vpnTunnelOutsideIpAddress", outsideAddress) + tag("maintenanceDetails", details);
}

function response(action: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>1</requestId>${content}</${action}Response>`;
}

function tag(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

function list(name: string, items: readonly string[]): string {
  return tag(name, items.map((item) => tag("item", item)).join(""));
}

function valueList(name: string, values: readonly string[]): string {
  return list(
    name,
    values.map((value) => tag("value", value)),
  );
}
