import { addressAt } from "../../../model/addresses";
import type { Props, Refusal, Value } from "../../../model/recording";
import { azureTypes } from "../../../model/resourceTypes";
import { isList, knownStrings, text } from "../../../model/values";
import type { CloudView, ResourceRecord } from "../../cloudType";
import { access, none } from "../../impact";
import { aboutMinutes, refuseIf, words } from "../../rules";
import { hexOf } from "../../seeds";
import { byId, commonErrors, inputsBefore, inResourceGroup, networkType, othersOf } from "../azure";
import { azureImpacts } from "../impacts";
import { refuseLocation } from "../location";
import { azure, joinSubnet, networkPermissions } from "../permissions";
import { configurationId, configurationsOf } from "./ipConfigurations";

const type = azureTypes.networkInterface;
const common = networkType("networkInterfaces", "networkInterfaceName");
const interfaces = "https://learn.microsoft.com/azure/virtual-network/virtual-network-network-interface";
const subnetIds = "ipConfigurations.subnet.id";

export const networkInterface: ResourceRecord = {
  ...common,
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
  values: {
    auxiliaryMode: words("None MaxConnections Floating AcceleratedConnections"),
    auxiliarySku: words("None A1 A2 A4 A8"),
    "ipConfigurations.privateIPAddressVersion": words("IPv4 IPv6"),
    "ipConfigurations.privateIPAllocationMethod": words("Static Dynamic"),
    migrationPhase: words("None Prepare Commit Abort Committed"),
    nicType: words("Standard Elastic"),
  },
  references: {
    ...inResourceGroup,
    [subnetIds]: byId(azureTypes.subnet, { inUse: "InUseSubnetCannotBeDeleted", source: commonErrors }),
    "ipConfigurations.publicIPAddress.id": byId(azureTypes.publicIPAddress, {
      inUse: "PublicIPAddressCannotBeDeleted",
      source: commonErrors,
    }),
  },
  permissions: azure("Microsoft.Network/networkInterfaces", networkPermissions, [joinSubnet]),
  impact: azureImpacts({
    create: none("an address in the client subnet", interfaces),
    replace: none("only the client machine uses it, and is created again with it", interfaces),
    replacing: "networkInterfaceName",
    properties: {
      ipConfigurations: access(
        "its addresses and its application security groups decide which packets reach the machine",
        interfaces,
      ),
    },
  }),
  create: aboutMinutes(0.1, "a network interface is there within seconds"),
  update: aboutMinutes(0.1, "a network interface changes within seconds"),
  delete: aboutMinutes(0.2, "a network interface that no machine uses goes within seconds"),
  refuse: (inputs, cloud, { id }) => [
    ...refuseLocation(type, inputs, cloud, id),
    ...refuseConfigurations(inputs),
    ...refuseOtherPlace(inputs, cloud),
    ...refuseOtherNetwork(inputs, cloud, id),
  ],
  outputs: (inputs, cloud, subject) => ({
    ...common.outputs(inputs, cloud, subject),
    // Azure shows it only once a machine has started with it.
    macAddress: `00-0D-3A-${(hexOf(`${subject.seed}/mac`, 6).toUpperCase().match(/../g) ?? []).join("-")}`,
    ipConfigurations: configurationsOf(inputs).map((configuration) => ({
      ...configuration,
      id: configurationId(subject.id, configuration),
      privateIPAddress:
        text(configuration, "privateIPAddress") ?? freeAddress(configuration, cloud, subject.id),
    })),
  }),
};

function refuseConfigurations(inputs: Props): readonly Refusal[] {
  const property = "ipConfigurations";
  const all = configurationsOf(inputs);
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
        message: "a static allocation needs a private address",
        property: "ipConfigurations.privateIPAddress",
        source: `guess: the code; the rule: ${interfaces}`,
      })),
  ];
}

function isEmpty(value: Value): boolean {
  return isList(value) && value.length === 0;
}

/** An interface and its virtual network are in the same region. */
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

/** An interface can move to another subnet of its virtual network, but not to another network. */
function refuseOtherNetwork(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const before = inputsBefore(type, cloud, id);
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
    cloud.all(azureTypes.virtualNetwork).filter((network) => subnet.startsWith(`${network.id}/subnets/`)),
  );
}

/** The first free one: Azure keeps the first four addresses of a subnet. */
function freeAddress(configuration: Props, cloud: CloudView, id: string): string {
  const subnet = cloud.find(azureTypes.subnet, text(configuration, "subnet.id") ?? "");
  const range = text(subnet?.inputs, "addressPrefix") ?? "";
  const taken = new Set(
    othersOf(type, cloud, id).flatMap((other) =>
      knownStrings(other.outputs, "ipConfigurations.privateIPAddress"),
    ),
  );
  for (let at = 4; ; at += 1) {
    const address = addressAt(range, at);
    if (address === undefined) return "";
    if (!taken.has(address)) return address;
  }
}
