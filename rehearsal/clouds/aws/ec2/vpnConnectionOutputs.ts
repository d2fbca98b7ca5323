import { addressAt } from "../../../model/addresses";
import type { Props } from "../../../model/recording";
import { awsTypes } from "../../../model/resourceTypes";
import { isProps, knownStrings, text, valuesAt } from "../../../model/values";
import type { CloudView, Subject } from "../../cloudType";
import { addressesOf } from "../../documentation";
import { words } from "../../rules";
import { freeOf, numberOf, stringOf } from "../../seeds";
import { ec2Outputs } from "./ec2";
import { reservedInside, type Slot } from "./tunnelOptions";

/**
 * AWS chooses what is left out: addresses, keys, and the configuration that holds both. The defaults are as AWS answered
 * in 2026: a connection without options of its own, read back in us-east-1.
 */
export function connectionOutputs(
  inputs: Props,
  cloud: CloudView,
  subject: Subject & { readonly id: string },
): Props {
  const { seed, id } = subject;
  const gateway = cloud.find(awsTypes.vpnGateway, text(inputs, "vpnGatewayId") ?? "");
  const asn = text(gateway?.outputs, "amazonSideAsn") ?? "64512";
  const taken = takenBesides(id, cloud);
  const first = freeOf(`${seed}/outside1`, addressesOf("aws"), taken);
  const second = freeOf(`${seed}/outside2`, addressesOf("aws"), new Set([...taken, first]));
  const inside = insideCidrs(inputs, seed, insideTaken(inputs, id, cloud));
  const tunnels = [
    tunnelOutputs(inputs, 1, { outside: first, inside: inside[0], seed, asn }),
    tunnelOutputs(inputs, 2, { outside: second, inside: inside[1], seed, asn }),
  ] as const;
  return {
    ...ec2Outputs("vpn-connection", inputs, cloud, subject),
    ...tunnels[0].properties,
    ...tunnels[1].properties,
    enableAcceleration: inputs["enableAcceleration"] ?? false,
    outsideIpAddressType: inputs["outsideIpAddressType"] ?? "PublicIpv4",
    presharedKeyStorage: inputs["presharedKeyStorage"] ?? "Standard",
    tunnelBandwidth: inputs["tunnelBandwidth"] ?? "standard",
    tunnelInsideIpVersion: inputs["tunnelInsideIpVersion"] ?? "ipv4",
    staticRoutesOnly: inputs["staticRoutesOnly"] ?? false,
    localIpv4NetworkCidr: inputs["localIpv4NetworkCidr"] ?? "0.0.0.0/0",
    remoteIpv4NetworkCidr: inputs["remoteIpv4NetworkCidr"] ?? "0.0.0.0/0",
    customerGatewayConfiguration: `<vpn_connection id="${id}">${tunnels.map(({ xml }) => xml).join("")}</vpn_connection>`,
    routes: [],
    transitGatewayAttachmentId: "",
    coreNetworkArn: "",
    coreNetworkAttachmentArn: "",
    // Right after creation no tunnel is up yet.
    vgwTelemetries: [first, second].map((outsideIpAddress) => ({
      outsideIpAddress,
      acceptedRouteCount: 0,
      certificateArn: "",
      lastStatusChange: "2026-01-01T00:00:00Z",
      status: "DOWN",
      statusMessage: "",
    })),
  };
}

/** A tunnel always comes back whole: its logs off, and each list that nobody set empty. */
const suites = words(`
  IkeVersions Phase1DhGroupNumbers Phase1EncryptionAlgorithms Phase1IntegrityAlgorithms Phase2DhGroupNumbers
  Phase2EncryptionAlgorithms Phase2IntegrityAlgorithms`);

function tunnelOutputs(
  inputs: Props,
  slot: Slot,
  { outside, inside, seed, asn }: Record<"outside" | "inside" | "seed" | "asn", string>,
): { properties: Props; xml: string } {
  const logs = valuesAt(inputs, `tunnel${slot}LogOptions.cloudwatchLogOptions`).find(isProps);
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const key = text(inputs, `tunnel${slot}PresharedKey`) ?? stringOf(`${seed}/key${slot}`, 32, alphabet);
  return {
    properties: {
      ...Object.fromEntries(
        suites.map((name) => [`tunnel${slot}${name}`, inputs[`tunnel${slot}${name}`] ?? []]),
      ),
      [`tunnel${slot}EnableTunnelLifecycleControl`]:
        inputs[`tunnel${slot}EnableTunnelLifecycleControl`] ?? false,
      [`tunnel${slot}LogOptions`]: {
        cloudwatchLogOptions: { logEnabled: false, bgpLogEnabled: false, ...logs },
      },
      [`tunnel${slot}Address`]: outside,
      [`tunnel${slot}InsideCidr`]: inside,
      [`tunnel${slot}VgwInsideAddress`]: addressAt(inside, 1) ?? "",
      [`tunnel${slot}CgwInsideAddress`]: addressAt(inside, 2) ?? "",
      [`tunnel${slot}BgpAsn`]: asn,
      [`tunnel${slot}BgpHoldtime`]: 30,
      [`tunnel${slot}PresharedKey`]: key,
    },
    xml: `<ipsec_tunnel><tunnel_outside_address><ip_address>${outside}</ip_address></tunnel_outside_address><ike><pre_shared_key>${key}</pre_shared_key></ike></ipsec_tunnel>`,
  };
}

/** The /30 of each tunnel: what was asked for, or any of 169.254.0.0/16 that is free at the gateway. */
function insideCidrs(inputs: Props, seed: string, taken: readonly string[]): readonly [string, string] {
  const pick = (slot: Slot, besides: readonly string[]): string =>
    text(inputs, `tunnel${slot}InsideCidr`) ?? freeInside(`${seed}/inside${slot}`, besides);
  const first = pick(1, taken);
  return [first, pick(2, [...taken, first])];
}

function freeInside(seed: string, taken: readonly string[]): string {
  const all = 2 ** 14;
  const start = numberOf(seed, all);
  const candidates = Array.from({ length: all }, (_, at) => nthInside((start + at) % all));
  return candidates.find((range) => ![...reservedInside, ...taken].includes(range)) ?? nthInside(start);
}

/** The n-th /30 of 169.254.0.0/16. */
function nthInside(n: number): string {
  return `169.254.${Math.floor(n / 64)}.${4 * (n % 64)}/30`;
}

/** What the other connections have, and what this one asks for. */
function insideTaken(inputs: Props, id: string, cloud: CloudView): readonly string[] {
  const others = cloud.all(awsTypes.vpnConnection).filter((other) => other.id !== id);
  return [inputs, ...others.map(({ outputs }) => outputs)].flatMap((connection) => [
    ...knownStrings(connection, "tunnel1InsideCidr"),
    ...knownStrings(connection, "tunnel2InsideCidr"),
  ]);
}

function takenBesides(id: string, cloud: CloudView): ReadonlySet<string> {
  const live = cloud.all(awsTypes.vpnConnection).filter((other) => other.id !== id);
  return new Set(
    live.flatMap(({ outputs }) => [
      ...knownStrings(outputs, "tunnel1Address"),
      ...knownStrings(outputs, "tunnel2Address"),
    ]),
  );
}
