import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";
import { placeOf, SettingsRefusedError } from "../../docs/permissions/stackPlace";
import { actionsByType } from "../../docs/permissions/actions";
import { deployerInAws, deployerInAzure, verifyInAws, verifyInAzure } from "../../docs/permissions/roles";
import { unscoped } from "../../docs/permissions/unscoped";
import type { RecordedResource } from "../../rehearsal/model/recording";
import { awsTypes, azureTypes, isAzure } from "../../rehearsal/model/resourceTypes";
import { awsActions, azureActions } from "../operations/permissions/documents";
import { judged, judgedPlace } from "../operations/permissions/places";
import { registeredResources } from "../operations/permissions/stacks";

const allowed = [...awsActions("deployer", "dev"), ...awsActions("deployer", "prod")];
const allowedInAzure = [...azureActions("deployer", "dev"), ...azureActions("deployer", "prod")];
describe("the permissions that a deployer is documented to need", () => {
  let recorded: readonly RecordedResource[];
  before(async function () {
    this.timeout(60_000);
    recorded = await registeredResources();
  });

  it("stand, with a source, in the record of every type of the stacks, and for no other", () => {
    // Spokes are settings of a stack that joins; none of these does.
    const types = new Set([...recorded.map(({ type }) => type), azureTypes.virtualNetworkPeering]);
    expect(Object.keys(actionsByType).sort()).to.deep.equal([...types].sort());
    for (const { source } of Object.values(actionsByType)) expect(source).to.match(/^https:|^guess: /);
  });

  for (const { type, actions } of [
    {
      type: awsTypes.vpnConnectionRoute,
      actions: {
        create: ["ec2:CreateVpnConnectionRoute"],
        read: ["ec2:DescribeVpnConnections"],
        update: [],
        delete: ["ec2:DeleteVpnConnectionRoute"],
      },
    },
    {
      type: awsTypes.bucketPolicy,
      actions: {
        create: ["s3:PutBucketPolicy"],
        read: ["s3:GetBucketPolicy"],
        update: ["s3:PutBucketPolicy"],
        delete: ["s3:DeleteBucketPolicy"],
      },
    },
    {
      type: awsTypes.accessKey,
      actions: {
        create: ["iam:CreateAccessKey"],
        read: ["iam:ListAccessKeys"],
        update: ["iam:UpdateAccessKey"],
        delete: ["iam:DeleteAccessKey"],
      },
    },
    {
      type: azureTypes.networkInterface,
      actions: {
        create: [
          "Microsoft.Network/networkInterfaces/write",
          "Microsoft.Network/virtualNetworks/subnets/join/action",
        ],
        read: ["Microsoft.Network/networkInterfaces/read"],
        update: [
          "Microsoft.Network/networkInterfaces/write",
          "Microsoft.Network/virtualNetworks/subnets/join/action",
        ],
        delete: ["Microsoft.Network/networkInterfaces/delete"],
      },
    },
  ])
    it(`let a deployer create, read, update and delete ${type}`, () => {
      expect(actionsByType[type]).to.deep.include(actions);
    });

  it("name each action in full", () => {
    const all = [...allowed, ...allowedInAzure];
    expect(all.filter((action) => action.includes("*"))).to.deep.equal([]);
  });

  it("let a deployer give nobody any rights: not itself, not the reader", () => {
    expect(
      allowed.filter((action) =>
        /iam:(Put|Attach|Add|Pass|CreatePolic|CreateRole|Update.*Policy)/.test(action),
      ),
    ).to.deep.equal([]);
    expect(allowedInAzure.filter((action) => /Microsoft\.Authorization/.test(action))).to.deep.equal([]);
  });

  it("give Azure's deployer what each type of the stack takes, and no more", async () => {
    for (const stack of judged) {
      const place = await judgedPlace(stack);
      const types = new Set(place.resources.map(({ type }) => type).filter(isAzure));
      const needed = [...types].flatMap((type) =>
        (["create", "read", "update", "delete"] as const).flatMap(
          (operation) => actionsByType[type]?.[operation] ?? [],
        ),
      );
      expect(deployerInAzure(place).Actions).to.deep.equal([...new Set(needed)].sort());
    }
  });

  it("end in Azure at the stack's resource group, for every role", async () => {
    for (const stack of judged) {
      const place = await judgedPlace(stack);
      const name = isMadeBefore(stack) ? "rg-s3-link-dev" : `azure-s3-privatelink-${stack.stack}`;
      const group = `/subscriptions/${place.subscription}/resourceGroups/${name}`;
      for (const role of [deployerInAzure, verifyInAzure])
        expect(role(place).AssignableScopes).to.deep.equal([group]);
    }
  });

  it("have no right over a resource group made beforehand, and over one of the stack's own", async () => {
    for (const stack of judged) {
      const actions = deployerInAzure(await judgedPlace(stack)).Actions;
      const overGroup = actions.filter((action) => action.startsWith("Microsoft.Resources/"));
      expect(overGroup, stack.says).to.have.lengthOf(isMadeBefore(stack) ? 0 : 3);
    }
  });

  it("go to no other group than the stack", async () => {
    const [stack, config] = ["dev", { "azure-s3-privatelink:azureResourceGroup": "rg-s3-link-dev" }] as const;
    const given = { projectDir: path.resolve(__dirname, "../.."), stack, config };
    expect((await placeOf({ ...given, resourceGroup: "rg-s3-link-dev" })).resourceGroup).to.equal(
      "rg-s3-link-dev",
    );
    const refused: unknown = await placeOf({ ...given, resourceGroup: "rg-other" }).catch(
      (error: unknown) => error,
    );
    expect(refused).to.be.instanceOf(SettingsRefusedError);
    expect((refused as Error).message).to.equal(
      "--resource-group is rg-other, but the stack goes to rg-s3-link-dev (azureResourceGroup); leave it out",
    );
  });

  it("let verify read no key in Azure", async () => {
    const actions = verifyInAzure(await judgedPlace(judged[1])).Actions;
    expect(actions.filter((action) => /key|secret|list/i.test(action))).to.deep.equal([]);
  });

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  it("fit the 10,240 characters of a role's inline policies, and those of verify the 6,144 of a managed one", async () => {
    for (const stack of judged) {
      const place = await judgedPlace(stack);
      expect(JSON.stringify(deployerInAws(place)).length, stack.says).to.be.at.most(10_240);
      expect(JSON.stringify(verifyInAws(place)).length, stack.says).to.be.at.most(6144);
    }
  });

  it("are told of where AWS ties them to no resource", () => {
    const page = readFileSync(path.join(__dirname, "../../docs/permissions/deployer.md"), "utf8");
    const told = Object.keys(unscoped).filter((action) => page.includes(`\`${action}\``));
    const untold = Object.keys(unscoped).filter((action) => !told.includes(action));
    expect(untold.filter((action) => !action.startsWith("ec2:Describe"))).to.deep.equal([]);
    expect(told).to.include("ec2:DescribeVpnConnections");
  });
});

function isMadeBefore({ says }: { readonly says: string }): boolean {
  return says.includes("made beforehand");
}
