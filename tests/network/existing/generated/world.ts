import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import type { Props } from "../../../../rehearsal/model/recording";
import { snapshotSchema, type SnapshotResource } from "../../../../rehearsal/model/snapshot";

/*
 * What a stack joins, in the words of the snapshot. The two examples are the ground: a hub with a shared gateway, and a VPC
 * with a virtual private gateway. The other stacks take both apart and together, with gateways of their own and without BGP.
 */

export interface World {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly resources: readonly SnapshotResource[];
  /** Where AWS offers S3's interface endpoint. */
  readonly serviceZones: readonly string[];
}

const examples = join(__dirname, "../../../../examples/join");

function example(stack: string): World {
  const file = load(readFileSync(join(examples, `Pulumi.${stack}.yaml`), "utf8")) as { config: Props };
  const settings = Object.fromEntries(
    Object.entries(file.config).map(([key, value]) => [key.replace("azure-s3-privatelink:", ""), value]),
  );
  const text = readFileSync(join(examples, "snapshots", `${stack}.json`), "utf8");
  const { resources } = snapshotSchema.parse(JSON.parse(text));
  return { settings, resources, serviceZones: ["a", "c", "d"].map((zone) => `ap-northeast-1${zone}`) };
}

/** The one resource whose id ends so. */
export function named(world: World, end: string): SnapshotResource {
  const found = world.resources.filter(({ id }) => id === end || id.endsWith(`/${end}`));
  const [one] = found;
  if (one === undefined || found.length > 1) throw new Error(`${found.length} resources end in ${end}`);
  return one;
}

/** The same with one resource changed. */
export function changed(
  world: World,
  end: string,
  more: { readonly inputs?: Props; readonly outputs?: Props },
): World {
  const one = named(world, end);
  const inputs = { ...one.inputs, ...more.inputs };
  const outputs = { ...one.outputs, ...more.outputs };
  return {
    ...world,
    resources: world.resources.map((other) => (other === one ? { ...one, inputs, outputs } : other)),
  };
}

export function without(world: World, ...ends: readonly string[]): World {
  const gone = ends.map((end) => named(world, end));
  return { ...world, resources: world.resources.filter((one) => !gone.includes(one)) };
}

export function withMore(
  world: World,
  ...more: readonly (Pick<SnapshotResource, "type" | "id" | "inputs"> & { readonly outputs?: Props })[]
): World {
  return { ...world, resources: [...world.resources, ...more.map((one) => ({ outputs: {}, ...one }))] };
}

export function withSettings(world: World, settings: Readonly<Record<string, unknown>>): World {
  return { ...world, settings: { ...world.settings, ...settings } };
}

const hub = example("hub");
const vpc = withSettings(example("vpc"), { clientSubnetCidr: "10.1.0.0/23" });
export const vpcId = "vpc-0b7d4c1e95a23f608";
export const vgwId = "vgw-0c52e8a7f13b6d940";
export const tableIds = ["rtb-0f38b6c0a951d72e4", "rtb-04e1a97bd2c8563f0"] as const;

const vpcSettings = Object.fromEntries(
  ["awsVpcId", "awsSubnetIds", "awsGatewayId"].map((key) => [key, vpc.settings[key]]),
);

/** The hub's and the VPC's own gateways, on both sides. */
const both: World = {
  ...withSettings(hub, { ...vpcSettings, awsCidr: undefined, awsZones: undefined }),
  resources: [...hub.resources, ...vpc.resources],
};

function withoutVpnGateway(world: World): World {
  const left = without(world, ...["vpng-hub", "cn-osaka", "lgw-osaka", "pip-vpng-0", "pip-vpng-1"]);
  const users = named(left, "vnet-hub/subnets/GatewaySubnet").outputs["ipConfigurations"];
  const others = (users as readonly { readonly id: string }[]).filter(({ id }) => !id.includes("vpng-hub"));
  return changed(left, "vnet-hub/subnets/GatewaySubnet", { outputs: { ipConfigurations: others } });
}

function withoutVgw(world: World): World {
  const left = without(
    world,
    ...[vgwId, "vpn-attachment-5d2c9e71", "vpn-0d8c5b2e7f4a19360", "cgw-0a4f7d2c9b8e6153f"],
  );
  return tableIds.reduce(
    (now, id) => changed(now, id, { inputs: { propagatingVgws: [] }, outputs: { propagatedRoutes: [] } }),
    left,
  );
}

const clients = { web: "10.101.0.0/24", shared: "10.100.2.0/25" };

/** Gateways of its own in both networks, and no BGP. */
const own = withSettings(withoutVgw(withoutVpnGateway(both)), {
  ...{ azureGatewayId: undefined, awsGatewayId: undefined, vpnTopology: "dual-tunnel" },
  ...{ azureClients: clients, clientSubnetCidr: "10.100.3.0/26" },
});

/** A GatewaySubnet and peerings of its own, in a hub without any gateway. */
const peeringIds = [
  ...["vnet-hub/virtualNetworkPeerings/hub-to-data", "vnet-data/virtualNetworkPeerings/data-to-hub"],
];
const spokes = withSettings(
  changed(
    changed(
      without(
        withoutVpnGateway(hub),
        ...["vnet-hub/subnets/GatewaySubnet", "ergw-hub", "cn-tokyo-er", "pip-ergw", ...peeringIds],
      ),
      "vnet-app/virtualNetworkPeerings/app-to-hub",
      { inputs: { useRemoteGateways: false } },
    ),
    "vnet-hub/virtualNetworkPeerings/hub-to-app",
    { inputs: { allowGatewayTransit: false } },
  ),
  {
    ...{ azureGatewayId: undefined, gatewaySubnetCidr: "10.100.0.0/26" },
    azureSpokes: [named(hub, "virtualNetworks/vnet-data").id],
    azureClients: { warehouse: "10.102.0.0/24", shared: "10.100.2.0/25" },
  },
);

/** A spoke to peer with a gateway of its own, beside a circuit of others. */
const circuit = withSettings(without(withoutVpnGateway(hub), ...peeringIds), {
  ...{ azureGatewayId: undefined, azureSpokes: [named(hub, "virtualNetworks/vnet-data").id] },
  azureClients: { warehouse: "10.102.0.0/24", shared: "10.100.2.0/25" },
});

export const worlds = {
  hub: withSettings(hub, { azureClients: { ...clients, osaka: "10.200.0.0/16" } }),
  vpc,
  both: withSettings(both, { azureClients: { ...clients, osaka: "10.200.0.0/16" } }),
  static: withSettings(both, { azureClients: clients, vpnTopology: "dual-tunnel" }),
  own,
  spokes,
  circuit,
} as const satisfies Record<string, World>;

export type WorldName = keyof typeof worlds;
