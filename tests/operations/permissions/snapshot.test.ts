import { EC2Client } from "@aws-sdk/client-ec2";
import { expect } from "chai";
import { readsInAws, readsInAzure } from "../../../docs/permissions/joining";
import {
  deployerInAws,
  joiningInAzure,
  reviewerInAws,
  reviewerInAzure,
  snapshotInAws,
  snapshotInAzure,
} from "../../../docs/permissions/roles";
import { collectSurroundings } from "../../../operations/snapshot/collect";
import type { Snapshot } from "../../../rehearsal/model/snapshot";
import { awsTypes, azureTypes } from "../../../rehearsal/model/resourceTypes";
import { hasPython } from "../../suites/machine";
import { Clouds } from "../support/clouds";
import { region } from "../support/place";
import { deployHub, deployVpc, gatewayId, hubId, spokeIds } from "../support/surroundings";

const placeWith = (named: Snapshot["around"]) => ({
  project: "azure-s3-privatelink",
  stack: "joined",
  region,
  account: "123456789012",
  subscription: "00000000-0000-4000-8000-000000000009",
  resourceGroup: "ours",
  deployers: [],
  resources: [],
  named,
});

describe("the permissions that the snapshot is documented to need", function () {
  this.timeout(60_000);
  let clouds: Clouds;
  let named: Snapshot["around"];

  before(async function () {
    this.timeout(300_000);
    if (!hasPython()) this.skip();
    clouds = await Clouds.start();
    const vpc = await deployVpc(new EC2Client({ region }), clouds.aws);
    deployHub(clouds.azure);
    clouds.aws.asked.length = 0;
    named = {
      azureVirtualNetworkId: hubId,
      azureGatewayId: gatewayId,
      awsVpcId: vpc.vpcId,
      awsSubnetIds: [...vpc.subnetIds],
      awsGatewayId: vpc.gatewayId,
    };
    const around = { project: "azure-s3-privatelink", stack: "joined", region, named, azureCidrs: [] };
    const found = await collectSurroundings({ ...around, gatewaySubnetCidr: undefined }, clouds.access());
    expect(found.unanswered).to.deep.equal([]);
  });
  after(() => {
    clouds.stop();
  });

  // Azure does not care for the case of an action.
  const plain = (actions: readonly string[]) => [...new Set(actions.map((one) => one.toLowerCase()))].sort();

  it("are those that it asks AWS with, and no more", () => {
    const allowed = snapshotInAws(placeWith(named))?.Statement.flatMap(({ Action }) => Action) ?? [];
    expect(plain(clouds.aws.asked)).to.deep.equal(plain(allowed));
  });

  it("are those that it asks Azure with, and no more", () => {
    const allowed = snapshotInAzure(placeWith(named))?.Actions ?? [];
    expect(plain(clouds.azure.asked)).to.deep.equal(plain(allowed));
  });

  it("let it change nothing", () => {
    for (const action of clouds.aws.asked) expect(action).to.match(/^ec2:Describe/);
    for (const action of clouds.azure.asked) expect(action).to.match(/\/(read|get\w+\/action)$/);
  });

  it("end at the VPC where AWS can tell it from others", () => {
    const statements = snapshotInAws(placeWith(named))?.Statement ?? [];
    expect(statements.map(({ Sid, Resource }) => [Sid, Resource])).to.deep.equal([
      ["WhatAwsTiesToNoResource", "*"],
      ["ReadTheVpcThatTheStackJoins", `arn:aws:ec2:${region}:123456789012:vpc/${String(named["awsVpcId"])}`],
    ]);
  });

  it("can be given in every subscription that the settings name", () => {
    const role = snapshotInAzure(placeWith({ azureSpokes: [...spokeIds] }));
    expect(role?.AssignableScopes).to.deep.equal([
      "/subscriptions/00000000-0000-4000-8000-000000000000",
      "/subscriptions/00000000-0000-4000-8000-000000000001",
    ]);
  });

  it("are none for a cloud in which the stack joins nothing", () => {
    expect(snapshotInAws(placeWith({ azureSpokes: [...spokeIds] }))).to.equal(undefined);
    expect(snapshotInAzure(placeWith({ awsVpcId: "vpc-1" }))).to.equal(undefined);
  });
});

describe("the roles of a stack that joins networks of others", () => {
  const named = {
    azureVirtualNetworkId: hubId,
    awsVpcId: "vpc-1",
    awsSubnetIds: ["subnet-1", "subnet-2"],
    awsGatewayId: "vgw-1",
  };
  const resource = (type: string) => ({ type, name: "one", id: "", inputs: {}, outputs: {} });
  const types = [
    awsTypes.vpcEndpoint,
    awsTypes.securityGroup,
    awsTypes.vpnConnection,
    awsTypes.vpnGatewayRoutePropagation,
    azureTypes.subnet,
  ];
  const joining = { ...placeWith(named), resources: types.map(resource) };
  const alone = { ...joining, named: {} };
  const arn = (rest: string) => `arn:aws:ec2:${region}:123456789012:${rest}`;
  const statement = (sid: string) => deployerInAws(joining).Statement.find(({ Sid }) => Sid === sid);

  it("let the deployer use what the settings name, by id", () => {
    expect(statement("PutTheEndpointIntoIt")?.Resource).to.deep.equal(
      ["subnet/subnet-1", "subnet/subnet-2", "vpc/vpc-1"].map(arn),
    );
    expect(statement("EndTunnelsAtItsGateway")?.Resource).to.equal(arn("vpn-gateway/vgw-1"));
    expect(statement("UseTheVpcThatTheStackJoins")?.Action).to.include("ec2:CreateSecurityGroup");
    expect(statement("BringRoutesIntoItsTables")?.Condition).to.deep.equal({
      ArnEquals: { "ec2:Vpc": arn("vpc/vpc-1") },
    });
  });

  it("let it delete nothing there, nor change what is others'", () => {
    const ofOthers = deployerInAws(joining).Statement.filter(({ Resource }) =>
      [Resource].flat().some((one) => /(vpc-1|subnet-\d|vgw-1)$|route-table\/\*$/.test(one)),
    );
    expect(ofOthers).to.have.length(4);
    for (const action of ofOthers.flatMap(({ Action }) => Action))
      expect(action).not.to.match(/Delete|ModifyVpcAttribute|ModifySubnet|ReplaceRoute|CreateRoute$/);
  });

  it("let deployer and reviewer ask what the program asks", () => {
    const actions = reviewerInAws(joining).Statement.flatMap(({ Action }) => Action);
    expect(actions).to.include.members([...readsInAws]);
    expect(reviewerInAws(alone).Statement.flatMap(({ Action }) => Action)).not.to.include("ec2:DescribeVpcs");
    expect(reviewerInAzure(joining)?.Actions).to.deep.equal([...readsInAzure]);
    for (const action of readsInAzure) expect(action).to.match(/\/read$/);
  });

  it("let the deployer put its subnets into the network, and nothing else", () => {
    expect(joiningInAzure(joining)?.Actions).to.include.members([
      "Microsoft.Network/virtualNetworks/subnets/join/action",
      "Microsoft.Network/virtualNetworks/subnets/write",
    ]);
    expect(joiningInAzure(joining)?.Actions).not.to.include("Microsoft.Network/virtualNetworks/write");
  });

  it("are those of before where the stack joins nothing", () => {
    expect([reviewerInAzure(alone), joiningInAzure(alone)]).to.deep.equal([undefined, undefined]);
    const sids = deployerInAws(alone).Statement.map(({ Sid }) => Sid);
    expect(sids).not.to.include.members(["PutTheEndpointIntoIt", "UseTheVpcThatTheStackJoins"]);
  });
});
