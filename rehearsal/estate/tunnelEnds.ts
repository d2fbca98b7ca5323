import type { AwsEstate, AwsTunnel, AwsVpnConnection } from "./aws";
import type { AwsVpc } from "./awsNetworks";
import { ownOf } from "./estateIndex";
import type { AzureConnection, AzureEstate, AzureInstance, AzureNetwork } from "./azure";

/** One tunnel with what both clouds have of it. */
export interface TunnelEnds {
  /** `tunnel1` to `tunnel4`: by AWS connection and slot. */
  readonly name: string;
  readonly azure: AzureEnd | undefined;
  readonly aws: AwsEnd | undefined;
  readonly routing: "static" | "bgp";
  /** Azure names its address nowhere, and that of the other tunnel of the same AWS connection. */
  readonly spare: boolean;
}

export interface AzureEnd {
  readonly connection: AzureConnection;
  /** The gateway instance that AWS reaches; undefined where AWS reaches none of this gateway's addresses. */
  readonly instance: AzureInstance | undefined;
  /** The network behind the gateway. */
  readonly network: AzureNetwork | undefined;
}

export interface AwsEnd {
  readonly connection: AwsVpnConnection;
  readonly tunnel: AwsTunnel;
  /** The network behind the gateway. */
  readonly vpc: AwsVpc | undefined;
}

/** Every tunnel of the stack's that either cloud has, matched by the addresses alone. */
export function matchTunnelEnds(azure: AzureEstate, aws: AwsEstate): readonly TunnelEnds[] {
  const connections = ownOf(azure.connections);
  const awsEnds = byName(ownOf(aws.vpnConnections)).flatMap((connection) =>
    connection.tunnels.map((tunnel): AwsEnd => ({ connection, tunnel, vpc: vpcOf(aws, connection) })),
  );
  const matched = awsEnds.map((end) => ({ aws: end, azure: azureEndOf(azure, end) }));
  const met = new Set(matched.flatMap((pair) => pair.azure?.connection ?? []));
  // A connection that is missing leaves its local network gateway: it tells which tunnel was to be used.
  const meant = awsEnds.filter(({ tunnel: { outsideAddress } }) =>
    ownOf(azure.localNetworkGateways).some(
      ({ address }) => address !== undefined && address === outsideAddress,
    ),
  );
  return [
    ...matched.map((pair, index) => ({
      ...pair,
      name: `tunnel${index + 1}`,
      routing: routingOf(pair.azure, pair.aws),
      spare: !meant.includes(pair.aws) && meant.some(({ connection }) => connection === pair.aws.connection),
    })),
    ...connections
      .filter((connection) => !met.has(connection))
      .map((connection): TunnelEnds => {
        const end = { connection, instance: undefined, network: networkOf(connection) };
        const name = /tunnel\d+/.exec(connection.resource.name)?.[0] ?? connection.resource.name;
        return { name, azure: end, aws: undefined, routing: routingOf(end, undefined), spare: false };
      }),
  ];
}

function routingOf(azure: AzureEnd | undefined, aws: AwsEnd | undefined): TunnelEnds["routing"] {
  const bgp = azure?.connection.enableBgp ?? aws?.connection.staticRoutesOnly === false;
  return bgp ? "bgp" : "static";
}

function byName(connections: readonly AwsVpnConnection[]): readonly AwsVpnConnection[] {
  return [...connections].sort((one, other) => (one.resource.name < other.resource.name ? -1 : 1));
}

function vpcOf(aws: AwsEstate, connection: AwsVpnConnection): AwsVpc | undefined {
  return aws.vpcs.find((vpc) => connection.vpnGateway?.vpcIds.includes(vpc.resource.id) === true);
}

function networkOf(connection: AzureConnection): AzureNetwork | undefined {
  return connection.gateway?.instances[0]?.subnet?.network;
}

/** Azure's end of an AWS tunnel: its remote address is the tunnel's, and AWS's remote address is one of its own. */
function azureEndOf(azure: AzureEstate, { connection: awsConnection, tunnel }: AwsEnd): AzureEnd | undefined {
  const { outsideAddress } = tunnel;
  const customer = awsConnection.customerGateway?.address;
  if (outsideAddress === undefined) return undefined;
  const connection = ownOf(azure.connections).find(
    (one) => one.localNetworkGateway?.address === outsideAddress,
  );
  if (connection === undefined) return undefined;
  const instance = connection.gateway?.instances.find(
    ({ publicIp }) => customer !== undefined && publicIp?.address === customer,
  );
  return { connection, instance, network: networkOf(connection) };
}
