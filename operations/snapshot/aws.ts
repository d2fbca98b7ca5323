import {
  DescribeCustomerGatewaysCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  DescribeVpnConnectionsCommand,
  DescribeVpnGatewaysCommand,
  EC2Client,
  paginateDescribeNetworkAcls,
  paginateDescribeRouteTables,
  paginateDescribeSubnets,
  paginateDescribeVpcEndpoints,
  type Tag,
} from "@aws-sdk/client-ec2";
import { overlap } from "../../rehearsal/model/addresses";
import type { SnapshotResource } from "../../rehearsal/model/snapshot";
import type { AwsAccess } from "../verify/collect/access";
import type { Around } from "./around";
import * as resources from "./awsResources";
import { isOwn } from "./own";
import type { Questions } from "./questions";

/** Reads what others have around the VPC that the stack joins; nothing where it joins none. */
export async function readAws(
  access: AwsAccess,
  around: Around,
  questions: Questions,
): Promise<readonly SnapshotResource[]> {
  const { awsVpcId: vpcId, awsGatewayId, awsSubnetIds = [] } = around.named;
  if (typeof vpcId !== "string") return [];
  const client = new EC2Client(access);
  const of = (name: string) => ({ Filters: [{ Name: name, Values: [vpcId] }] });
  const ask = <Item>(what: string, call: string, question: () => Promise<readonly Item[] | undefined>) =>
    questions.ask(`the ${what} of ${vpcId}`, `ec2:${call}`, question);
  const attribute = (Attribute: "enableDnsSupport" | "enableDnsHostnames") =>
    questions.ask(`${Attribute} of ${vpcId}`, "ec2:DescribeVpcAttribute", () =>
      client.send(new DescribeVpcAttributeCommand({ VpcId: vpcId, Attribute })),
    );
  const [vpc, dnsSupport, dnsHostnames, subnets, tables, acls, endpoints, gateways] = await Promise.all([
    questions.ask(
      `the VPC ${vpcId}`,
      "ec2:DescribeVpcs",
      async () => (await client.send(new DescribeVpcsCommand({ VpcIds: [vpcId] }))).Vpcs?.[0],
      "awsVpcId",
    ),
    attribute("enableDnsSupport"),
    attribute("enableDnsHostnames"),
    ask("subnets", "DescribeSubnets", () =>
      all(paginateDescribeSubnets({ client }, of("vpc-id")), ({ Subnets }) => Subnets),
    ),
    ask("route tables", "DescribeRouteTables", () =>
      all(paginateDescribeRouteTables({ client }, of("vpc-id")), ({ RouteTables }) => RouteTables),
    ),
    ask("network ACLs", "DescribeNetworkAcls", () =>
      all(paginateDescribeNetworkAcls({ client }, of("vpc-id")), ({ NetworkAcls }) => NetworkAcls),
    ),
    ask("endpoints", "DescribeVpcEndpoints", () =>
      all(paginateDescribeVpcEndpoints({ client }, of("vpc-id")), ({ VpcEndpoints }) => VpcEndpoints),
    ),
    ask("VPN gateways", "DescribeVpnGateways", async () => {
      const attached = await client.send(new DescribeVpnGatewaysCommand(of("attachment.vpc-id")));
      return (attached.VpnGateways ?? []).filter(({ State }) => resources.isThere(State));
    }),
  ]);
  if (vpc === undefined) return [];
  noteMissing(questions, vpcId, { awsSubnetIds, subnets: subnets?.map(({ SubnetId = "" }) => SubnetId) });
  if (
    gateways &&
    typeof awsGatewayId === "string" &&
    !gateways.some((one) => one.VpnGatewayId === awsGatewayId)
  )
    questions.gone.push(`awsGatewayId names ${awsGatewayId}, which is not attached to ${vpcId}`);
  const vpn = await readVpn(
    client,
    around,
    questions,
    (gateways ?? []).map((one) => one.VpnGatewayId ?? ""),
  );
  const foreign = <Item extends { readonly Tags?: Tag[] | undefined }>(items: readonly Item[] | undefined) =>
    (items ?? []).filter(({ Tags }) => !isOwn(around, tagsOf(Tags)));
  const ownGateways = (gateways ?? []).filter(({ Tags }) => isOwn(around, tagsOf(Tags)));
  const brings = (destination: string) =>
    vpn.joined && around.azureCidrs.some((cidr) => overlap(cidr, destination));
  return [
    ...resources.vpcResources(
      vpc,
      {
        dnsSupport: dnsSupport?.EnableDnsSupport?.Value ?? false,
        dnsHostnames: dnsHostnames?.EnableDnsHostnames?.Value ?? false,
      },
      tables ?? [],
    ),
    ...(subnets ?? []).map(resources.subnetResource),
    ...(tables ?? []).flatMap((table) =>
      resources.routeTableResources(
        table,
        ownGateways.map(({ VpnGatewayId = "" }) => VpnGatewayId),
        brings,
      ),
    ),
    ...(acls ?? []).map(resources.networkAclResource),
    ...foreign(endpoints)
      .filter(({ State }) => resources.isThere(State))
      .map(resources.endpointResource),
    ...foreign(gateways).flatMap(resources.vpnGatewayResources),
    ...vpn.resources,
  ];
}

function noteMissing(
  questions: Questions,
  vpcId: string,
  given: {
    readonly awsSubnetIds: string | readonly string[];
    readonly subnets: readonly string[] | undefined;
  },
): void {
  const { subnets } = given;
  if (subnets === undefined) return;
  for (const id of [given.awsSubnetIds].flat().filter((one) => !subnets.includes(one)))
    questions.gone.push(`awsSubnetIds names ${id}, which ${vpcId} does not have`);
}

/** The VPN connections of others on the gateways, and whether the stack has one there as well. */
async function readVpn(
  client: EC2Client,
  around: Around,
  questions: Questions,
  gatewayIds: readonly string[],
): Promise<{ readonly resources: readonly SnapshotResource[]; readonly joined: boolean }> {
  if (gatewayIds.length === 0) return { resources: [], joined: false };
  const connections = await questions.ask(
    `the VPN connections of ${gatewayIds.join(", ")}`,
    "ec2:DescribeVpnConnections",
    async () => {
      const Filters = [{ Name: "vpn-gateway-id", Values: [...gatewayIds] }];
      const { VpnConnections = [] } = await client.send(new DescribeVpnConnectionsCommand({ Filters }));
      return VpnConnections.filter(({ State }) => resources.isThere(State));
    },
  );
  const foreign = (connections ?? []).filter(({ Tags }) => !isOwn(around, tagsOf(Tags)));
  const ids = [...new Set(foreign.map(({ CustomerGatewayId = "" }) => CustomerGatewayId))];
  const customerGateways =
    ids.length === 0
      ? []
      : await questions.ask("the customer gateways", "ec2:DescribeCustomerGateways", async () => {
          const Filters = [{ Name: "customer-gateway-id", Values: ids }];
          return (await client.send(new DescribeCustomerGatewaysCommand({ Filters }))).CustomerGateways;
        });
  return {
    resources: [
      ...foreign.flatMap(resources.vpnConnectionResources),
      ...(customerGateways ?? []).map(resources.customerGatewayResource),
    ],
    joined: foreign.length < (connections ?? []).length,
  };
}

async function all<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []));
  return items;
}

function tagsOf(tags: readonly Tag[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}
