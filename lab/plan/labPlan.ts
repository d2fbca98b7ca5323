import { type Estate, readEstate } from "../../rehearsal/estate/estate";
import { addressAt, covers } from "../../rehearsal/model/addresses";
import type { Recording } from "../../rehearsal/model/recording";
import { knownStrings } from "../../rehearsal/model/values";
import { LabError } from "../machine/processes";
import { type ClientPlan, planClients, virtualNetworkOf } from "./clients";
import { endpointFilter, type PacketFilter } from "./packetFilters";
import { required } from "./required";
import { planSite, type SitePlan } from "./site";
import { planStorage, type StoragePlan } from "./storage";
import { planTunnels, type TunnelPlan } from "./tunnels";

/** Everything the lab builds, taken from the recorded resources alone. */
export interface LabPlan {
  readonly stack: string;
  readonly azure: AzureSide;
  readonly aws: AwsSide;
  readonly tunnels: readonly TunnelPlan[];
  readonly storage: StoragePlan;
  /** Another site on a gateway that the stack shares; undefined where both are its own. */
  readonly site: SitePlan | undefined;
}

export interface AzureSide {
  /** Address space of the virtual network and of the spokes that use its gateway, which announces it by BGP. */
  readonly networks: readonly string[];
  /** The first is in the stack's client subnet, or in the first subnet that `azureClients` names. */
  readonly clients: readonly ClientPlan[];
}

export interface AwsSide {
  /** Every range of the VPC, which its gateway announces by BGP. */
  readonly networks: readonly string[];
  readonly subnets: readonly AwsSubnetPlan[];
  /** The endpoint's address in its first subnet. */
  readonly endpointAddress: string;
  /** The endpoint's security groups. */
  readonly filter: PacketFilter;
}

export interface AwsSubnetPlan {
  readonly cidr: string;
  readonly zone: string | undefined;
  readonly endpointAddress: string;
  /** Whether the subnet's route table leads back to the VPN gateway. */
  readonly returns: boolean;
}

/** The lab's only reader of a recording: other files read the plan, or change a recording (`lab/recording`). */
export function planLab(recording: Recording): LabPlan {
  const problems = [
    ...recording.errors,
    ...recording.refusals.map((r) => `${r.urn}: ${r.code}: ${r.message}`),
  ];
  if (problems.length > 0) {
    throw new LabError(`stack ${recording.stack} fails on the simulated clouds:\n${problems.join("\n")}`);
  }
  const estate = readEstate(recording);
  return {
    stack: recording.stack,
    azure: planAzure(estate),
    aws: planAws(estate),
    tunnels: planTunnels(estate),
    storage: planStorage(estate),
    site: planSite(estate),
  };
}

function planAzure(estate: Estate): AzureSide {
  return { networks: virtualNetworkOf(estate), clients: planClients(estate) };
}

function planAws(estate: Estate): AwsSide {
  const { aws, link } = estate;
  const { endpoint } = link;
  const prefixes = virtualNetworkOf(estate);
  const configured = knownStrings(endpoint?.resource.outputs, "subnetConfigurations.ipv4");
  const subnets = (endpoint?.subnets ?? []).map((subnet): AwsSubnetPlan => {
    const cidr = required(subnet.cidr, "address range of a subnet");
    const { propagatingGatewayIds = [], routes = [] } = subnet.routeTable ?? {};
    const leadsTo = (id: string): boolean =>
      propagatingGatewayIds.includes(id) ||
      routes.some((route) => route.target === id && prefixes.some((one) => covers(route.destination, one)));
    const attached = aws.vpnGateways.filter((gateway) => gateway.vpcIds.includes(subnet.vpcId ?? ""));
    return {
      cidr,
      zone: subnet.zone,
      // As configured, else the first that AWS does not keep for itself.
      endpointAddress: required(
        configured.find((address) => covers(cidr, address)) ?? addressAt(cidr, 4),
        `free address in ${cidr}`,
      ),
      returns: attached.some((gateway) => leadsTo(gateway.resource.id)),
    };
  });
  return {
    networks: required(link.vpc, "VPC").cidrs,
    subnets,
    endpointAddress: required(subnets[0]?.endpointAddress, "endpoint in any subnet"),
    filter: endpointFilter(endpoint?.securityGroups ?? []),
  };
}
