import type { StackOutputs } from "../../../outputs";
import { isGone, known } from "../facts/answer";
import type { AwsFacts, ConnectionFacts, TelemetryFacts, TunnelFacts } from "../facts/aws";
import { finding, type Finding } from "./findings";
import { tunnelAddresses } from "./addresses";
import { negotiatedDifferences, offeredDifferences } from "./suite";

type Vpn = StackOutputs["vpn"];
type Tunnel = Vpn["tunnels"][number];

/** AWS's ends of the tunnels. */
export function judgeTunnels(outputs: StackOutputs, aws: AwsFacts): readonly Finding[] {
  const connections = known(aws.connections);
  if (connections === undefined) return [];
  const { vpn } = outputs;
  return [
    ...vpn.awsConnectionIds.flatMap((id) => {
      const connection = connections.find((one) => one.id === id);
      if (connection === undefined)
        return [finding("aws-connection-missing", id, "AWS has no VPN connection of this id")];
      return [
        ...judgeConnection(outputs, connection, aws),
        ...judgeUnused(vpn, connection),
        ...vpn.tunnels
          .filter((tunnel) => tunnel.awsConnectionId === id)
          .flatMap((tunnel) => judgeTunnel(outputs, tunnel, connection, aws)),
      ];
    }),
  ];
}

function judgeConnection(
  { vpn }: StackOutputs,
  connection: ConnectionFacts,
  aws: AwsFacts,
): readonly Finding[] {
  const findings: Finding[] = [];
  if (connection.state !== "available")
    findings.push(
      finding("aws-connection-unavailable", connection.id, `its state is ${connection.state}, not available`),
    );
  const expected = vpn.tunnels.find((tunnel) => tunnel.awsConnectionId === connection.id)?.azurePublicAddress;
  const gateway = known(aws.customerGateways)?.find((one) => one.id === connection.customerGatewayId);
  if (gateway !== undefined && expected !== undefined && gateway.ipAddress !== expected)
    findings.push(
      finding(
        "aws-customer-gateway-address",
        connection.id,
        `its customer gateway stands for ${gateway.ipAddress}, but Azure's gateway is ${expected}`,
      ),
    );
  return findings;
}

/** In single-tunnel AWS's other tunnel is down, as it must be. */
function judgeUnused(vpn: Vpn, connection: ConnectionFacts): readonly Finding[] {
  const used = vpn.tunnels.map((tunnel) => tunnel.awsOutsideAddress);
  return connection.telemetry
    .filter(({ outsideAddress, up }) => up && !used.includes(outsideAddress))
    .map(({ outsideAddress }) =>
      finding(
        "aws-unused-tunnel-up",
        connection.id,
        `its tunnel at ${outsideAddress} is up, and ${vpn.topology} does not use it`,
      ),
    );
}

function judgeTunnel(
  outputs: StackOutputs,
  tunnel: Tunnel,
  connection: ConnectionFacts,
  aws: AwsFacts,
): readonly Finding[] {
  const telemetry = connection.telemetry.find((one) => one.outsideAddress === tunnel.awsOutsideAddress);
  if (telemetry === undefined) {
    const there = connection.telemetry.map((one) => one.outsideAddress).join(" and ");
    return [
      finding(
        "aws-tunnel-replaced",
        tunnel.name,
        `AWS has ${there === "" ? "no tunnel" : there} in ${connection.id}, not ${tunnel.awsOutsideAddress}`,
      ),
    ];
  }
  const facts = aws.tunnels[tunnel.name];
  return [
    ...judgeTelemetry(outputs, tunnel, telemetry),
    ...judgeOptions(outputs.vpn, tunnel, connection),
    ...(facts === undefined ? [] : judgeTunnelFacts(outputs.vpn, tunnel, telemetry, facts)),
    ...judgeLastDay(tunnel, telemetry, known(aws.minutesDown)?.[tunnel.name] ?? 0),
  ];
}

function judgeTelemetry(
  { vpn }: StackOutputs,
  tunnel: Tunnel,
  telemetry: TelemetryFacts,
): readonly Finding[] {
  if (!telemetry.up) {
    const since = telemetry.since === undefined ? "" : ` since ${telemetry.since}`;
    const message = telemetry.message === "" ? "without a reason" : `saying ${telemetry.message}`;
    return [
      finding(
        "aws-tunnel-down",
        tunnel.name,
        `AWS sees it down${since}, ${message}`,
        causeOf(telemetry.message),
      ),
    ];
  }
  if (vpn.topology === "active-active" && telemetry.acceptedRoutes === 0)
    return [
      finding("aws-no-bgp-routes", tunnel.name, "the tunnel is up, and AWS has accepted no route over it"),
    ];
  return [];
}

/** guess: AWS documents the field and not its values; these two are what its console shows. */
function causeOf(message: string): string | undefined {
  if (/IKE.*DOWN|PHASE 1/i.test(message)) return "the key, the IKE suite or the address of one end differs";
  if (/IPSEC IS UP|BGP/i.test(message))
    return "the tunnel stands, and BGP does not: inside addresses or ASNs differ";
  return undefined;
}

function judgeOptions(vpn: Vpn, tunnel: Tunnel, connection: ConnectionFacts): readonly Finding[] {
  const options = connection.options.find((one) => one.outsideAddress === tunnel.awsOutsideAddress);
  if (options === undefined) return [];
  const findings = offeredDifferences(vpn.ipsec, options).map((says) =>
    finding("aws-tunnel-options-weaker", tunnel.name, says),
  );
  if (options.startupAction !== "start")
    findings.push(
      finding(
        "aws-tunnel-does-not-dial",
        tunnel.name,
        `AWS's startup action is ${options.startupAction}, not start: after maintenance nobody dials`,
      ),
    );
  if (options.insideCidr !== tunnel.insideCidr)
    findings.push(
      finding(
        "aws-tunnel-inside-cidr",
        tunnel.name,
        `AWS has ${options.insideCidr} inside, and Azure ${tunnelAddresses(tunnel.insideCidr).azure}`,
      ),
    );
  return findings;
}

function judgeTunnelFacts(
  vpn: Vpn,
  tunnel: Tunnel,
  telemetry: TelemetryFacts,
  facts: TunnelFacts,
): readonly Finding[] {
  const active = known(facts.active);
  const maintenance = known(facts.maintenance);
  const findings =
    active === undefined || !telemetry.up
      ? []
      : negotiatedDifferences(vpn.ipsec, active).map((says) =>
          finding("tunnel-suite-differs", tunnel.name, says),
        );
  if (maintenance?.pending === true) {
    const when = maintenance.autoAppliedAfter;
    findings.push(
      finding(
        "tunnel-maintenance-pending",
        tunnel.name,
        when === undefined
          ? "AWS has maintenance waiting for it"
          : `AWS has maintenance waiting for it and applies it by itself after ${when}`,
      ),
    );
  }
  return findings;
}

function judgeLastDay(tunnel: Tunnel, telemetry: TelemetryFacts, minutes: number): readonly Finding[] {
  if (!telemetry.up || minutes === 0) return [];
  return [
    finding("tunnel-was-down", tunnel.name, `it is up, and was down for ${minutes} minutes of the last day`),
  ];
}

/** Whether a question about the VPN was answered by "there is none". */
export function judgeAwsGateway({ vpn, awsNetwork }: StackOutputs, aws: AwsFacts): readonly Finding[] {
  if (isGone(aws.vpnGateway))
    return [finding("aws-gateway-missing", vpn.awsGatewayId, "AWS has no VPN gateway of this id")];
  const gateway = known(aws.vpnGateway);
  if (gateway === undefined || gateway.attachedTo.includes(awsNetwork.vpcId)) return [];
  const elsewhere = gateway.attachedTo.length === 0 ? "to nothing" : `to ${gateway.attachedTo.join(", ")}`;
  return [
    finding(
      "aws-gateway-detached",
      vpn.awsGatewayId,
      `it is attached ${elsewhere}, not to ${awsNetwork.vpcId}`,
    ),
  ];
}
