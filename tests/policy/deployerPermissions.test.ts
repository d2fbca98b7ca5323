import { expect } from "chai";
import { actionsByType, otherActions } from "../../docs/permissions/actions";
import { at, isProps, text, texts, type Props } from "../../policy/values";
import type { RecordedResource } from "../../rehearsal/model/recording";
import { awsTypes, azureTypes } from "../../rehearsal/model/resourceTypes";
import { awsActions, awsPolicy, azureActions, type AwsStatement } from "../operations/permissions/documents";
import { registeredResources } from "../operations/permissions/stacks";

const aws = awsPolicy("deployer");
const allowed = [...awsActions("deployer"), ...azureActions("deployer")];
const neededByTypes = Object.values(actionsByType).flatMap((row) => [
  ...row.create,
  ...row.read,
  ...row.update,
  ...row.delete,
]);
const needed = [...neededByTypes, ...otherActions.map(({ action }) => action)];

describe("the permissions that a deployer is documented to need", () => {
  let recorded: readonly RecordedResource[];
  before(async function () {
    this.timeout(60_000);
    recorded = await registeredResources();
  });

  it("stand, with a source, in the record of every type of the stacks, and for no other", () => {
    const types = new Set(recorded.map(({ type }) => type));
    expect(Object.keys(actionsByType).sort()).to.deep.equal([...types].sort());
    for (const { source } of Object.values(actionsByType)) expect(source).to.match(/^https:|^guess: /);
  });

  it("are what those types take, and no more", () => {
    expect([...allowed].sort()).to.deep.equal([...new Set(needed)].sort());
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
      expect(allowed).to.include.members(Object.values(actions).flat());
    });

  it("name each action in full", () => {
    expect(allowed.filter((action) => action.includes("*"))).to.deep.equal([]);
    expect(aws.Statement.map(({ Effect }) => Effect)).to.not.include("Deny");
  });

  it("let a deployer give nobody any rights: not itself, not the reader", () => {
    expect(
      allowed.filter((action) =>
        /iam:(Put|Attach|Add|Pass|CreatePolic|CreateRole|Update.*Policy)/.test(action),
      ),
    ).to.deep.equal([]);
    expect(allowed.filter((action) => /Microsoft\.Authorization/.test(action))).to.deep.equal([]);
  });

  for (const { type, what } of [
    { type: awsTypes.user, what: "users" },
    { type: awsTypes.bucket, what: "buckets" },
    { type: awsTypes.logGroup, what: "log groups" },
    { type: awsTypes.metricAlarm, what: "alarms" },
    { type: awsTypes.topic, what: "topics" },
  ])
    it(`cover the ${what} of both stacks by their names`, () => {
      const [action = ""] = actionsByType[type]?.create ?? [];
      const { Resource } = statementOf(action);
      const arns = recorded.filter((one) => one.type === type).map((one) => text(one.outputs, "arn") ?? "");
      expect(arns).to.not.be.empty;
      expect(arns.filter((arn) => !matches(Resource, arn))).to.deep.equal([]);
      expect(
        matches(Resource, arns[0]?.replace(/(s3|azure-s3|alarms|logs)-[^/]*$/, "somebody-elses") ?? ""),
      ).to.equal(false);
    });

  it("cover the sample object, and no other object", () => {
    const object = recorded.find(({ type }) => type === awsTypes.bucketObjectv2);
    const arn = `arn:aws:s3:::${text(object?.inputs ?? {}, "bucket") ?? ""}/`;
    const { Resource } = statementOf("s3:PutObject");
    expect(matches(Resource, `${arn}${text(object?.inputs ?? {}, "key") ?? ""}`)).to.equal(true);
    expect(matches(Resource, `${arn}report.csv`)).to.equal(false);
  });

  it("bind the deletion of networks to a tag that each of them has", () => {
    const statement = statementOf("ec2:DeleteVpc");
    const wanted = at(statement.Condition ?? {}, "StringEquals");
    const project = isProps(wanted) ? texts(wanted["aws:ResourceTag/project"]) : [];
    expect(project).to.deep.equal(["azure-s3-privatelink"]);
    const bound = recorded.filter(({ type }) =>
      [...(actionsByType[type]?.delete ?? []), ...(actionsByType[type]?.update ?? [])].some((action) =>
        statement.Action.includes(action),
      ),
    );
    expect(bound).to.have.length.greaterThan(10);
    const untagged = bound.filter(({ inputs }) => {
      const { tags } = inputs as { tags?: Props };
      return tags?.["project"] !== project[0];
    });
    expect(untagged.map(({ name }) => name)).to.deep.equal([]);
  });

  it("fit into one managed policy of AWS, which holds 6,144 characters", () => {
    expect(JSON.stringify(aws).length).to.be.at.most(6144);
  });
});

function statementOf(action: string): AwsStatement {
  const statements = aws.Statement.filter(({ Action }) => Action.includes(action));
  const [only] = statements;
  if (only === undefined || statements.length > 1)
    throw new Error(`${action} stands in ${statements.length} statements`);
  return only;
}

function matches(patterns: string | readonly string[], arn: string): boolean {
  return [patterns].flat().some((pattern) => matchesOne(pattern, arn));
}

function matchesOne(pattern: string, arn: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(arn);
}
