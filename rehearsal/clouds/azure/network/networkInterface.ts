import { addressAt } from "../../../model/addresses";
import type { Props, Refusal, Value } from "../../../model/recording";
import {
  commonErrors,
  networkId,
  networkOutputs,
  partOfTheUrl,
  refuseLocation,
  resourceGroup,
} from "../azure";
import type { CloudType, CloudView } from "../../cloudType";
import { aboutMinutes, each, refuseIf, words } from "../../rules";
import { hexOf } from "../../seeds";
import { isList, isProps, knownStrings, text } from "../../../model/values";

export const interfaceType = "azure-native:network:NetworkInterface";
const subnetType = "azure-native:network:Subnet";
const interfaces = "https://learn.microsoft.com/azure/virtual-network/virtual-network-network-interface";
const subnetIds = "ipConfigurations.subnet.id";

export const azureInterface: Readonly<Record<string, CloudType>> = {
  [interfaceType]: {
    properties: words(`
      auxiliaryMode auxiliarySku disableTcpStateTracking dnsSettings.dnsServers dnsSettings.internalDnsNameLabel
      enableAcceleratedNetworking enableIPForwarding extendedLocation.* id
      ipConfigurations.applicationGatewayBackendAddressPools.* ipConfigurations.applicationSecurityGroups.*
      ipConfigurations.gatewayLoadBalancer.* ipConfigurations.id ipConfigurations.loadBalancerBackendAddressPools.*
      ipConfigurations.loadBalancerInboundNatRules.* ipConfigurations.name ipConfigurations.primary
      ipConfigurations.privateIPAddress ipConfigurations.privateIPAddressPrefixLength
      ipConfigurations.privateIPAddressVersion ipConfigurations.privateIPAllocationMethod
      ipConfigurations.publicIPAddress.id ipConfigurations.subnet.id ipConfigurations.type
      ipConfigurations.virtualNetworkTaps.* location migrationPhase networkInterfaceName networkSecurityGroup.*
      nicType privateLinkService.* resourceGroupName tags.* workloadType`),
    required: ["resourceGroupName"],
    replaces: each("resourceGroupName networkInterfaceName", partOfTheUrl),
    references: {
      resourceGroupName: resourceGroup,
      [subnetIds]: {
        types: [subnetType],
        missing: "InvalidResourceReference",
        inUse: "InUseSubnetCannotBeDeleted",
        source: commonErrors,
      },
      "ipConfigurations.publicIPAddress.id": {
        types: ["azure-native:network:PublicIPAddress"],
        missing: "InvalidResourceReference",
        inUse: "PublicIPAddressCannotBeDeleted",
        source: commonErrors,
      },
    },
    autoName: "networkInterfaceName",
    duplicate: { code: "AlreadyExists", source: partOfTheUrl },
    create: aboutMinutes(0.1, "a network interface is there within seconds"),
    update: aboutMinutes(0.1, "a network interface changes within seconds"),
    delete: aboutMinutes(0.2, "a network interface that no machine uses goes within seconds"),
    refuse: (inputs, cloud, { id }) => [
      ...refuseLocation(interfaceType, inputs, cloud, id),
      ...refuseConfigurations(inputs),
      ...refuseOtherPlace(inputs, cloud),
      ...refuseOtherNetwork(inputs, cloud, id),
    ],
    id: networkId("networkInterfaces", "networkInterfaceName"),
    outputs: (inputs, cloud, { seed, id }) => ({
      ...networkOutputs("networkInterfaces", text(inputs, "networkInterfaceName") ?? "", seed),
      // Only once a machine has started with it.
      macAddress: `00-0D-3A-${(hexOf(`${seed}/mac`, 6).toUpperCase().match(/../g) ?? []).join("-")}`,
      ipConfigurations: configurations(inputs).map((configuration) => ({
        ...configuration,
        id: `${id}/ipConfigurations/${text(configuration, "name") ?? ""}`,
        privateIPAddress: text(configuration, "privateIPAddress") ?? freeAddress(configuration, cloud, id),
      })),
    }),
  },
};

function configurations(inputs: Props): readonly Props[] {
  return isList(inputs["ipConfigurations"]) ? inputs["ipConfigurations"].filter(isProps) : [];
}

function refuseConfigurations(inputs: Props): readonly Refusal[] {
  const property = "ipConfigurations";
  const all = configurations(inputs);
  return [
    ...refuseIf(inputs[property] === undefined || isEmpty(inputs[property]), {
      code: "NetworkInterfaceMustHaveOneIpConfiguration",
      message: "a network interface has at least one IP configuration",
      property,
      source: `guess: the code; the rule: ${interfaces}`,
    }),
    ...all
      .filter((one) => one["name"] === undefined || one["subnet"] === undefined)
      .map(() => ({
        code: "InvalidRequestFormat",
        message: "an IP configuration needs a name and a subnet",
        property,
        source: commonErrors,
      })),
    ...all
      .filter(
        (one) => text(one, "privateIPAllocationMethod") === "Static" && one["privateIPAddress"] === undefined,
      )
      .map(() => ({
        code: "IpAddressAllocationMethodStaticWithoutAddress",
        message: "a static private address must be named",
        property: "ipConfigurations.privateIPAddress",
        source: `guess: the code; the rule: ${interfaces}`,
      })),
  ];
}

function isEmpty(value: Value): boolean {
  return isList(value) && value.length === 0;
}

/** An interface stands where its virtual network stands. */
function refuseOtherPlace(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const location = text(inputs, "location");
  return networksOf(inputs, cloud)
    .map((network) => ({ network, place: text(network.inputs, "location") }))
    .filter(({ place }) => location !== undefined && place !== undefined && place !== location)
    .map(({ network, place }) => ({
      code: "InvalidResourceReference",
      message: `${network.id} is in ${place ?? ""}, not in ${location ?? ""}: both must be in the same region`,
      property: "location",
      source: commonErrors,
    }));
}

/** Another subnet it takes, another network it does not. */
function refuseOtherNetwork(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const before = id === undefined ? undefined : cloud.find(interfaceType, id)?.inputs;
  if (before === undefined) return [];
  const now = networksOf(inputs, cloud).map((network) => network.id);
  const moved = knownStrings(before, subnetIds).some(
    (subnet) => now.length > 0 && !now.some((network) => subnet.startsWith(`${network}/`)),
  );
  return refuseIf(moved, {
    code: "SubnetsNotInSameVnet",
    message: `${id ?? ""} cannot move to another virtual network`,
    property: subnetIds,
    source: `guess: the code; the rule: ${interfaces}#change-subnet-assignment`,
  });
}

function networksOf(inputs: Props, cloud: CloudView) {
  return knownStrings(inputs, subnetIds).flatMap((subnet) =>
    cloud
      .all("azure-native:network:VirtualNetwork")
      .filter((network) => subnet.startsWith(`${network.id}/subnets/`)),
  );
}

/** The first that nobody has: Azure keeps the first four addresses of a subnet. */
function freeAddress(configuration: Props, cloud: CloudView, id: string): string {
  const subnet = cloud.find(subnetType, text(configuration, "subnet.id") ?? "");
  const range = text(subnet?.inputs, "addressPrefix") ?? "";
  const others = cloud.all(interfaceType).filter((other) => other.id !== id);
  const taken = new Set(
    others.flatMap((other) => knownStrings(other.outputs, "ipConfigurations.privateIPAddress")),
  );
  for (let at = 4; ; at += 1) {
    const address = addressAt(range, at);
    if (address === undefined) return "";
    if (!taken.has(address)) return address;
  }
}
