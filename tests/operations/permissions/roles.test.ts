import { expect } from "chai";
import { awsPolicy, type Need } from "../../../docs/permissions/roles";
import { deployerStatements, reviewerStatements } from "../../../docs/permissions/statements";
import { awsTypes, type ResourceType } from "../../../rehearsal/model/resourceTypes";
import * as documents from "./documents";

const statements = [
  { sid: "Rest", takes: ["ec2:*", "ec2:DeleteTags"], resource: "*" },
  { sid: "Deletions", takes: ["ec2:Delete*"], resource: "*", condition: { StringEquals: { tag: "ours" } } },
];

const needs = (type: ResourceType, ...actions: readonly string[]): readonly Need[] =>
  actions.map((action) => ({ action, type }));

describe("a generated policy", () => {
  it("puts each action where the longest pattern fits", () => {
    expect(
      awsPolicy(statements, needs(awsTypes.vpc, "ec2:CreateVpc", "ec2:DeleteTags", "ec2:DeleteVpc")),
    ).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Rest", Effect: "Allow", Action: ["ec2:CreateVpc", "ec2:DeleteTags"], Resource: "*" },
        {
          Sid: "Deletions",
          Effect: "Allow",
          Action: ["ec2:DeleteVpc"],
          Resource: "*",
          Condition: { StringEquals: { tag: "ours" } },
        },
      ],
    });
  });

  it("refuses an action that no statement takes", () => {
    expect(() => awsPolicy(statements, needs(awsTypes.bucket, "kms:Decrypt"))).to.throw(
      "no statement takes kms:Decrypt of aws:s3/bucket:Bucket: add it to one in docs/permissions/statements.ts",
    );
  });

  it("lets no statement about the resources of one type take another type's actions", () => {
    const alarms = [
      { sid: "Alarms", takes: ["cloudwatch:*"], types: [awsTypes.metricAlarm], resource: "alarm:*" },
    ];
    expect(() => awsPolicy(alarms, needs(awsTypes.metricAlarm, "cloudwatch:PutMetricAlarm"))).to.not.throw();
    expect(() => awsPolicy(alarms, needs(awsTypes.logGroup, "cloudwatch:PutDashboard"))).to.throw(
      "no statement takes cloudwatch:PutDashboard of aws:cloudwatch/logGroup:LogGroup",
    );
  });

  // Else an action of a new type would be allowed on the resources of another, and nothing would notice.
  for (const { sid, types, resource, takes } of [...deployerStatements, ...reviewerStatements])
    if (resource !== "*" && takes.some((pattern) => pattern.endsWith(":*")))
      it(`names in ${sid} the types whose actions it takes`, () => {
        expect(types).to.not.equal(undefined);
      });

  for (const { role, planned } of [
    { role: "deployer", planned: deployerStatements },
    { role: "reviewer", planned: reviewerStatements },
  ] as const) {
    it(`gives every statement of the ${role} actions, and every pattern something to take`, () => {
      const actions = documents.awsActions(role);
      expect(documents.awsPolicy(role).Statement.filter(({ Action }) => Action.length === 0)).to.deep.equal(
        [],
      );
      const idle = planned
        .flatMap(({ takes }) => takes)
        .filter((pattern) => !actions.some((action) => action.startsWith(pattern.replace("*", ""))));
      expect(idle).to.deep.equal([]);
    });

    it(`allows the ${role} each action in one statement`, () => {
      const actions = documents.awsActions(role);
      expect(actions).to.deep.equal([...new Set(actions)]);
    });
  }
});
