import * as pulumi from "@pulumi/pulumi";
import type { OutputsOf } from "../../contract";
import { awsObstacles, routeCountObstacles, type Announced } from "./awsObstacles";
import { readAws, type AwsSurroundings } from "./awsReads";
import { azureId, sameId } from "./azureIds";
import { azureObstacles } from "./azureObstacles";
import {
  holderOf,
  networksIn,
  readAzure,
  spokesIn,
  type AzureNetworkFacts,
  type AzureSurroundings,
} from "./azureReads";
import { clientObstacles, presumedClients, unreadClients } from "./clientObstacles";
import { inspectedClients, inspectedInWords, type InspectedClients } from "./firewalls";
import { gatewayObstacles } from "./gatewayObstacles";
import type { AwsTargets, Join } from "./join";
import { SurroundingsError, type Obstacle } from "./obstacle";
import { overlapObstacles } from "./overlapObstacles";
import { Reader } from "./reader";

/** What exists and the stack joins, as its components need it. All of it is absent where the stack joins nothing. */
export interface Surroundings {
  readonly azure?: FoundNetwork & {
    /** The shared gateway; absent where the stack makes its own. */
    readonly gateway?: SharedGateway;
  };
  readonly aws?: FoundVpc;
  readonly spokes: readonly FoundNetwork[];
}

export interface FoundNetwork {
  readonly id: string;
  readonly name: string;
  readonly resourceGroupName: string;
  readonly cidrs: readonly string[];
}

/** A VPN gateway that others own and use. */
export interface SharedGateway {
  readonly id: string;
  readonly name: string;
  readonly sku: string;
  /** Undefined without BGP. */
  readonly asn: number | undefined;
  readonly instances: readonly { readonly ipConfigurationId: string; readonly publicAddress: string }[];
}

export interface FoundVpc {
  readonly id: string;
  /** The primary range first. */
  readonly cidrs: readonly string[];
  readonly subnets: readonly { readonly id: string; readonly zone: string }[];
  /** Those of the subnets, each once. */
  readonly routeTableIds: readonly string[];
  /** The virtual private gateway that others use; absent where the stack makes its own. */
  readonly gateway?: { readonly id: string; readonly asn: number };
}

/**
 * Reads what the stack joins, in both clouds at once, and stops a preview or an update before the first resource where
 * anything of it is in the way: with everything that is.
 */
export async function readSurroundings(join: Join | undefined): Promise<Surroundings> {
  if (join === undefined) return { spokes: [] };
  const reader = new Reader();
  const [azure, aws] = await Promise.all([readAzure(join, reader), readAws(join, reader)]);
  const targets = targetsOf(join, aws);
  const inspected = inspectedClients(join, azure, targets);
  const obstacles = [...reader.failures, ...findObstacles(join, { azure, aws, targets, inspected })];
  if (obstacles.length > 0) throw new SurroundingsError(obstacles);
  const notices = [
    ...unreadClients(join, azure),
    ...presumedClients(join, azure),
    ...inspectedInWords(inspected),
  ];
  await Promise.all(notices.map((notice) => pulumi.log.info(notice)));
  return foundOf(join, azure, aws);
}

/** What both clouds say, and what follows for the clients' traffic. */
interface Found {
  readonly azure: AzureSurroundings;
  readonly aws: AwsSurroundings | undefined;
  readonly targets: AwsTargets;
  readonly inspected: InspectedClients;
}

/** All obstacles of both clouds, the root causes first. */
function findObstacles(join: Join, { azure, aws, targets, inspected }: Found): readonly Obstacle[] {
  const existing = join.aws.kind === "existing" ? join.aws : undefined;
  const awsAsn = aws?.gateways.find(({ id }) => id === existing?.gatewayId)?.asn;
  const direct = Object.entries(join.clients).filter(([name]) => !inspected.has(name));
  return [
    ...overlapObstacles(join, azure, aws),
    ...azureObstacles({ ...join, clients: Object.fromEntries(direct) }, azure),
    ...gatewayObstacles(join, azure, existing?.gatewayId === undefined ? join.vpn.awsAsn : awsAsn),
    ...clientObstacles(join, azure, targets, inspected),
    ...awsObstacles(join, aws, announcedTo(join, azure)),
    ...routeCountObstacles(join, azure),
  ];
}

function targetsOf({ aws: end }: Join, aws: AwsSurroundings | undefined): AwsTargets {
  return end.kind === "new"
    ? { cidrs: [end.cidr], endpointCidrs: [end.cidr] }
    : { cidrs: aws?.vpc?.cidrs ?? [], endpointCidrs: (aws?.subnets ?? []).map(({ cidr }) => cidr) };
}

function announcedTo(join: Join, azure: AzureSurroundings): Announced {
  const networks = networksIn(azure);
  return Object.fromEntries(
    Object.entries(join.clients).map(([name, cidr]) => {
      const held = join.vpn.bgp ? holderOf(cidr, networks) : undefined;
      const isOwn = join.azure.kind === "new" && (join.vpn.bgp || name === "azure");
      return [name, held?.cidrs ?? [isOwn ? join.azure.cidr : cidr]];
    }),
  );
}

function foundOf(join: Join, azure: AzureSurroundings, aws: AwsSurroundings | undefined): Surroundings {
  const gatewayId = join.azure.kind === "existing" ? join.azure.gatewayId : undefined;
  const gateway =
    gatewayId === undefined ? undefined : azure.gateways.find(({ id }) => sameId(id, gatewayId));
  const vgwId = join.aws.kind === "existing" ? join.aws.gatewayId : undefined;
  const vgw = aws?.gateways.find(({ id }) => id === vgwId);
  return {
    ...(azure.network === undefined
      ? {}
      : {
          azure: {
            ...foundNetwork(azure.network),
            ...(gateway === undefined
              ? {}
              : {
                  gateway: {
                    id: gateway.id,
                    name: gateway.name,
                    sku: gateway.sku,
                    asn: gateway.asn,
                    instances: gateway.instances.map(({ ipConfigurationId, publicAddress = "" }) => ({
                      ipConfigurationId,
                      publicAddress,
                    })),
                  },
                }),
          },
        }),
    ...(aws?.vpc === undefined
      ? {}
      : {
          aws: {
            id: aws.vpc.id,
            cidrs: aws.vpc.cidrs,
            subnets: aws.subnets.map(({ id, zone }) => ({ id, zone })),
            routeTableIds: aws.routeTables.map(({ id }) => id),
            ...(vgw === undefined ? {} : { gateway: { id: vgw.id, asn: vgw.asn } }),
          },
        }),
    spokes: spokesIn(azure, join).map(foundNetwork),
  };
}

function foundNetwork({ id, name, cidrs }: AzureNetworkFacts): FoundNetwork {
  return { id, name, cidrs, resourceGroupName: azureId(id)?.resourceGroupName ?? "" };
}

/** What tells the stack's readers that not all of it is the stack's own. */
export function joinedOutputs(join: Join | undefined): Partial<OutputsOf<"azureClients" | "joined">> {
  if (join === undefined) return {};
  const { azure, aws } = join;
  const azureClients = Object.fromEntries(Object.entries(join.clients).filter(([name]) => name !== "azure"));
  const joined = {
    ...(azure.kind === "existing" ? { azureVirtualNetworkId: azure.virtualNetworkId } : {}),
    ...(azure.kind === "existing" && azure.gatewayId !== undefined
      ? { azureGatewayId: azure.gatewayId }
      : {}),
    ...(aws.kind === "existing" ? { awsVpcId: aws.vpcId } : {}),
    ...(aws.kind === "existing" && aws.gatewayId !== undefined ? { awsGatewayId: aws.gatewayId } : {}),
  };
  return {
    ...(Object.keys(azureClients).length === 0 ? {} : { azureClients }),
    ...(Object.keys(joined).length === 0 ? {} : { joined }),
  };
}
