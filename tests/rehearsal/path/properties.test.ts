import { expect } from "chai";
import { addedTypes, resourceTypes } from "../../../rehearsal/model/resourceTypes";
import { pathProperties } from "../../../rehearsal/path/properties/properties";
import type { PathProperties } from "../../../rehearsal/path/properties/table";
import { argumentPaths } from "./sdkArguments";

const carriesPackets = /^(aws:(ec2|vpc)|azure-native:(network|dnsresolver))[/:]/;

describe("The properties of the types of the path", () => {
  it("have a table for every type of a network that a stack may have", () => {
    const types = [
      ...resourceTypes.filter((type) => carriesPackets.test(type)),
      ...Object.values(addedTypes),
    ];
    expect(Object.keys(pathProperties)).to.have.members(types);
  });

  for (const [type, table] of Object.entries<PathProperties>(pathProperties))
    describe(type, () => {
      const paths = [...new Set(argumentPaths(type))];
      // `tags` and what is in it, `routes` and what is in it: the objects themselves say nothing.
      const leaves = paths.filter((path) => !paths.some((other) => other.startsWith(`${path}.`)));
      const lists = [table.judged, ...table.harmless.map(listed), ...table.notJudged.map(listed)];

      it("are each in one of the lists", () => {
        expect(leaves.filter((leaf) => nearest(leaf, lists.flat()) === undefined)).to.deep.equal([]);
      });

      it("are all known to the SDK, and each named once", () => {
        const named = lists.flat();
        expect(named.filter((property) => !paths.includes(property))).to.deep.equal([]);
        expect(named.filter((property, at) => named.indexOf(property) !== at)).to.deep.equal([]);
      });

      it("are judged one by one, never a whole object with whatever is in it", () => {
        expect(table.judged.filter((property) => !leaves.includes(property))).to.deep.equal([]);
      });
    });

  it("control: a property that the SDK gets later is missed, also in a nested object", () => {
    const table: PathProperties = pathProperties["aws:ec2/routeTable:RouteTable"];
    const named = [table.judged, ...table.harmless.map(listed), ...table.notJudged.map(listed)].flat();
    expect(["routes.cidrBlock", "tags.*"].map((path) => nearest(path, named))).to.deep.equal([
      "routes.cidrBlock",
      "tags",
    ]);
    expect(["routes.vpcLatticeArn", "priority"].map((path) => nearest(path, named))).to.deep.equal([
      undefined,
      undefined,
    ]);
  });
});

describe("The SDK's argument types", () => {
  for (const { type, has, lacks } of [
    {
      type: "aws:ec2/vpnConnection:VpnConnection",
      has: ["tunnel1LogOptions.cloudwatchLogOptions.logEnabled", "vpnConcentratorId", "tags.*"],
      lacks: ["vgwTelemetries", "tunnel1Address"],
    },
    {
      type: "azure-native:network:VirtualNetworkGatewayConnection",
      has: [
        "trafficSelectorPolicies.localAddressRanges",
        "virtualNetworkGateway1.natRules.mode",
        "ipsecPolicies.pfsGroup",
      ],
      lacks: ["connectionStatus"],
    },
    {
      type: "azure-native:network:Subnet",
      has: ["networkSecurityGroup.securityRules.sourceApplicationSecurityGroups.tags.*", "routeTable.id"],
      lacks: ["provisioningState"],
    },
  ])
    it(`of ${type} are read with their nested objects`, () => {
      const paths = argumentPaths(type);
      expect(paths).to.include.members(has);
      expect(paths.filter((path) => lacks.includes(path))).to.deep.equal([]);
    });
});

function listed({ properties }: { readonly properties: readonly string[] }): readonly string[] {
  return properties;
}

/** The entry that speaks for a property: itself, else the closest object around it. */
function nearest(path: string, named: readonly string[]): string | undefined {
  if (named.includes(path)) return path;
  const parent = path.split(".").slice(0, -1).join(".");
  return parent === "" ? undefined : nearest(parent, named);
}
