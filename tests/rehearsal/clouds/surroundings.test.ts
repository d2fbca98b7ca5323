import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SimulatedClouds } from "../../../rehearsal/clouds/clouds";
import type { LiveResource } from "../../../rehearsal/clouds/cloudType";
import { cloudFunctions } from "../../../rehearsal/clouds/functions";
import { readLive } from "../../../rehearsal/clouds/reads";
import type { Props } from "../../../rehearsal/model/recording";
import { addedTypes, awsTypes, azureTypes } from "../../../rehearsal/model/resourceTypes";
import { snapshotSchema } from "../../../rehearsal/model/snapshot";
import { text } from "../../../rehearsal/model/values";
import { place } from "./estates";

const vpcId = "vpc-0b7d4c1e95a23f608";
const gatewayId = "vgw-0c52e8a7f13b6d940";
const [privateTable, mainTable] = ["rtb-0f38b6c0a951d72e4", "rtb-04e1a97bd2c8563f0"];
const subnets = ["subnet-01c6e9f4a7b2d8350", "subnet-09e2f7c84d1b6a035"] as const;

/** The clouds of an example, with nothing of ours in them. */
function cloudsOf(stack: "hub" | "vpc"): SimulatedClouds {
  const file = join(__dirname, "../../../examples/join/snapshots", `${stack}.json`);
  const { resources } = snapshotSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  const others = resources.map(({ type, id, inputs, outputs }): LiveResource => ({
    ...{ urn: `urn:pulumi:${stack}::test::${type}::${id}`, type, name: id, id, inputs },
    outputs: { ...inputs, ...outputs },
  }));
  const [, , subscriptionId = ""] = others.find(({ id }) => id.startsWith("/"))?.id.split("/") ?? [];
  const clouds = new SimulatedClouds({ ...place, ...(subscriptionId !== "" && { subscriptionId }) });
  clouds.surround(others);
  return clouds;
}

function order(type: string, inputs: Props) {
  return { urn: `urn:pulumi:test::test::${type}::ours`, type, name: "ours", inputs };
}

/** The codes with which a creation is refused. */
function codes(clouds: SimulatedClouds, type: string, inputs: Props): readonly string[] {
  const given = order(type, inputs);
  const { inputs: complete, refusals } = clouds.check(given);
  return [...refusals, ...clouds.refusals({ ...given, inputs: complete })].map(({ code }) => code);
}

function call(clouds: SimulatedClouds, token: string, args: Props): Props {
  const answer = cloudFunctions[token];
  if (answer === undefined) throw new Error(`there is no ${token}`);
  return answer(args, clouds);
}

const inHub = { resourceGroupName: "rg-network-hub", virtualNetworkName: "vnet-hub" };

describe("what others own in the simulated clouds", () => {
  for (const stack of ["hub", "vpc"] as const) {
    it(`is neither changed nor deleted by any order: ${stack}`, () => {
      const clouds = cloudsOf(stack);
      const before = JSON.stringify(clouds.resources());
      for (const { type, id, inputs, foreign } of clouds.resources()) {
        expect(foreign).to.equal(true);
        expect(clouds.delete(type, id).map(({ code }) => code)).to.include("OwnedByOthers");
        expect(clouds.update(order(type, inputs), id).refusals).to.have.length.at.least(1);
      }
      expect(JSON.stringify(clouds.resources())).to.equal(before);
    });
  }

  it("takes an update of a type with a record as little as a deletion", () => {
    const clouds = cloudsOf("vpc");
    const table = clouds.find(awsTypes.routeTable, privateTable);
    const { refusals } = clouds.update(order(awsTypes.routeTable, table?.inputs ?? {}), privateTable);
    expect(refusals.map(({ code }) => code)).to.deep.equal(["OwnedByOthers"]);
  });

  it("is not overwritten by a creation of the same name", () => {
    const clouds = cloudsOf("hub");
    const names = { ...inHub, subnetName: "GatewaySubnet", addressPrefix: "10.100.0.0/26" };
    expect(codes(clouds, azureTypes.subnet, names)).to.include("OwnedByOthers");
  });

  it("keeps a resource group of ours from going with it", () => {
    const clouds = cloudsOf("hub");
    const [group] = clouds.all(azureTypes.resourceGroup);
    expect(clouds.delete(azureTypes.resourceGroup, group?.id ?? "")).to.have.length.above(1);
  });

  it("outlives a snapshot of the clouds, as others'", () => {
    const clouds = cloudsOf("vpc");
    expect(clouds.seenFrom({ region: "eu-west-1" }).resources()).to.deep.equal(clouds.resources());
  });

  for (const { says, stack, type, inputs, code } of [
    {
      says: "a second virtual private gateway in the VPC",
      stack: "vpc",
      type: awsTypes.vpnGateway,
      inputs: { vpcId },
      code: "InvalidVpcState",
    },
    {
      says: "addresses inside a tunnel that another site's connection has",
      stack: "vpc",
      type: awsTypes.vpnConnection,
      inputs: {
        customerGatewayId: "cgw-0a4f7d2c9b8e6153f",
        vpnGatewayId: gatewayId,
        type: "ipsec.1",
        tunnel1InsideCidr: "169.254.10.4/30",
      },
      code: "InvalidParameterValue",
    },
    {
      says: "a second customer gateway of the same address and ASN",
      stack: "vpc",
      type: awsTypes.customerGateway,
      inputs: { bgpAsn: "65101", ipAddress: "192.0.2.20", type: "ipsec.1" },
      code: "InvalidCustomerGateway.DuplicateIpAddress",
    },
    {
      says: "a subnet over one of theirs",
      stack: "vpc",
      type: awsTypes.subnet,
      inputs: { vpcId, cidrBlock: "10.50.1.0/28" },
      code: "InvalidSubnet.Conflict",
    },
    {
      says: "a subnet over one of the hub's",
      stack: "hub",
      type: azureTypes.subnet,
      inputs: { ...inHub, addressPrefix: "10.100.2.128/25" },
      code: "NetcfgSubnetRangesOverlap",
    },
  ] as const)
    it(`refuses ${says}: ${code}`, () => {
      expect(codes(cloudsOf(stack), type, inputs)).to.include(code);
    });

  it("lets a subnet of ours into a free part of the hub", () => {
    expect(
      codes(cloudsOf("hub"), azureTypes.subnet, { ...inHub, addressPrefix: "10.100.3.0/24" }),
    ).to.deep.equal([]);
  });
});

describe("the functions about what others own", () => {
  it("tell a VPC with its secondary networks and its main table", () => {
    const vpc = call(cloudsOf("vpc"), "aws:ec2/getVpc:getVpc", { id: vpcId });
    expect(text(vpc, "mainRouteTableId")).to.equal(mainTable);
    expect(vpc["cidrBlockAssociations"]).to.have.length(2);
  });

  it("find the table of a subnet that is associated, and none where the main one applies", () => {
    const clouds = cloudsOf("vpc");
    const ask = (subnetId: string) => call(clouds, "aws:ec2/getRouteTable:getRouteTable", { subnetId });
    expect(ask(subnets[0])["routeTableId"]).to.equal(privateTable);
    expect(() => ask(subnets[1])).to.throw(/query returned no results/);
    const main = call(clouds, "aws:ec2/getRouteTable:getRouteTable", { routeTableId: mainTable });
    expect(main["associations"]).to.deep.include({
      ...{ routeTableId: mainTable, routeTableAssociationId: "", subnetId: "", gatewayId: "", main: true },
    });
  });

  it("tell to which VPC a gateway is attached", () => {
    const gateway = call(cloudsOf("vpc"), "aws:ec2/getVpnGateway:getVpnGateway", { id: gatewayId });
    expect([gateway["attachedVpcId"], gateway["amazonSideAsn"]]).to.deep.equal([vpcId, "64900"]);
  });

  it("find network ACLs by subnet", () => {
    const filters = [{ name: "association.subnet-id", values: [subnets[1]] }];
    const { ids } = call(cloudsOf("vpc"), "aws:ec2/getNetworkAcls:getNetworkAcls", { filters });
    expect(ids).to.deep.equal(["acl-06d9b2e5f8a1c4073"]);
  });

  it("tell a virtual network with its subnets and peerings, ours too", () => {
    const clouds = cloudsOf("hub");
    clouds.createUnchecked(
      order(azureTypes.subnet, { ...inHub, subnetName: "snet-link", addressPrefix: "10.100.3.0/27" }),
    );
    const hub = call(clouds, "azure-native:network:getVirtualNetwork", inHub);
    expect(hub["subnets"]).to.have.length(4);
    expect(hub["virtualNetworkPeerings"]).to.have.length(2);
  });

  it("find what Azure names in other letters", () => {
    const names = { resourceGroupName: "RG-Network-Hub", virtualNetworkGatewayName: "VPNG-hub" };
    const gateway = call(cloudsOf("hub"), "azure-native:network:getVirtualNetworkGateway", names);
    expect([text(gateway, "name"), text(gateway, "bgpSettings.asn")]).to.deep.equal(["vpng-hub", undefined]);
    expect(gateway["bgpSettings"]).to.deep.include({ asn: 65010 });
  });

  for (const [token, args, says] of [
    ["azure-native:network:getVirtualNetwork", { ...inHub, virtualNetworkName: "other" }, /ResourceNotFound/],
    ["azure-native:network:getSubnet", { ...inHub, subnetName: "other" }, /ResourceNotFound/],
    ["aws:ec2/getVpc:getVpc", { id: "vpc-0" }, /no matching EC2 VPC found/],
    ["aws:ec2/getVpnGateway:getVpnGateway", { id: "vgw-0" }, /no matching EC2 VPN Gateway found/],
    ["aws:ec2/getSubnet:getSubnet", { id: "subnet-0" }, /no matching EC2 Subnet found/],
  ] as const)
    it(`fail as the cloud does for an id that is not there: ${token}`, () => {
      expect(() => call(cloudsOf("hub"), token, args)).to.throw(says);
    });

  it("read a table with the gateways that propagate into it, ours too, and an ACL with its rules", () => {
    const clouds = cloudsOf("vpc");
    const gateways = () => readLive(awsTypes.routeTable, mainTable, clouds)?.outputs["propagatingVgws"];
    expect(gateways()).to.deep.equal([gatewayId]);
    clouds.createUnchecked(
      order(awsTypes.vpnGatewayRoutePropagation, { routeTableId: mainTable, vpnGatewayId: "vgw-ours" }),
    );
    expect(gateways()).to.deep.equal([gatewayId, "vgw-ours"]);
    const acl = readLive(addedTypes.networkAcl, "acl-06d9b2e5f8a1c4073", clouds);
    expect(acl?.outputs["ingress"]).to.have.length(1);
    expect(readLive(awsTypes.routeTable, "rtb-0", clouds)).to.equal(undefined);
  });
});
