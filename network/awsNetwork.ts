import { RouteTable, RouteTableAssociation, Subnet, Vpc } from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { composed, type OutputsOf } from "../contract";
import type { StackOutputs } from "../outputs";
import type { AwsSide, AwsVpnEnd } from "./awsSide";
import type { AwsSubnetPlan } from "./cidr";

export interface AwsNetworkArgs {
  /** Address space of the VPC. A change replaces the whole AWS side. */
  readonly cidr: string;
  /** One subnet per zone. A change of a subnet's zone or CIDR replaces it. */
  readonly subnets: readonly AwsSubnetPlan[];
  readonly tags: Readonly<Record<string, string>>;
}

/** The AWS side: a VPC without any way to the internet, a subnet per zone, and one route table for all of them. */
export class AwsNetwork extends pulumi.ComponentResource implements AwsSide {
  readonly vpcId: pulumi.Output<string>;
  readonly routeTableId: pulumi.Output<string>;
  /** Subnet ids by the key of their plan. */
  readonly subnetIds: Readonly<Record<string, pulumi.Output<string>>>;
  readonly vpnEnd: AwsVpnEnd;
  private readonly cidr: string;

  constructor(name: string, args: AwsNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-s3-privatelink:network:AwsNetwork", name, args, opts);
    const child = { parent: this };
    const vpc = createVpc(name, args, child);
    const routeTable = createRouteTable(name, args, vpc, child);
    const subnets = args.subnets.map((plan) => createSubnet(name, args, { plan, vpc, routeTable }, child));

    this.cidr = args.cidr;
    this.vpcId = vpc.id;
    this.routeTableId = routeTable.id;
    this.vpnEnd = { cidr: args.cidr, vpcId: vpc.id, routeTableId: routeTable.id };
    this.subnetIds = Object.fromEntries(subnets.map(({ key, id }) => [key, id]));
    this.registerOutputs({
      vpcId: this.vpcId,
      routeTableId: this.routeTableId,
      subnetIds: this.subnetIds,
    });
  }

  outputs(endpointSecurityGroupId: pulumi.Output<string>): OutputsOf<"awsNetwork"> {
    const { vpcId, cidr, routeTableId, subnetIds } = this;
    const shown = { vpcId, cidr, routeTableId, subnetIds, endpointSecurityGroupId };
    return { awsNetwork: composed<StackOutputs["awsNetwork"], "cidrs" | "routeTableIds">(shown) };
  }
}

/** With DNS: interface endpoints need both switches for names that resolve inside the VPC. */
function createVpc(name: string, args: AwsNetworkArgs, child: pulumi.CustomResourceOptions) {
  return new Vpc(
    `${name}-network`,
    {
      cidrBlock: args.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { ...args.tags, Name: `${name}-network` },
    },
    // Whatever is in it goes first, the endpoint before its subnets: these could not leave while it holds them.
    { ...child, deleteBeforeReplace: true },
  );
}

function createRouteTable(name: string, args: AwsNetworkArgs, vpc: Vpc, child: pulumi.CustomResourceOptions) {
  return new RouteTable(
    `${name}-routes`,
    { vpcId: vpc.id, tags: { ...args.tags, Name: `${name}-routes` } },
    child,
  );
}

function createSubnet(
  name: string,
  args: AwsNetworkArgs,
  made: { plan: AwsSubnetPlan; vpc: Vpc; routeTable: RouteTable },
  child: pulumi.CustomResourceOptions,
) {
  const { key, cidr, zone } = made.plan;
  const subnet = new Subnet(
    `${name}-subnet-${key}`,
    {
      vpcId: made.vpc.id,
      cidrBlock: cidr,
      ...(zone === undefined ? {} : { availabilityZone: zone }),
      tags: { ...args.tags, Name: `${name}-subnet-${key}` },
    },
    // Its addresses are taken until it is gone.
    { ...child, deleteBeforeReplace: true },
  );
  new RouteTableAssociation(
    `${name}-routes-${key}`,
    { routeTableId: made.routeTable.id, subnetId: subnet.id },
    { ...child, deleteBeforeReplace: true },
  );
  return { key, id: subnet.id };
}
