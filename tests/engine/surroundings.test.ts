import * as aws from "@pulumi/aws";
import * as azure from "@pulumi/azure-native";
import { expect } from "chai";
import { awsTypes, azureTypes } from "../../rehearsal/model/resourceTypes";
import { disagreements, surroundingsOf } from "./support/agreement";
import { EngineStack, type Run } from "./support/engineStack";
import type { Program } from "./support/inlineProgram";

const hubGroup = "rg-network-hub";
const tableId = "rtb-0f38b6c0a951d72e4";
const aclId = "acl-06d9b2e5f8a1c4073";

const succeed = (run: Run): Run => {
  expect(run.code, run.output).to.equal(0);
  return run;
};

/** Reads a VPC of others, and adds propagation into its main table. */
const besideVpc: Program = async () => {
  const vpcId = "vpc-0b7d4c1e95a23f608";
  const vpc = await aws.ec2.getVpc({ id: vpcId });
  const table = aws.ec2.RouteTable.get("table", tableId);
  const acl = aws.ec2.NetworkAcl.get("acl", aclId);
  new aws.ec2.VpnGatewayRoutePropagation("propagation", {
    routeTableId: vpc.mainRouteTableId,
    vpnGatewayId: "vgw-0c52e8a7f13b6d940",
  });
  return {
    cidrs: vpc.cidrBlockAssociations.map(({ cidrBlock }) => cidrBlock),
    gateways: table.propagatingVgws,
    rules: acl.ingress.apply((rules) => rules.length),
  };
};

/** Puts a subnet of its own into a network of others, as large as a setting says. */
const inHub =
  (prefix: string): Program =>
  async () => {
    const names = { resourceGroupName: hubGroup, virtualNetworkName: "vnet-hub" };
    const network = await azure.network.getVirtualNetwork(names);
    new azure.network.Subnet("clients", { ...names, subnetName: "snet-link", addressPrefix: prefix });
    return { peerings: network.virtualNetworkPeerings?.map(({ name }) => name) };
  };

describe("a stack beside what others own", function () {
  this.timeout(120_000);

  it("reads it and leaves it byte for byte as it was", async () => {
    const stack = await EngineStack.create({ stack: "vpc", program: besideVpc });
    try {
      succeed(await stack.preview());
      succeed(await stack.up());
      const outputs = JSON.parse((await stack.pulumi(["stack", "output", "--json"])).output) as unknown;
      expect(outputs).to.deep.equal({
        cidrs: ["10.50.0.0/16", "100.64.0.0/20"],
        gateways: ["vgw-0c52e8a7f13b6d940"],
        rules: 1,
      });
      expect(disagreements(stack)).to.deep.equal([]);
      expect(succeed(await stack.up()).steps.filter(({ op }) => op !== "read")).to.deep.equal([]);
      succeed(await stack.refresh());
      succeed(await stack.destroy());
      expect(surroundingsOf(stack.clouds)).to.equal(stack.surroundings);
      expect(stack.clouds.all(awsTypes.vpnGatewayRoutePropagation)).to.deep.equal([]);
      expect(stack.surroundings).to.include(tableId);
    } finally {
      stack.close();
    }
  });

  it("puts its own beside it, and takes that alone away", async () => {
    const stack = await EngineStack.create({ stack: "hub", program: inHub("10.100.3.0/27") });
    try {
      succeed(await stack.up());
      expect(stack.clouds.all(azureTypes.subnet).filter(({ foreign }) => foreign !== true)).to.have.lengthOf(
        1,
      );
      expect(disagreements(stack)).to.deep.equal([]);
      succeed(await stack.destroy());
      expect(surroundingsOf(stack.clouds)).to.equal(stack.surroundings);
    } finally {
      stack.close();
    }
  });

  it("cannot take its addresses", async () => {
    const stack = await EngineStack.create({ stack: "hub", program: inHub("10.100.2.0/27") });
    try {
      const run = await stack.up();
      expect(run.code).not.to.equal(0);
      expect(run.output).to.include("NetcfgSubnetRangesOverlap");
      expect(disagreements(stack)).to.deep.equal([]);
    } finally {
      stack.close();
    }
  });

  it("control: a change to it would show", async () => {
    const stack = await EngineStack.create({ stack: "vpc", program: besideVpc });
    try {
      stack.clouds.remove(awsTypes.routeTable, tableId);
      expect(disagreements(stack)).to.deep.equal(["others have something else"]);
      expect((await stack.up()).output).to.include("does not exist");
    } finally {
      stack.close();
    }
  });
});
