import * as pulumi from "@pulumi/pulumi";
import type { OutputsOf } from "../../contract";
import { overlap } from "../cidr";
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
import { isOwn, type AwsTargets, type Join } from "./join";
import { SurroundingsError, type Obstacle } from "./obstacle";
import { overlapObstacles } from "./overlapObstacles";
import { Reader } from "./reader";
import { compareSites, type KnownSites, type SiteFindings } from "./siteObstacles";
import { awsSites, azureSites } from "./sites";
import { readSnapshot } from "./snapshot";

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
 * @param folder Of `snapshots/`, which shows what no cloud's function lists; by default that of Pulumi.yaml.
 */
export async function readSurroundings(
  join: Join | undefined,
  folder = pulumi.getRootDirectory(),
): Promise<Surroundings> {
  if (join === undefined) return { spokes: [] };
  const reader = new Reader();
  const [azure, aws] = await Promise.all([readAzure(join, reader), readAws(join, reader)]);
  const targets = targetsOf(join, aws);
  const inspected = inspectedClients(join, azure, targets);
  const { known, notices: ofSnapshot } = readSites(join, azure, folder);
  const announced = announcedTo(join, azure, known);
  const sites = known && compareSites(join, azure, known, { targets, announced });
  const found = { azure, aws, targets, inspected, announced, sites };
  const obstacles = [...reader.failures, ...findObstacles(join, found)];
  if (obstacles.length > 0) throw new SurroundingsError(obstacles);
  const notices = [
    ...unreadClients(join, azure),
    ...presumedClients(join, azure),
    ...inspectedInWords(inspected),
    ...ofSnapshot,
    ...(sites?.notices ?? []),
  ];
  await Promise.all(notices.map((notice) => pulumi.log.info(notice)));
  return foundOf(join, azure, aws);
}

/** Networks of others behind gateways of others. Nothing is read, and nothing said, where the stack meets none of those. */
function readSites(
  join: Join,
  azure: AzureSurroundings,
  folder: string,
): { readonly known?: KnownSites; readonly notices: readonly string[] } {
  const gateways = azure.gateways.filter(({ tags }) => !isOwn(tags, join));
  const vgwId = join.aws.kind === "existing" ? join.aws.gatewayId : undefined;
  if (gateways.length === 0 && vgwId === undefined) return { notices: [] };
  const { snapshot, notices } = readSnapshot(join, folder);
  if (snapshot === undefined) return { notices };
  const { name: by, resources } = snapshot;
  const inAzure = gateways.flatMap((gateway) => azureSites(resources, gateway));
  const fromAzure = [
    ...networksIn(azure).flatMap(({ cidrs }) => cidrs),
    ...(azure.network?.peerings ?? []).flatMap(({ remoteCidrs }) => remoteCidrs),
    ...azure.gateways.flatMap(({ customCidrs }) => customCidrs),
    ...inAzure.flatMap(({ cidrs }) => cidrs),
  ];
  const inAws = vgwId === undefined ? [] : awsSites(resources, vgwId, fromAzure);
  return { known: { by, azure: inAzure, aws: inAws }, notices };
}

/** What both clouds say, and what follows for the clients' traffic. */
interface Found {
  readonly azure: AzureSurroundings;
  readonly aws: AwsSurroundings | undefined;
  readonly targets: AwsTargets;
  readonly inspected: InspectedClients;
  readonly announced: Announced;
  /** Undefined where no snapshot shows sites. */
  readonly sites: SiteFindings | undefined;
}

/** All obstacles of both clouds, the root causes first. */
function findObstacles(
  join: Join,
  { azure, aws, targets, inspected, announced, sites }: Found,
): readonly Obstacle[] {
  const existing = join.aws.kind === "existing" ? join.aws : undefined;
  const awsAsn = aws?.gateways.find(({ id }) => id === existing?.gatewayId)?.asn;
  return [
    ...overlapObstacles(join, azure, aws),
    ...(sites?.obstacles ?? []),
    ...azureObstacles(join, azure, inspected),
    ...gatewayObstacles(join, azure, existing?.gatewayId === undefined ? join.vpn.awsAsn : awsAsn),
    ...clientObstacles(join, azure, targets, inspected),
    ...awsObstacles(join, aws, announced),
    ...routeCountObstacles(join, azure),
  ];
}

function targetsOf({ aws: end }: Join, aws: AwsSurroundings | undefined): AwsTargets {
  return end.kind === "new"
    ? { cidrs: [end.cidr], endpointCidrs: [end.cidr] }
    : { cidrs: aws?.vpc?.cidrs ?? [], endpointCidrs: (aws?.subnets ?? []).map(({ cidr }) => cidr) };
}

function announcedTo(join: Join, azure: AzureSurroundings, known: KnownSites | undefined): Announced {
  const networks = networksIn(azure);
  // A VPN gateway tells AWS of its sites. One of ExpressRoute tells it nothing.
  const vpn = azure.gateways.filter(({ type }) => type === "Vpn").map(({ name }) => name);
  const onPremises = (known?.azure ?? []).flatMap(({ gateway, cidrs }) =>
    vpn.includes(gateway) ? cidrs : [],
  );
  return Object.fromEntries(
    Object.entries(join.clients).map(([name, cidr]) => {
      const held = join.vpn.bgp ? holderOf(cidr, networks) : undefined;
      const isInOwn = join.azure.kind === "new" && (join.vpn.bgp || name === "azure");
      const behind = join.vpn.bgp ? onPremises.filter((site) => overlap(site, cidr)) : [];
      if (held !== undefined) return [name, held.cidrs];
      if (behind.length > 0) return [name, behind];
      return [name, [isInOwn ? join.azure.cidr : cidr]];
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
