import * as ec2 from "@aws-sdk/client-ec2";
import { downAnHourAgo } from "../support/deployedVpn";
import { connection, only, tunnel, type Wrong } from "./wrong";

export const wrongTunnels: readonly Wrong[] = [
  {
    name: "a tunnel waits longer for its peer, and then gives up",
    breaks: (stack) => Object.assign(tunnel(stack).timing, { dpdSeconds: 300, dpdAction: "clear" }),
    finds: [
      { kind: "aws-tunnel-timing", says: /DPD timeout in seconds in AWS is 300; it must be 30/ },
      { kind: "aws-tunnel-timing", says: /action after a DPD timeout in AWS is clear; it must be restart/ },
    ],
  },
  {
    name: "a connection takes a part of the traffic only",
    breaks: (stack) => (connection(stack).selectors.azure = "10.1.0.0/24"),
    finds: only("aws-traffic-selectors", /it takes traffic between 10\.1\.0\.0\/24 and 0\.0\.0\.0\/0 only/),
  },
  {
    name: "a tunnel is down",
    breaks: (stack) =>
      Object.assign(tunnel(stack), { up: false, message: "IPSEC IS DOWN", acceptedRoutes: 0 }),
    finds: only(
      "aws-tunnel-down",
      /^AWS reports it down since 2026-11-20T08:00:00\.000Z, with the message IPSEC IS DOWN$/,
    ),
  },
  {
    name: "the unused tunnel of single-tunnel is up",
    topology: "single-tunnel",
    breaks: (stack) => (tunnel(stack, 1).up = true),
    finds: only("aws-unused-tunnel-up", /203\.0\.113\.11 is up, and single-tunnel does not use it/),
  },
  {
    name: "a tunnel negotiated weaker phase 1 integrity",
    breaks: (stack) => (tunnel(stack).negotiated.phase1.integrity = "SHA1"),
    finds: only("tunnel-suite-differs", /phase 1 integrity negotiated is SHA1; it must be SHA384/),
  },
  {
    name: "a tunnel renewed its keys with another group",
    breaks: (stack) => (tunnel(stack).negotiated.phase2.dhGroup = 2),
    finds: only("tunnel-suite-differs", /phase 2 DH group negotiated is 2; it must be 20/),
  },
  {
    name: "a tunnel negotiated IKE version 1",
    breaks: (stack) => (tunnel(stack).negotiated.ikeVersion = "ikev1"),
    finds: only("tunnel-suite-differs", /IKE version negotiated is ikev1; it must be ikev2/),
  },
  {
    name: "a tunnel offers a weaker cipher beside the right one",
    breaks: (stack) => tunnel(stack).offers.phase2.encryption.push("AES128"),
    finds: only("aws-tunnel-options-weaker", /phase 2 encryption offered is AES256-GCM, AES128/),
  },
  {
    name: "AWS does not initiate a tunnel",
    breaks: (stack) => (tunnel(stack).startupAction = "add"),
    finds: only(
      "aws-tunnel-does-not-initiate",
      /startup action is add, not start: after maintenance AWS does not initiate the tunnel$/,
    ),
  },
  {
    name: "a tunnel has other inside addresses",
    breaks: (stack) => (tunnel(stack).insideCidr = "169.254.50.0/30"),
    finds: only(
      "aws-tunnel-inside-cidr",
      /AWS's inside CIDR is 169\.254\.50\.0\/30, and Azure's inside address is 169\.254\.21\.2$/,
    ),
  },
  {
    name: "AWS plans to replace a tunnel's endpoint",
    breaks: (stack) =>
      (tunnel(stack).maintenance = { pending: true, autoAppliedAfter: "2026-12-01T00:00:00.000Z" }),
    finds: only("tunnel-maintenance-pending", /applies it by itself after 2026-12-01/),
  },
  {
    name: "a tunnel was down for a while",
    breaks: ({ clients, outputs }) => clients.cloudWatch.send(downAnHourAgo(outputs, "tunnel3")),
    finds: only("tunnel-was-down", /was down for 5 minutes of the last day/),
  },
  {
    name: "a tunnel is up and carries no route",
    breaks: (stack) => (tunnel(stack).acceptedRoutes = 0),
    finds: only("aws-no-bgp-routes", /AWS has accepted no route over it/),
  },
  {
    name: "AWS has other addresses for a connection",
    topology: "single-tunnel",
    breaks: (stack) => Object.assign(tunnel(stack), { outsideAddress: "203.0.113.99", up: false }),
    finds: only("aws-tunnel-replaced", /AWS has 203\.0\.113\.99 and 203\.0\.113\.11 in vpn-/),
  },
  {
    name: "a connection is being changed",
    breaks: (stack) => (connection(stack).state = "modifying"),
    finds: only("aws-connection-unavailable", /its state is modifying/),
  },
  {
    name: "a connection was deleted",
    breaks: ({ aws }) => aws.vpn.connections.pop(),
    finds: only("aws-connection-missing", /no VPN connection of this id/),
  },
  {
    name: "a customer gateway has another address",
    breaks: async (stack) => {
      const { CustomerGateway } = await stack.clients.ec2.send(
        new ec2.CreateCustomerGatewayCommand({ Type: "ipsec.1", IpAddress: "20.0.0.99", BgpAsn: 65000 }),
      );
      connection(stack).customerGatewayId = CustomerGateway?.CustomerGatewayId ?? "";
    },
    finds: only(
      "aws-customer-gateway-address",
      /has the address 20\.0\.0\.99, but Azure's gateway has 20\.0\.0\.1$/,
    ),
  },
];
