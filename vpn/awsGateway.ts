import { LogGroup } from "@pulumi/aws/cloudwatch";
import {
  CustomerGateway,
  VpnConnection,
  VpnConnectionRoute,
  VpnGateway,
  VpnGatewayAttachment,
  VpnGatewayRoutePropagation,
} from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { logRetentionDays } from "../logRetention";
import type { AwsVpnEnd } from "../network/awsSide";
import { awsTunnelOptions, ipsecSuite } from "./ipsec";
import { type PresharedKeys, presharedKey } from "./presharedKeys";
import type { AwsConnectionPlan, AwsSlot, Tunnel, VpnPlan } from "./tunnels";

export type AwsGatewayArgs = AwsVpnEnd & {
  readonly plan: VpnPlan;
  /** Log the tunnels to CloudWatch from their creation: switched on later, it interrupts them. */
  readonly tunnelLogs: boolean;
  /** Whether the connections are protected, and the log group stays when it leaves the stack. */
  readonly protection: boolean;
  readonly tags: Readonly<Record<string, string>>;
};

/** What AWS needs of the other end. */
export interface AzureEnd {
  /** The networks behind Azure, which static tunnels carry, by name; `azure` is the stack's own. */
  readonly cidrs: Readonly<Record<string, string>>;
  readonly publicAddress: (connection: AwsConnectionPlan) => pulumi.Input<string>;
  readonly keys: PresharedKeys;
}

/** The AWS ASN without BGP: AWS requires one anyway. */
const unusedAwsAsn = 64512;
/** The customer gateway's ASN without BGP. */
const unusedAzureAsn = 65000;

/** The gateway of the stack, with what attaches it; of one that others use only the id. */
export interface AwsGatewayEnd {
  readonly id: pulumi.Input<string>;
  readonly attachment: VpnGatewayAttachment | undefined;
}

/** A VPC has one virtual private gateway: what exists there already is used as it is. */
export function createVpnGateway(
  name: string,
  args: AwsGatewayArgs,
  child: pulumi.CustomResourceOptions,
): AwsGatewayEnd {
  if (args.cidrs !== undefined && args.gatewayId !== undefined)
    return { id: args.gatewayId, attachment: undefined };
  const { routing } = args.plan;
  const gateway = new VpnGateway(
    `${name}-aws-gateway`,
    {
      amazonSideAsn: String(routing.kind === "bgp" ? routing.awsAsn : unusedAwsAsn),
      tags: { ...args.tags, Name: `${name}-aws-gateway` },
    },
    child,
  );
  const attachment = new VpnGatewayAttachment(
    `${name}-aws-attachment`,
    { vpcId: args.vpcId, vpnGatewayId: gateway.id },
    // A VPC takes one gateway at a time.
    { ...child, deleteBeforeReplace: true },
  );
  return { id: gateway.id, attachment };
}

/**
 * The routes that the tunnels carry, static or learned, appear in the VPC's route tables while a tunnel is up. Those of a
 * gateway that others use are propagated by them: switched off with the stack, theirs would go too.
 */
export function propagateRoutes(
  name: string,
  args: AwsGatewayArgs,
  { id, attachment }: AwsGatewayEnd,
  child: pulumi.CustomResourceOptions,
): void {
  if (attachment === undefined) return;
  const propagate = (suffix: string, routeTableId: pulumi.Input<string>) =>
    new VpnGatewayRoutePropagation(
      `${name}-aws-propagation${suffix}`,
      { vpnGatewayId: id, routeTableId },
      { ...child, dependsOn: [attachment] },
    );
  if (args.cidrs === undefined) propagate("", args.routeTableId);
  else for (const routeTableId of args.routeTableIds) propagate(`-${routeTableId}`, routeTableId);
}

export function createTunnelLogs(
  name: string,
  args: AwsGatewayArgs,
  child: pulumi.CustomResourceOptions,
): LogGroup | undefined {
  if (!args.tunnelLogs) return undefined;
  return new LogGroup(
    `${name}-aws-logs`,
    {
      // Under this prefix AWS's log deliveries need no resource policy that grows with each group. What follows it is
      // another with each group, because one that is kept has its name for good.
      namePrefix: `/aws/vendedlogs/${pulumi.getProject()}-${pulumi.getStack()}-`,
      retentionInDays: logRetentionDays,
      tags: args.tags,
    },
    {
      ...child,
      deleteBeforeReplace: true,
      retainOnDelete: args.protection,
      // A group of before keeps its name, which had no such ending, and its logs.
      ignoreChanges: ["name", "namePrefix"],
    },
  );
}

/** One VPN connection with both its tunnels, and what it needs of Azure. */
export function createConnection(
  name: string,
  args: AwsGatewayArgs,
  connection: AwsConnectionPlan,
  made: { readonly gateway: AwsGatewayEnd; readonly logs: LogGroup | undefined; readonly azureEnd: AzureEnd },
  child: pulumi.CustomResourceOptions,
): VpnConnection {
  const { routing } = args.plan;
  const { azureEnd } = made;
  const customerGateway = createCustomerGateway(name, args, connection, azureEnd, child);
  const [tunnel1, tunnel2] = connection.tunnels;
  const vpnConnection = new VpnConnection(
    `${name}-aws-connection${connection.number}`,
    {
      customerGatewayId: customerGateway.id,
      vpnGatewayId: made.gateway.id,
      type: "ipsec.1",
      staticRoutesOnly: routing.kind === "static",
      ...tunnelArgs(1, tunnelOptions(args, tunnel1, made)),
      ...tunnelArgs(2, tunnelOptions(args, tunnel2, made)),
      tags: { ...args.tags, Name: `${name}-aws-connection${connection.number}` },
    },
    {
      ...child,
      // A gateway takes each inside CIDR once: the new connection cannot exist beside the old one.
      deleteBeforeReplace: true,
      protect: args.protection,
      customTimeouts: { create: "40m", update: "60m", delete: "30m" },
    },
  );
  if (routing.kind === "static") createRoutes(name, connection, azureEnd, vpnConnection, child);
  return vpnConnection;
}

/**
 * Of the same address, type and ASN AWS has one customer gateway: asked for a second one it answers with the first. With
 * an Azure gateway that others use, two stacks of one account would so share one, and the first to go would fail or take
 * it along. No read tells whose it is, so that docs/operations.md says to join a gateway from one stack of an account.
 */
function createCustomerGateway(
  name: string,
  args: AwsGatewayArgs,
  connection: AwsConnectionPlan,
  azureEnd: AzureEnd,
  child: pulumi.CustomResourceOptions,
): CustomerGateway {
  const { routing } = args.plan;
  return new CustomerGateway(
    `${name}-aws-customer${connection.number}`,
    {
      type: "ipsec.1",
      ipAddress: azureEnd.publicAddress(connection),
      bgpAsn: String(routing.kind === "bgp" ? routing.azureAsn : unusedAzureAsn),
      tags: { ...args.tags, Name: `${name}-aws-customer${connection.number}` },
    },
    child,
  );
}

/** Without them the gateway has no route to Azure, whatever the VPC's route table says. */
function createRoutes(
  name: string,
  connection: AwsConnectionPlan,
  azureEnd: AzureEnd,
  vpnConnection: VpnConnection,
  child: pulumi.CustomResourceOptions,
): void {
  for (const [client, cidr] of Object.entries(azureEnd.cidrs)) {
    const suffix = client === "azure" ? "" : `-${client}`;
    new VpnConnectionRoute(
      `${name}-aws-connection${connection.number}-route${suffix}`,
      { vpnConnectionId: vpnConnection.id, destinationCidrBlock: cidr },
      { ...child, deleteBeforeReplace: true },
    );
  }
}

/**
 * Every option of a tunnel but one: `enableTunnelLifecycleControl` is off unless it is set, and somebody who switches it on
 * by hand must from then on accept AWS's replacements of the endpoint, or gets them after a deadline.
 * https://docs.aws.amazon.com/vpn/latest/s2svpn/tunnel-endpoint-lifecycle.html
 */
function tunnelOptions(
  args: AwsGatewayArgs,
  tunnel: Tunnel,
  made: { readonly logs: LogGroup | undefined; readonly azureEnd: AzureEnd },
) {
  return {
    ...awsTunnelOptions(ipsecSuite(args.plan.sku)),
    insideCidr: tunnel.insideCidr,
    presharedKey: presharedKey(made.azureEnd.keys, tunnel.name).result,
    ...(made.logs === undefined ? {} : { logOptions: logOptions(args, made.logs) }),
  };
}

function logOptions(args: AwsGatewayArgs, logs: LogGroup) {
  return {
    cloudwatchLogOptions: {
      logEnabled: true,
      logGroupArn: logs.arn,
      logOutputFormat: "json",
      ...(args.plan.routing.kind === "bgp"
        ? { bgpLogEnabled: true, bgpLogGroupArn: logs.arn, bgpLogOutputFormat: "json" }
        : {}),
    },
  };
}

/** `insideCidr` of tunnel 2 is `tunnel2InsideCidr` in the provider's words. */
function tunnelArgs<Slot extends AwsSlot, Options extends object>(slot: Slot, options: Options) {
  return Object.fromEntries(
    Object.entries(options).map(([key, value]) => [
      `tunnel${slot}${key.charAt(0).toUpperCase()}${key.slice(1)}`,
      value as unknown,
    ]),
  ) as { [Key in keyof Options & string as `tunnel${Slot}${Capitalize<Key>}`]: Options[Key] };
}
