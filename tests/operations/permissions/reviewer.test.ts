import { expect } from "chai";
import { actionsByType, otherActions } from "../../../docs/permissions/actions";
import { awsTypes, azureTypes, isAws, isAzure } from "../../../rehearsal/model/resourceTypes";
import { awsActions, azureActions } from "./documents";
import { registeredResources } from "./stacks";

/**
 * What the providers call to read some types, as `pulumi preview --refresh` does.
 * guess: from the read functions of terraform-provider-aws; no page of AWS or Pulumi lists them.
 */
const reads: readonly { readonly type: string; readonly actions: readonly string[] }[] = [
  {
    type: awsTypes.vpc,
    actions: [
      "ec2:DescribeNetworkAcls",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeVpcAttribute",
      "ec2:DescribeVpcs",
    ],
  },
  {
    type: awsTypes.vpcEndpoint,
    actions: ["ec2:DescribeNetworkInterfaces", "ec2:DescribePrefixLists", "ec2:DescribeVpcEndpoints"],
  },
  { type: awsTypes.vpnConnectionRoute, actions: ["ec2:DescribeVpnConnections"] },
  { type: awsTypes.user, actions: ["iam:GetUser", "iam:ListUserTags"] },
  { type: awsTypes.accessKey, actions: ["iam:ListAccessKeys"] },
  { type: awsTypes.topicSubscription, actions: ["sns:GetSubscriptionAttributes"] },
  {
    type: awsTypes.bucket,
    actions: [
      "s3:GetAccelerateConfiguration",
      "s3:GetBucketAcl",
      "s3:GetBucketCORS",
      "s3:GetBucketLocation",
      "s3:GetBucketLogging",
      "s3:GetBucketObjectLockConfiguration",
      "s3:GetBucketPolicy",
      "s3:GetBucketRequestPayment",
      "s3:GetBucketTagging",
      "s3:GetBucketVersioning",
      "s3:GetBucketWebsite",
      "s3:GetEncryptionConfiguration",
      "s3:GetLifecycleConfiguration",
      "s3:GetReplicationConfiguration",
      "s3:ListBucket",
      "s3:ListTagsForResource",
    ],
  },
  { type: awsTypes.bucketObjectv2, actions: ["s3:GetObject", "s3:GetObjectTagging", "s3:ListBucket"] },
  {
    type: awsTypes.bucketServerSideEncryptionConfiguration,
    actions: ["s3:GetEncryptionConfiguration"],
  },
  { type: azureTypes.virtualNetworkGatewayConnection, actions: ["Microsoft.Network/connections/read"] },
  { type: azureTypes.subnet, actions: ["Microsoft.Network/virtualNetworks/subnets/read"] },
  {
    type: azureTypes.resourceGroup,
    actions: ["Microsoft.Resources/subscriptions/resourceGroups/read"],
  },
];

describe("the permissions that a reviewer is documented to need", () => {
  let types: readonly string[];
  before(async function () {
    this.timeout(60_000);
    types = [...new Set((await registeredResources()).map(({ type }) => type))];
  });

  const readOf = (chosen: readonly string[]) => chosen.flatMap((type) => actionsByType[type]?.read ?? []);

  it("are known for every type that the stacks register", () => {
    expect(types.filter((type) => actionsByType[type] === undefined)).to.deep.equal([]);
  });

  it("are what reading those types takes in AWS, and no more", () => {
    const needed = [...readOf(types.filter(isAws)), ...otherActions.map(({ action }) => action)];
    expect([...awsActions("reviewer")].sort()).to.deep.equal([...new Set(needed)].sort());
  });

  it("are what reading those types takes in Azure, and no more", () => {
    const needed = readOf(types.filter(isAzure));
    expect([...azureActions("reviewer")].sort()).to.deep.equal([...new Set(needed)].sort());
  });

  for (const { type, actions } of reads)
    it(`let a reviewer read ${type}`, () => {
      expect([...(actionsByType[type]?.read ?? [])].sort()).to.deep.equal(actions);
      expect([...awsActions("reviewer"), ...azureActions("reviewer")]).to.include.members(actions);
    });

  it("let a reviewer change nothing", () => {
    for (const action of awsActions("reviewer")) expect(action).to.match(/^\w+:(Describe|Get|List)/);
    for (const action of azureActions("reviewer")) expect(action).to.match(/\/read$/);
  });
});
