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
import { awsTunnelOptions, ipsecSuite } from "./ipsec";
import { type PresharedKeys, presharedKey } from "./presharedKeys";
import type { AwsConnectionPlan, AwsSlot, Tunnel, VpnPlan } from "./tunnels";

export interface AwsGatewayArgs {
  readonly plan: VpnPlan;
  readonly vpcId: pulumi.Input<string>;
  readonly routeTableId: pulumi.Input<string>;
  /** Log the tunnels to CloudWatch from their creation: switched on later, it interrupts them. */
  readonly tunnelLogs: boolean;
  /** Whether the connections are protected, and the log group stays when it leaves the stack. */
  readonly protection: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** What AWS needs of the other end. */
export interface AzureEnd {
  /** The network behind Azure, which static tunnels carry. */
  readonly azureCidr: string;
  readonly publicAddress: (connection: AwsConnectionPlan) => pulumi.Input<string>;
  readonly keys: PresharedKeys;
}

/** The AWS ASN without BGP: AWS requires one anyway. */
const unusedAwsAsn = 64512;
/** The customer gateway's ASN without BGP. */
const unusedAzureAsn = 65000;

export function createVpnGateway(
  name: string,
  args: AwsGatewayArgs,
  child: pulumi.CustomResourceOptions,
): { readonly gateway: VpnGateway; readonly attachment: VpnGatewayAttachment } {
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
  return { gateway, attachment };
}

/** The routes that the tunnels carry, static or learned, appear in the VPC's route table while a tunnel is up. */
export function propagateRoutes(
  name: string,
  args: AwsGatewayArgs,
  made: { readonly gateway: VpnGateway; readonly attachment: VpnGatewayAttachment },
  child: pulumi.CustomResourceOptions,
): void {
  new VpnGatewayRoutePropagation(
    `${name}-aws-propagation`,
    { vpnGatewayId: made.gateway.id, routeTableId: args.routeTableId },
    { ...child, dependsOn: [made.attachment] },
  );
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
  made: { readonly gateway: VpnGateway; readonly logs: LogGroup | undefined; readonly azureEnd: AzureEnd },
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
  if (routing.kind === "static") createRoute(name, connection, azureEnd, vpnConnection, child);
  return vpnConnection;
}

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

/** Without it the gateway has no route to Azure, whatever the VPC's route table says. */
function createRoute(
  name: string,
  connection: AwsConnectionPlan,
  azureEnd: AzureEnd,
  vpnConnection: VpnConnection,
  child: pulumi.CustomResourceOptions,
): void {
  new VpnConnectionRoute(
    `${name}-aws-connection${connection.number}-route`,
    { vpnConnectionId: vpnConnection.id, destinationCidrBlock: azureEnd.azureCidr },
    { ...child, deleteBeforeReplace: true },
  );
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
