import { expect } from "chai";
import path from "node:path";
import { recordedStacks } from "../../../docs/compliance/stacks";
import { awsTypes, azureTypes } from "../../../rehearsal/model/resourceTypes";
import type { Props, RecordedResource } from "../../../rehearsal/model/recording";
import { record } from "../../../rehearsal/run/record";
import { hasPython } from "../../suites/machine";
import { uncheckedAws } from "./cloudFormation";
import { convertedAzure, uncheckedAzure } from "./arm";
import { type Exception, exceptions } from "./exceptions";
import { checkedTypes, checkov, type Finding, type Report, reportOn } from "./run";

const projectDir = path.join(__dirname, "../../..");

/** Findings without a reason, and reasons without a finding. */
function unsettled(findings: readonly Finding[], reviewed: readonly Exception[]): readonly string[] {
  const key = ({ check, resource }: Finding): string => `${check} ${resource}`;
  const found = new Set(findings.map(key));
  const known = new Set(reviewed.map(key));
  return [
    ...[...found].filter((one) => !known.has(one)).map((one) => `has no reviewed reason: ${one}`),
    ...[...known].filter((one) => !found.has(one)).map((one) => `is no longer found: ${one}`),
  ];
}

describe("checkov", function () {
  this.timeout(900_000);

  const stacks: Record<string, readonly RecordedResource[]> = {};
  const reports: Record<string, Report> = {};

  before(async function () {
    if (!hasPython()) this.skip();
    checkov();
    Object.assign(stacks, await recordedStacks());
    const config = { "azure-s3-privatelink:clientVm": "true" };
    stacks["dev with a client"] = (await record({ projectDir, stack: "dev", config })).resources;
    for (const [name, stack] of Object.entries(stacks)) reports[name] = reportOn(stack);
  });

  it("finds nothing in either half of any stack that has no reviewed reason, and all that has one", () => {
    const failed = Object.values(reports).flatMap((report) => report.failed);
    expect(unsettled(failed, exceptions)).to.deep.equal([]);
  });

  it("control: would be unsettled by a new finding and by one that is gone", () => {
    const [first] = exceptions;
    if (first === undefined) throw new Error("there is no exception");
    expect(
      unsettled([first, { check: "CKV_AWS_20", resource: "AWS::S3::Bucket.New" }], exceptions),
    ).to.have.length(exceptions.length);
  });

  it("judges every resource that is converted", () => {
    const judged = Object.values(reports).flatMap(({ passed, failed }) => [...passed, ...failed]);
    const types = new Set(judged.map(({ resource }) => resource.split(".").slice(0, -1).join(".")));
    expect([...types]).to.have.members([
      "AWS::CloudTrail::Trail",
      "AWS::EC2::SecurityGroup",
      "AWS::EC2::SecurityGroupIngress",
      "AWS::IAM::User",
      "AWS::Logs::LogGroup",
      "AWS::S3::Bucket",
      "AWS::SNS::Topic",
      "Microsoft.Compute/virtualMachines",
      "Microsoft.Network/networkInterfaces",
      "Microsoft.Network/networkSecurityGroups",
      "Microsoft.Network/virtualNetworks",
    ]);
  });

  it("control: finds a public bucket, an open security group in either cloud and a trail that nobody can check", () => {
    const broken: Readonly<Record<string, Props>> = {
      [awsTypes.bucketPublicAccessBlock]: { blockPublicPolicy: false, restrictPublicBuckets: false },
      [awsTypes.trail]: { enableLogFileValidation: false },
      [awsTypes.securityGroupIngressRule]: { cidrIpv4: "0.0.0.0/0", fromPort: 22, toPort: 22 },
      [azureTypes.networkSecurityGroup]: {
        securityRules: [
          {
            name: "AllowSsh",
            access: "Allow",
            direction: "Inbound",
            protocol: "Tcp",
            sourceAddressPrefix: "*",
            destinationPortRange: "22",
          },
        ],
      },
    };
    const stack = (stacks["prod"] ?? []).map((one) => ({
      ...one,
      inputs: { ...one.inputs, ...broken[one.type] },
    }));
    const found = reportOn(stack).failed.map(({ check }) => check);
    expect(found).to.include.members([
      "CKV_AWS_54",
      "CKV_AWS_56",
      "CKV_AWS_24",
      "CKV_AWS_36",
      "CKV_AZURE_10",
    ]);
  });

  it("has no check for a type that is left out", () => {
    const checked = checkedTypes();
    expect(checked).to.include.members(["AWS::S3::Bucket", "Microsoft.Network/networkSecurityGroups"]);
    const left = [...uncheckedAws, ...Object.values(uncheckedAzure)];
    expect(left.filter((type) => checked.includes(type))).to.deep.equal([]);
  });
});

describe("the conversion for checkov", () => {
  it("takes every type that the program registers in Azure, or names it as left out", () => {
    const known = [...convertedAzure, ...Object.keys(uncheckedAzure)];
    expect(known).to.have.members(Object.values(azureTypes));
  });
});
