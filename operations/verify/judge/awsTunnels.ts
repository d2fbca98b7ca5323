import type { StackOutputs } from "../../../outputs";
import type { AwsFacts, ConnectionFacts, TelemetryFacts, TunnelFacts } from "../facts/aws";
import { speaksBgp } from "../facts/routing";
import { tunnelAddresses } from "./addresses";
import { finding, findingsOn } from "./findings";
import { entry, type Judgement, judgeUnknown, read } from "./judgement";
import { differences, negotiatedParts, offeredParts, timingParts, unreported } from "./suite";

type Tunnel = StackOutputs["vpn"]["tunnels"][number];

/** AWS's ends of the tunnels. */
export function* judgeAwsTunnels(outputs: StackOutputs, aws: AwsFacts): Judgement {
  const { vpn } = outputs;
  const connections = yield* read(aws.connections);
  const minutesDown = yield* read(aws.minutesDown);
  if (connections === undefined) return;
  for (const id of vpn.awsConnectionIds) {
    const connection = connections.find((one) => one.id === id);
    if (connection === undefined) {
      yield finding("aws-connection-missing", id, "AWS has no VPN connection of this id");
      continue;
    }
    yield* judgeConnection(outputs, connection, aws.customerGateways);
    for (const tunnel of vpn.tunnels.filter((one) => one.awsConnectionId === id)) {
      const facts = yield* entry(aws.tunnels, tunnel.name);
      if (facts !== undefined) yield* judgeTunnel(outputs, tunnel, { connection, facts, minutesDown });
    }
  }
}

/** All that AWS has of one tunnel. */
interface AwsEnd {
  readonly connection: ConnectionFacts;
  readonly facts: TunnelFacts;
  readonly minutesDown: Readonly<Record<string, number>> | undefined;
}

function* judgeTunnel(
  outputs: StackOutputs,
  tunnel: Tunnel,
  { connection, facts, minutesDown }: AwsEnd,
): Judgement {
  const { name, awsOutsideAddress } = tunnel;
  const telemetry = connection.telemetry.find((one) => one.outsideAddress === awsOutsideAddress);
  if (telemetry === undefined) {
    const there = connection.telemetry.map((one) => one.outsideAddress).join(" and ") || "no tunnel";
    const says = `AWS has ${there} in ${connection.id}, not ${awsOutsideAddress}`;
    yield finding("aws-tunnel-replaced", name, says);
    return;
  }
  yield* judgeTelemetry(outputs, tunnel, telemetry);
  yield* judgeOptions(outputs, tunnel, connection);
  yield* judgeTunnelFacts(outputs, tunnel, telemetry, facts);
  if (telemetry.up && minutesDown !== undefined) yield* judgeLastDay(tunnel, minutesDown);
}

function* judgeConnection(
  { vpn }: StackOutputs,
  connection: ConnectionFacts,
  customerGateways: AwsFacts["customerGateways"],
): Judgement {
  const { id, state, customerGatewayId, telemetry, endsAt, selectors } = connection;
  const found = findingsOn(id);
  yield* judgeUnknown(`the AWS VPN connection ${id}`, connection);
  if (endsAt !== vpn.awsGatewayId)
    yield found("aws-connection-elsewhere", `it ends at ${endsAt || "nothing"}, not at ${vpn.awsGatewayId}`);
  if (selectors.azure !== everyAddress || selectors.aws !== everyAddress)
    yield found(
      "aws-traffic-selectors",
      `it takes traffic between ${selectors.azure} and ${selectors.aws} only; both must be ${everyAddress}`,
    );
  if (state !== "available")
    yield found("aws-connection-unavailable", `its state is ${state}, not available`);
  const expected = vpn.tunnels.find((tunnel) => tunnel.awsConnectionId === id)?.azurePublicAddress;
  const gateways = yield* read(customerGateways);
  const gateway = gateways?.find((one) => one.id === customerGatewayId);
  if (gateways !== undefined && gateway === undefined)
    yield { about: `the customer gateway of ${id}`, reason: `AWS does not list ${customerGatewayId}` };
  if (gateway !== undefined && gateway.ipAddress !== expected)
    yield found(
      "aws-customer-gateway-address",
      `its customer gateway has the address ${gateway.ipAddress}, but Azure's gateway has ${expected ?? "none"}`,
    );
  // In single-tunnel AWS's other tunnel is down, as it must be.
  const used = vpn.tunnels.map((tunnel) => tunnel.awsOutsideAddress);
  for (const { outsideAddress, up } of telemetry)
    if (up && !used.includes(outsideAddress))
      yield found(
        "aws-unused-tunnel-up",
        `its tunnel at ${outsideAddress} is up, and ${vpn.topology} does not use it`,
      );
}

const everyAddress = "0.0.0.0/0";

function* judgeTelemetry(outputs: StackOutputs, { name }: Tunnel, telemetry: TelemetryFacts): Judgement {
  const { up, since, message, acceptedRoutes } = telemetry;
  if (!up) {
    const from = since === undefined ? "" : ` since ${since}`;
    const why = message === "" ? "without a reason" : `with the message ${message}`;
    yield finding("aws-tunnel-down", name, `AWS reports it down${from}, ${why}`, causeOf(message));
  } else if (speaksBgp(outputs) && acceptedRoutes === 0)
    yield finding("aws-no-bgp-routes", name, "the tunnel is up, and AWS has accepted no route over it");
}

/** guess: AWS documents the field and not its values; these two are what its console shows. */
function causeOf(message: string): string | undefined {
  if (/IKE.*DOWN|PHASE 1/i.test(message)) return "the key, the IKE suite or the address of one end differs";
  if (/IPSEC IS UP|BGP/i.test(message))
    return "IPsec is up and BGP is not: the tunnel's inside addresses or the ASNs differ";
  return undefined;
}

function* judgeOptions({ vpn }: StackOutputs, tunnel: Tunnel, connection: ConnectionFacts): Judgement {
  const { name, awsOutsideAddress, insideCidr } = tunnel;
  const found = findingsOn(name);
  const options = connection.options.find((one) => one.outsideAddress === awsOutsideAddress);
  if (options === undefined) {
    yield { about: `the options of ${name}`, reason: `AWS shows none for ${awsOutsideAddress}` };
    return;
  }
  for (const says of differences("offered", offeredParts(vpn.ipsec, options)))
    yield found("aws-tunnel-options-weaker", says);
  const timing = timingParts(vpn.ipsec, options.timing);
  for (const says of differences("in AWS", timing)) yield found("aws-tunnel-timing", says);
  for (const what of unreported(timing))
    yield { about: `the ${what} of ${name}`, reason: "AWS does not report it" };
  yield* judgeUnknown(name, options);
  if (options.startupAction !== "start")
    yield found(
      "aws-tunnel-does-not-initiate",
      `AWS's startup action is ${options.startupAction}, not start: after maintenance AWS does not initiate the tunnel`,
    );
  if (options.insideCidr !== insideCidr)
    yield found(
      "aws-tunnel-inside-cidr",
      `AWS's inside CIDR is ${options.insideCidr}, and Azure's inside address is ${tunnelAddresses(insideCidr).azure}`,
    );
}

function* judgeTunnelFacts(
  { vpn }: StackOutputs,
  { name }: Tunnel,
  { up }: TelemetryFacts,
  facts: TunnelFacts,
): Judgement {
  // A tunnel that is down has negotiated nothing.
  const active = yield* read(facts.active, up ? "not judged" : "all right");
  if (active !== undefined && up) {
    const parts = negotiatedParts(vpn.ipsec, active);
    for (const says of differences("negotiated", parts)) yield finding("tunnel-suite-differs", name, says);
    for (const what of unreported(parts))
      yield { about: `the ${what} of ${name}`, reason: "AWS does not report what was negotiated" };
  }
  const maintenance = yield* read(facts.maintenance);
  if (maintenance?.pending !== true) return;
  const when = maintenance.autoAppliedAfter;
  const applied = when === undefined ? "" : ` and applies it by itself after ${when}`;
  yield finding("tunnel-maintenance-pending", name, `AWS has maintenance pending for it${applied}`);
}

function* judgeLastDay({ name }: Tunnel, minutesDown: Readonly<Record<string, number>>): Judgement {
  const minutes = minutesDown[name];
  if (minutes === undefined)
    yield { about: `the last day of ${name}`, reason: "CloudWatch has no data of this tunnel yet" };
  else if (minutes > 0)
    yield finding("tunnel-was-down", name, `it is up, and was down for ${minutes} minutes of the last day`);
}
