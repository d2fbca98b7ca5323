import { expect } from "chai";
import { existsSync } from "node:fs";
import path from "node:path";
import { actionsByType, otherActions } from "../../../docs/permissions/actions";
import { awsTypes, azureTypes } from "../../../rehearsal/model/resourceTypes";
import { awsActions, folder } from "./documents";
import { registeredResources } from "./stacks";

/**
 * What the providers call to read some types, as a refresh does.
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

describe("the permissions to read a type", () => {
  let types: readonly string[];
  before(async function () {
    this.timeout(60_000);
    types = [...new Set((await registeredResources()).map(({ type }) => type))];
  });

  it("are known for every type that the stacks register", () => {
    expect(types.filter((type) => actionsByType[type] === undefined)).to.deep.equal([]);
  });

  for (const { type, actions } of reads)
    it(`are what the provider calls for ${type}`, () => {
      expect([...(actionsByType[type]?.read ?? [])].sort()).to.deep.equal(actions);
    });

  it("change nothing", () => {
    const read = types.flatMap((type) => actionsByType[type]?.read ?? []);
    expect(read.filter((action) => !/^\w+:(Describe|Get|List)|\/read$/.test(action))).to.deep.equal([]);
  });
});

describe("a reviewer", () => {
  for (const stack of ["dev", "prod"] as const) {
    it(`of ${stack} may do what the program asks beside resources, and no more`, () => {
      expect([...awsActions("reviewer", stack)].sort()).to.deep.equal(
        otherActions.map(({ action }) => action).sort(),
      );
    });

    it(`of ${stack} has no role in Azure`, () => {
      expect(existsSync(path.join(folder, stack, "reviewer.azure.json"))).to.equal(false);
    });
  }
});
