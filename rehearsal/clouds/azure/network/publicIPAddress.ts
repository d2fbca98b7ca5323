import type { Props, Refusal } from "../../../model/recording";
import { azureTypes } from "../../../model/resourceTypes";
import { holdsUnknown, knownStrings, number, text, valuesAt } from "../../../model/values";
import type { CloudView, ResourceRecord } from "../../cloudType";
import { addressesOf } from "../../documentation";
import { address, none } from "../../impact";
import { aboutMinutes, each, refuseIf, words } from "../../rules";
import { freeOf } from "../../seeds";
import { generated, inputsBefore, networkType, othersOf } from "../azure";
import { azureImpacts } from "../impacts";
import { refuseLocation, refuseZonesIn } from "../location";
import { azure, networkPermissions } from "../permissions";

const type = azureTypes.publicIPAddress;
const common = networkType("publicIPAddresses", "publicIpAddressName");
const publicAddresses = "https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses";
const zonesOf = `${publicAddresses}#availability-zone`;

export const publicIPAddress: ResourceRecord = {
  ...common,
  properties: words(`
    ddosSettings.* deleteOption dnsSettings.* extendedLocation.* id idleTimeoutInMinutes ipAddress ipTags.*
    linkedPublicIPAddress.* location migrationPhase natGateway.* publicIPAddressVersion publicIPAllocationMethod
    publicIPPrefix.id publicIpAddressName resourceGroupName servicePublicIPAddress.* sku.name sku.tier tags.* zones`),
  values: {
    deleteOption: words("Delete Detach"),
    migrationPhase: words("None Prepare Commit Abort Committed"),
    publicIPAddressVersion: words("IPv4 IPv6"),
    "sku.tier": words("Regional Global"),
  },
  replaces: {
    ...common.replaces,
    ...each("location publicIPAddressVersion publicIPPrefix sku", generated),
  },
  permissions: azure("Microsoft.Network/publicIPAddresses", networkPermissions),
  impact: azureImpacts({
    create: none("an address that nobody uses yet", publicAddresses),
    replace: address(
      "AWS has this address as its customer gateway: the tunnels to it are down until AWS has the new one",
      publicAddresses,
    ),
    replacing: "publicIPAddressVersion publicIPAllocationMethod publicIpAddressName sku zones",
  }),
  create: aboutMinutes(0.1, "an address is allocated within seconds"),
  update: aboutMinutes(0.1, "an address changes within seconds"),
  delete: aboutMinutes(0.3, "an address goes within seconds"),
  refuse: (inputs, cloud, { id }) => [
    ...refuseLocation(type, inputs, cloud, id),
    ...refuseSku(inputs),
    ...refuseZones(inputs, cloud, id),
  ],
  outputs: (inputs, cloud, subject) => ({
    ...common.outputs(inputs, cloud, subject),
    ipAddress: freeOf(subject.seed, addressesOf("azure"), takenBesides(subject.id, cloud)),
    publicIPAddressVersion: inputs["publicIPAddressVersion"] ?? "IPv4",
    idleTimeoutInMinutes: inputs["idleTimeoutInMinutes"] ?? 4,
  }),
};

function refuseSku(inputs: Props): readonly Refusal[] {
  const sku = text(inputs, "sku.name");
  const idle = number(inputs, "idleTimeoutInMinutes");
  const skuKnown = valuesAt(inputs, "sku.name").length === 0 || sku !== undefined;
  return [
    // Absent means Basic to this API version, and Basic can no longer be created.
    ...refuseIf(skuKnown && (sku === undefined || sku === "Basic"), {
      code: "IPv4BasicSkuPublicIpCountLimitReached",
      message: "public addresses of SKU Basic can no longer be created: use Standard",
      property: "sku",
      source:
        "https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-basic-upgrade-guidance",
    }),
    ...refuseIf(sku !== undefined && !["Basic", "Standard", "StandardV2"].includes(sku), {
      code: "InvalidRequestFormat",
      message: `public addresses have no SKU '${sku ?? ""}'`,
      property: "sku",
      source: publicAddresses,
    }),
    ...refuseIf(
      sku === "Standard" && text(inputs, "publicIPAllocationMethod") !== "Static" && known(inputs),
      {
        code: "PublicIPAllocationMethodNotSupportedForStandardSku",
        message: "a Standard public address must be allocated statically",
        property: "publicIPAllocationMethod",
        source: `guess: the code; the rule: ${publicAddresses}`,
      },
    ),
    ...refuseIf(idle !== undefined && (idle < 4 || idle > 30), {
      code: "InvalidIdleTimeoutInMinutes",
      message: `an idle timeout of ${idle ?? 0} minutes is outside 4-30`,
      property: "idleTimeoutInMinutes",
      source: `guess: the code; the rule: ${publicAddresses}`,
    }),
  ];
}

function known(inputs: Props): boolean {
  const method = valuesAt(inputs, "publicIPAllocationMethod");
  return method.length === 0 || text(inputs, "publicIPAllocationMethod") !== undefined;
}

function refuseZones(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const zones = knownStrings(inputs, "zones");
  const before = inputsBefore(type, cloud, id);
  const known = !holdsUnknown(inputs["zones"]);
  const moved = known && before !== undefined && knownStrings(before, "zones").join() !== zones.join();
  return [
    ...refuseZonesIn(text(inputs, "location"), zones),
    ...refuseIf(
      zones.some((zone) => !["1", "2", "3"].includes(zone)),
      {
        code: "InvalidAvailabilityZone",
        message: `zones are '1', '2' and '3', not '${zones.join("', '")}'`,
        property: "zones",
        source: `guess: the code; the rule: ${zonesOf}`,
      },
    ),
    ...refuseIf(moved, {
      code: "ResourceAvailabilityZonesCannotBeModified",
      message: "the zones of a public address cannot change",
      procedure: "replace the address together with the gateway that has it: the tunnels are down meanwhile",
      property: "zones",
      source: zonesOf,
    }),
  ];
}

function takenBesides(id: string, cloud: CloudView): ReadonlySet<string> {
  return new Set(othersOf(type, cloud, id).flatMap(({ outputs }) => knownStrings(outputs, "ipAddress")));
}
