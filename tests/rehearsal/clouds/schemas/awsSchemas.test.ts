import { expect } from "chai";
import { cloudTypes } from "../../../../rehearsal/clouds/cloudTypes";
import type { CloudType } from "../../../../rehearsal/clouds/cloudType";
import { words } from "../../../../rehearsal/clouds/rules";
import { awsTypes, isAws } from "../../../../rehearsal/model/resourceTypes";
import { awsDifferences } from "./awsDifferences";
import { type AwsNames, awsNames } from "./awsNames";
import { type Difference, differences } from "./compare";
import { refuserOf } from "./tries";

const tables: Readonly<Record<string, AwsNames | string>> = awsNames;

function recordOf(type: string): CloudType {
  const record = cloudTypes[type];
  if (record === undefined) throw new Error(`no record of ${type}`);
  return record;
}

function found(type: string, changed: Partial<CloudType> = {}, refuser = refuserOf): readonly Difference[] {
  const names = tables[type];
  if (names === undefined || typeof names === "string") throw new Error(`${type} has no schema`);
  return differences({ ...recordOf(type), ...changed }, names, (path, isList) => refuser(type, path, isList));
}

const shown = ({ path, record }: Difference): string => `${path}: ${record}`;

function listedOf(type: string): readonly string[] {
  return awsDifferences
    .filter((one) => one.type === type)
    .flatMap(({ paths, record }) => words(paths).map((path) => shown({ path, record })));
}

describe("the simulated AWS beside AWS's own schemas", () => {
  it("has every type compared, or says why not", () => {
    expect(Object.keys(awsNames).sort()).to.deep.equal(Object.keys(cloudTypes).filter(isAws).sort());
  });

  for (const [type, names] of Object.entries(tables).filter(([, table]) => typeof table !== "string"))
    it(`replaces, requires and allows in ${type} what ${(names as AwsNames).type} does, or lists the difference`, () => {
      expect(found(type).map(shown).sort()).to.deep.equal([...listedOf(type)].sort());
    });

  it("gives each difference a reason and a source", () => {
    const bare = awsDifferences.filter(({ why, source }) => why === "" || !/^https:\/\/\S/.test(source));
    expect(bare).to.deep.equal([]);
  });

  // What each of these takes away or adds, the comparison must see.
  const takesAnything = () => () => [];
  for (const { says, type, changed, refuser, sees } of [
    {
      says: "a replacement that is missing",
      type: awsTypes.vpc,
      changed: { replaces: { instanceTenancy: "" } },
      sees: [
        "cidrBlock: updates in place",
        "ipv4IpamPoolId: updates in place",
        "ipv4NetmaskLength: updates in place",
      ],
    },
    {
      says: "a replacement of a part that is missing",
      type: awsTypes.vpcEndpoint,
      changed: {
        replaces: Object.fromEntries(
          Object.entries(recordOf(awsTypes.vpcEndpoint).replaces).filter(
            ([path]) => !path.startsWith("dnsOptions."),
          ),
        ),
      },
      sees: [
        "dnsOptions.privateDnsPreference: updates in place",
        "dnsOptions.privateDnsSpecifiedDomains: updates in place",
      ],
    },
    {
      says: "a replacement that is too much",
      type: awsTypes.metricAlarm,
      changed: { replaces: { name: "", threshold: "" } },
      sees: ["threshold: replaces"],
    },
    {
      says: "a requirement that is missing",
      type: awsTypes.vpnConnectionRoute,
      changed: { required: ["vpnConnectionId"] },
      sees: ["destinationCidrBlock: does not require it"],
    },
    {
      says: "a property that the schema does not have",
      type: awsTypes.customerGateway,
      changed: { properties: [...recordOf(awsTypes.customerGateway).properties, "colour"] },
      sees: ["colour: knows it"],
    },
    {
      says: "values that nobody checks",
      type: awsTypes.bucketOwnershipControls,
      refuser: takesAnything,
      sees: ["rule.objectOwnership: accepts anything"],
    },
    {
      says: "a value that is refused",
      type: awsTypes.bucketOwnershipControls,
      refuser: () => (value: string | number) => (value === "ObjectWriter" ? ["no"] : []),
      sees: ["rule.objectOwnership: accepts anything", "rule.objectOwnership: refuses ObjectWriter"],
    },
    {
      says: "a value that is too much",
      type: awsTypes.bucketOwnershipControls,
      refuser: () => (value: string | number) =>
        /^(ObjectWriter|BucketOwnerPreferred|BucketOwnerEnforced|Mine)$/.test(String(value))
          ? []
          : ["it is not one of ObjectWriter, Mine"],
      sees: ["rule.objectOwnership: accepts Mine"],
    },
  ])
    it(`control: sees ${says}`, () => {
      const listed = listedOf(type);
      const seen = found(type, changed, refuser)
        .map(shown)
        .filter((one) => !listed.includes(one));
      expect(seen.sort()).to.deep.equal(sees);
    });
});
