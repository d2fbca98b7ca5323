import { addressAt, covers } from "../../rehearsal/model/addresses";
import { type Estate, readEstate } from "../../rehearsal/estate/estate";
import type { Recording } from "../../rehearsal/model/recording";
import { clientFilter, endpointFilter, type PacketFilter } from "./packetFilters";
import { LabError } from "../machine/processes";
import { required } from "./required";
import { planStorage, type StoragePlan } from "./storage";
import { planTunnels, type TunnelPlan } from "./tunnels";

/** Everything the lab builds, taken from the recorded resources alone. */
export interface LabPlan {
  readonly stack: string;
  readonly azure: AzureSide;
  readonly aws: AwsSide;
  readonly tunnels: readonly TunnelPlan[];
  readonly storage: StoragePlan;
}

export interface AzureSide {
  /** The virtual network's address space, which the gateway announces by BGP. */
  readonly networks: readonly string[];
  readonly clientSubnet: string;
  /** The client subnet's security group. */
  readonly filter: PacketFilter;
}

export interface AwsSide {
  readonly network: string;
  readonly subnets: readonly AwsSubnetPlan[];
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

export function planLab(recording: Recording): LabPlan {
  refuseBrokenRecording(recording);
  const estate = readEstate(recording);
  return {
    stack: recording.stack,
    azure: planAzure(estate),
    aws: planAws(estate),
    tunnels: planTunnels(estate),
    storage: planStorage(estate),
  };
}

function refuseBrokenRecording(recording: Recording): void {
  const problems = [
    ...recording.errors,
    ...recording.refusals.map((r) => `${r.urn}: ${r.code}: ${r.message}`),
  ];
  if (problems.length > 0) {
    throw new LabError(
      `stack ${recording.stack} does not stand even in the rehearsal:\n${problems.join("\n")}`,
    );
  }
}

function planAzure(estate: Estate): AzureSide {
  const client = estate.azure.subnets.find((subnet) => subnet.name !== "GatewaySubnet");
  return {
    networks: estate.azure.networks.flatMap((network) => network.prefixes),
    clientSubnet: required(client?.prefix, "a client subnet in Azure"),
    filter: clientFilter(client?.securityGroup),
  };
}

function planAws(estate: Estate): AwsSide {
  const [endpoint] = estate.aws.endpoints;
  const [vpc] = estate.aws.vpcs;
  const subnets = (endpoint?.subnets ?? []).map((subnet): AwsSubnetPlan => {
    const cidr = required(subnet.cidr, "a subnet's address range");
    const attached = estate.aws.vpnGateways.filter((gateway) => gateway.vpcIds.includes(subnet.vpcId ?? ""));
    const table = subnet.routeTable;
    const leadsTo = (id: string): boolean =>
      table !== undefined &&
      (table.propagatingGatewayIds.includes(id) ||
        table.routes.some(
          (route) =>
            route.gatewayId === id &&
            estate.azure.networks.some((n) => n.prefixes.some((p) => covers(route.destination, p))),
        ));
    return {
      cidr,
      zone: subnet.zone,
      endpointAddress: endpointAddress(estate, cidr),
      returns: attached.some((gateway) => leadsTo(gateway.resource.id)),
    };
  });
  if (subnets.length === 0)
    throw new LabError("the recording has no endpoint in any subnet: nothing to reach");
  return {
    network: required(vpc?.cidr, "a VPC"),
    subnets,
    filter: endpointFilter(endpoint?.securityGroups ?? []),
  };
}

/** The endpoint's address in a subnet: as asked for, else the first that AWS does not keep for itself. */
function endpointAddress(estate: Estate, cidr: string): string {
  const outputs = estate.aws.endpoints[0]?.resource.outputs ?? {};
  const configured = outputs["subnetConfigurations"];
  const addresses = (Array.isArray(configured) ? configured : []).map((one: unknown) =>
    typeof one === "object" && one !== null && "ipv4" in one && typeof one.ipv4 === "string" ? one.ipv4 : "",
  );
  const inSubnet = addresses.find((address) => covers(cidr, address));
  return inSubnet ?? required(addressAt(cidr, 4), `a free address in ${cidr}`);
}
