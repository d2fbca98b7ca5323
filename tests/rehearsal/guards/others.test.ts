import { expect } from "chai";
import { readEstate } from "../../../rehearsal/estate/estate";
import { judgeGuards } from "../../../rehearsal/guards/guards";
import type { Joined } from "../../../rehearsal/model/intent";
import { addedTypes, awsTypes, azureTypes } from "../../../rehearsal/model/resourceTypes";
import { withAdded, withResource } from "../fixtures/change";
import {
  neutralOptions,
  type Props,
  type RecordedResource,
  type Recording,
} from "../../../rehearsal/model/recording";
import { devStack } from "../fixtures/stacks";

const group = "/subscriptions/s/resourceGroups/rg-hub/providers/Microsoft.Network";
const hub = `${group}/virtualNetworks/hub`;
const spoke = `${group}/virtualNetworks/spoke`;

function others(type: string, id: string, inputs: Props = {}): RecordedResource {
  const name = `others/${id.split("/").at(-1) ?? ""}`;
  return {
    ...{
      urn: `urn:pulumi:dev::p::${type}::${name}`,
      type,
      name,
      id,
      custom: true,
      parent: undefined,
      inputs,
    },
    ...{
      outputs: inputs,
      secretInputs: [],
      dependencies: [],
      propertyDependencies: {},
      options: neutralOptions,
    },
    foreign: true,
  };
}

const surroundings = [
  others(azureTypes.virtualNetwork, hub, { resourceGroupName: "rg-hub", virtualNetworkName: "hub" }),
  others(azureTypes.virtualNetwork, spoke, { resourceGroupName: "rg-hub", virtualNetworkName: "spoke" }),
  others(addedTypes.azureRouteTable, `${group}/routeTables/rt`, { resourceGroupName: "rg-hub" }),
  others(azureTypes.networkSecurityGroup, `${group}/networkSecurityGroups/nsg`, {
    resourceGroupName: "rg-hub",
  }),
  others(awsTypes.routeTable, "rtb-others"),
  others(addedTypes.networkAcl, "acl-others"),
];

type Change = (recording: Recording) => Recording;

const added =
  (type: string, inputs: Props, id = "extra"): Change =>
  (recording) =>
    withAdded(recording, { type, name: "extra", id, inputs });

/** What the guards say about what a stack does to others, by the resource's logical name. */
async function said(joined: Joined | undefined, change: Change): Promise<readonly string[]> {
  const { recording, intent } = await devStack();
  const changed = { ...change(recording), surroundings };
  const given = { ...intent, ...(joined !== undefined && { joined }) };
  return judgeGuards(readEstate(changed), given)
    .filter(({ problem }) => /already|others own/.test(problem))
    .map(({ place, problem }) => `${place.split("::").at(-1) ?? ""}: ${problem}`);
}

const same: Change = (recording) => recording;
const inGroup = { resourceGroupName: "rg-hub" };

describe("the guards of what others own", () => {
  for (const { joined, names } of [
    { joined: { azureVirtualNetworkId: [hub] }, names: ["azure-vnet"] },
    {
      joined: { azureGatewayId: [`${group}/virtualNetworkGateways/g`] },
      names: ["vpn-azure-gateway", "vpn-azure-ip1"],
    },
    { joined: { awsGatewayId: ["vgw-1"] }, names: ["vpn-aws-gateway", "vpn-aws-gateway-attachment"] },
  ])
    it(`report what a stack with ${Object.keys(joined).join()} may not own`, async () => {
      const found = await said(joined, same);
      const setting = Object.keys(joined).join();
      const { recording } = await devStack();
      const owned = found.map((one) => one.split(":")[0] ?? "");
      expect(found.every((one) => one.includes(`what ${setting} says is there already`))).to.equal(true);
      expect(owned).to.have.lengthOf(names.length);
      expect(recording.resources.map(({ name }) => name)).to.include.members(owned);
    });

  it("report VPC, subnets and route tables where awsVpcId says that they are there", async () => {
    const { recording } = await devStack();
    const types: readonly string[] = [
      ...[awsTypes.vpc, awsTypes.subnet, awsTypes.routeTable, awsTypes.routeTableAssociation],
    ];
    const owned = recording.resources.filter(({ type }) => types.includes(type)).map(({ name }) => name);
    const found = await said({ awsVpcId: ["vpc-1"] }, same);
    expect(found.map((one) => one.split(":")[0])).to.have.members(owned);
  });

  for (const { says, change, joined = { azureSpokes: [spoke] } } of [
    {
      says: "import would make what others own this stack's",
      change: (recording: Recording) =>
        withResource(recording, "s3-data", (one) => ({
          ...one,
          options: { ...one.options, importId: "theirs" },
        })),
    },
    {
      says: "it has the id of a resource that others own, and would overwrite that",
      change: added(azureTypes.networkSecurityGroup, {}, `${group}/networkSecurityGroups/NSG`),
    },
    {
      says: `it writes into rtb-others, which others own: their next deployment may remove it`,
      change: added(addedTypes.route, { routeTableId: "rtb-others", destinationCidrBlock: "10.9.0.0/24" }),
    },
    {
      says: `it writes into acl-others, which others own: their next deployment may remove it`,
      change: added(addedTypes.networkAclRule, { networkAclId: "acl-others" }),
    },
    {
      says: `it writes into ${group}/routeTables/rt, which others own: their next deployment may remove it`,
      change: added(addedTypes.azureRoute, { ...inGroup, routeTableName: "rt" }),
    },
    {
      says: `it writes into ${group}/networkSecurityGroups/nsg, which others own: their next deployment may remove it`,
      change: added(addedTypes.azureSecurityRule, { ...inGroup, networkSecurityGroupName: "nsg" }),
    },
    {
      says: `it writes into ${hub}, which others own: their next deployment may remove it`,
      joined: { azureVirtualNetworkId: [`${hub}2`] },
      change: (recording: Recording) =>
        added(azureTypes.virtualNetworkPeering, {
          ...{ ...inGroup, virtualNetworkName: "hub", remoteVirtualNetwork: { id: spoke } },
        })({
          ...recording,
          resources: recording.resources.filter(({ type }) => type !== azureTypes.virtualNetwork),
        }),
    },
  ] as const) {
    it(`report: ${says}`, async () => {
      const found = await said(joined, change);
      expect(found.filter((one) => one.endsWith(says))).to.have.lengthOf(1);
    });

    it(`control: without joining anything nobody reports: ${says}`, async () => {
      expect(await said(undefined, change)).to.deep.equal([]);
    });
  }

  it("accept the peerings with a spoke that the settings name, on both sides", async () => {
    const names = { ...inGroup, virtualNetworkName: "hub", remoteVirtualNetwork: { id: spoke } };
    const back = { ...inGroup, virtualNetworkName: "spoke", remoteVirtualNetwork: { id: hub } };
    for (const inputs of [names, back])
      expect(
        await said({ azureSpokes: [spoke] }, added(azureTypes.virtualNetworkPeering, inputs)),
      ).to.deep.equal([]);
  });

  it("accept a subnet of its own in a network of others", async () => {
    const inputs = {
      ...inGroup,
      virtualNetworkName: "hub",
      subnetName: "link",
      addressPrefix: "10.0.1.0/28",
    };
    expect(await said({ azureSpokes: [spoke] }, added(azureTypes.subnet, inputs))).to.deep.equal([]);
  });
});
