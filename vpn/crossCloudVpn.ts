import type { VpnConnection } from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import * as awsGateway from "./awsGateway";
import * as azureGateway from "./azureGateway";
import { composed, type OutputsOf } from "../contract";
import type { AwsVpnEnd } from "../network/awsSide";
import type { AzureVpnEnd } from "../network/azureSide";
import type { StackOutputs } from "../outputs";
import { ipsecSuite } from "./ipsec";
import { createPresharedKeys } from "./presharedKeys";
import { planVpn, type Topology, type Tunnel, type TunnelName, type VpnPlan } from "./tunnels";

export interface CrossCloudVpnArgs {
  /** What each side has. A change of kind rebuilds tunnels; see docs/operations. */
  readonly topology: Topology;
  /** Per tunnel, from 1; raising one renews that tunnel's key and interrupts that tunnel only. */
  readonly presharedKeyGenerations: Readonly<Record<TunnelName, number>>;
  /** Whether AWS logs the tunnels. A change interrupts them, one connection at a time. */
  readonly tunnelLogs: boolean;
  /** Whether public addresses and AWS connections are protected, and the tunnels' logs stay when the log group goes. */
  readonly protection: boolean;
  readonly azure: AzureVpnEnd & {
    readonly resourceGroupName: pulumi.Input<string>;
    readonly location: string;
  };
  readonly aws: AwsVpnEnd;
  /** Networks that static tunnels carry beside `azure.cidr`, by name; absent where there are none. */
  readonly clients?: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** An AWS connection with the addresses of its two tunnels, used or not. */
export interface AwsConnectionEnds {
  readonly id: pulumi.Output<string>;
  readonly outsideAddresses: readonly [pulumi.Output<string>, pulumi.Output<string>];
}

export interface WatchedGateway {
  readonly gatewayId: pulumi.Input<string>;
  /** Names of the stack's connections, where the gateway has others too; absent for a gateway of its own. */
  readonly onlyConnections?: pulumi.Input<string[]>;
}

/**
 * The site-to-site VPN between both networks. The clouds' ends meet only here: Azure's addresses go to AWS's customer
 * gateways, AWS's tunnel addresses go to Azure's connections, one generated key per tunnel goes to both. AWS waits for
 * Azure's addresses, never for its gateway.
 */
export class CrossCloudVpn extends pulumi.ComponentResource {
  readonly plan: VpnPlan;
  /** What waits for the gateway; undefined for one that others use. */
  readonly azureGateway: pulumi.Resource | undefined;
  /** What alarms watch in Azure. */
  readonly watchedGateway: WatchedGateway;
  /** In the order of the plan. Known long before Azure's gateway exists, unlike the tunnels of `outputs`. */
  readonly awsConnections: readonly AwsConnectionEnds[];
  readonly outputs: OutputsOf<"vpn">;

  constructor(name: string, args: CrossCloudVpnArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-s3-privatelink:vpn:CrossCloudVpn", name, args, opts);
    const child = { parent: this };
    const plan = planVpn(args.topology);
    const { tags, protection } = args;
    const azure = { plan, tags, protection, ...args.azure };
    const aws = { plan, tags, protection, tunnelLogs: args.tunnelLogs, ...args.aws };

    const keys = createPresharedKeys(
      name,
      { connections: plan.awsConnections, generations: args.presharedKeyGenerations },
      child,
    );
    const gateway =
      azure.gateway === undefined
        ? azureGateway.createOwnGateway(name, azure, child)
        : azureGateway.sharedGatewayEnd(azure.gateway);
    const addresses = gateway.publicAddresses;

    const vpnGateway = awsGateway.createVpnGateway(name, aws, child);
    awsGateway.propagateRoutes(name, aws, vpnGateway, child);
    const logs = awsGateway.createTunnelLogs(name, aws, child);
    const azureEnd: awsGateway.AzureEnd = {
      cidrs: { ...(args.azure.cidr === undefined ? {} : { azure: args.azure.cidr }), ...args.clients },
      publicAddress: (connection) => at(addresses, connection.azureInstance),
      keys,
    };
    const vpnConnections = plan.awsConnections.map((connection) =>
      awsGateway.createConnection(name, aws, connection, { gateway: vpnGateway, logs, azureEnd }, child),
    );

    const awsEnd: azureGateway.AwsEnd = {
      awsCidrs: args.aws.cidrs ?? [args.aws.cidr],
      outsideAddress: (tunnel) => outsideAddress(vpnConnections, tunnel),
      keys,
    };
    const connections = azureGateway.createConnections(name, azure, gateway, awsEnd, child);

    this.plan = plan;
    this.azureGateway = gateway.resource;
    const connectionNames = pulumi.all(connections.map(({ connection }) => connection.name));
    this.watchedGateway = {
      gatewayId: gateway.id,
      ...(gateway.resource === undefined ? { onlyConnections: connectionNames } : {}),
    };
    this.awsConnections = vpnConnections.map(({ id, tunnel1Address, tunnel2Address }) => ({
      id,
      outsideAddresses: [tunnel1Address, tunnel2Address],
    }));
    const tunnels = pulumi.all(
      connections.map(({ tunnel, connection }) =>
        composed<StackOutputs["vpn"]["tunnels"][number]>({
          name: tunnel.name,
          azureConnectionId: connection.id,
          azureConnectionName: connection.name,
          azurePublicAddress: at(addresses, tunnel.azureInstance),
          awsConnectionId: at(vpnConnections, tunnel.awsConnection - 1).id,
          awsSlot: tunnel.awsSlot,
          awsOutsideAddress: outsideAddress(vpnConnections, tunnel),
          insideCidr: tunnel.insideCidr,
        }),
      ),
    );
    const shown = {
      azureGatewayId: gateway.id,
      awsGatewayId: vpnGateway.id,
      awsConnectionIds: pulumi.all(vpnConnections.map((connection) => connection.id)),
      tunnels,
    };
    this.outputs = {
      vpn: composed({
        ...shown,
        topology: args.topology.kind,
        routing: plan.routing.kind,
        azureGatewayName: gateway.name,
        ipsec: ipsecSuite(plan.sku),
      }),
    };
    this.registerOutputs({ ...shown, azurePublicAddresses: pulumi.all([...addresses]) });
  }
}

function outsideAddress(connections: readonly VpnConnection[], tunnel: Tunnel): pulumi.Output<string> {
  const connection = at(connections, tunnel.awsConnection - 1);
  return tunnel.awsSlot === 1 ? connection.tunnel1Address : connection.tunnel2Address;
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new Error(`the plan counts past its ${items.length} parts: ${index}`);
  return item;
}
