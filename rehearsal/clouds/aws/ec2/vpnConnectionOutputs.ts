import { addressAt } from "../../../model/addresses";
import type { Props } from "../../../model/recording";
import { awsTypes } from "../../../model/resourceTypes";
import { knownStrings, text } from "../../../model/values";
import type { CloudView, Subject } from "../../cloudType";
import { addressesOf } from "../../documentation";
import { freeOf, numberOf, stringOf } from "../../seeds";
import { ec2Outputs } from "./ec2";
import type { Slot } from "./tunnelOptions";

/** AWS chooses what is left out: addresses, keys, and the configuration that holds both. */
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
  const tunnels = [
    tunnelOutputs(inputs, 1, first, seed, asn),
    tunnelOutputs(inputs, 2, second, seed, asn),
  ] as const;
  return {
    ...ec2Outputs("vpn-connection", inputs, cloud, subject),
    ...tunnels[0].properties,
    ...tunnels[1].properties,
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

function tunnelOutputs(
  inputs: Props,
  slot: Slot,
  outside: string,
  seed: string,
  asn: string,
): { properties: Props; xml: string } {
  const inside =
    text(inputs, `tunnel${slot}InsideCidr`) ??
    `169.254.${100 + numberOf(`${seed}/inside${slot}`, 60)}.${4 * slot}/30`;
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const key = text(inputs, `tunnel${slot}PresharedKey`) ?? stringOf(`${seed}/key${slot}`, 32, alphabet);
  return {
    properties: {
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

function takenBesides(id: string, cloud: CloudView): ReadonlySet<string> {
  const live = cloud.all(awsTypes.vpnConnection).filter((other) => other.id !== id);
  return new Set(
    live.flatMap(({ outputs }) => [
      ...knownStrings(outputs, "tunnel1Address"),
      ...knownStrings(outputs, "tunnel2Address"),
    ]),
  );
}
