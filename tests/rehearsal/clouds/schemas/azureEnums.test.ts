import { expect } from "chai";
import { cloudTypes } from "../../../../rehearsal/clouds/cloudTypes";
import { words } from "../../../../rehearsal/clouds/rules";
import { azureTypes, isAzure } from "../../../../rehearsal/model/resourceTypes";
import { azureEnum, typedProperty, typedResource } from "../sdkTypings";
import { type Refuse, refuserOf, tryValues } from "./tries";

interface Listed {
  readonly type: string;
  readonly path: string;
  /** Values of the SDK's that the record refuses, parted by spaces; or all but some. */
  readonly refuses: string | { readonly allBut: string };
  readonly why: string;
  readonly source: string;
}

const policies = {
  why: "Azure's documentation of custom policies does not list it",
  source: "https://learn.microsoft.com/azure/vpn-gateway/ipsec-ike-policy-howto#algorithms-and-keys",
};
const skus = "https://learn.microsoft.com/azure/vpn-gateway/about-gateway-skus";

/** Where the records refuse what the SDK's enums offer. */
const listed: readonly Listed[] = [
  {
    type: azureTypes.publicIPAddress,
    path: "publicIPAllocationMethod",
    refuses: "Dynamic",
    why: "the example is of SKU Standard, which is allocated statically",
    source: "https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses",
  },
  {
    type: azureTypes.publicIPAddress,
    path: "sku.name",
    refuses: "Basic",
    why: "can no longer be created",
    source: "https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-basic-upgrade-guidance",
  },
  {
    type: azureTypes.virtualMachine,
    path: "hardwareProfile.vmSize",
    refuses: { allBut: "Standard_B1ms Standard_B1s Standard_B2s" },
    why: "the record knows small sizes only, with what they can boot; the SDK's list ends years ago",
    source: "https://learn.microsoft.com/azure/virtual-machines/sizes/overview",
  },
  {
    type: azureTypes.virtualNetworkGatewayConnection,
    path: "ipsecPolicies.dhGroup",
    refuses: "DHGroup2048",
    ...policies,
  },
  {
    type: azureTypes.virtualNetworkGatewayConnection,
    path: "ipsecPolicies.ikeEncryption",
    refuses: "DES DES3",
    ...policies,
  },
  {
    type: azureTypes.virtualNetworkGatewayConnection,
    path: "ipsecPolicies.ikeIntegrity",
    refuses: "GCMAES256 GCMAES128",
    ...policies,
  },
  {
    type: azureTypes.virtualNetworkGatewayConnection,
    path: "ipsecPolicies.ipsecIntegrity",
    refuses: "MD5 SHA1 SHA256 GCMAES128 GCMAES192",
    ...policies,
    why: "the example encrypts with GCMAES256, which needs the same for both",
  },
  {
    type: azureTypes.virtualNetworkGatewayConnection,
    path: "ipsecPolicies.pfsGroup",
    refuses: "PFS14 PFSMM",
    ...policies,
  },
  {
    type: azureTypes.virtualNetworkGateway,
    path: "sku.name",
    refuses: `ErGw1AZ ErGw2AZ ErGw3AZ ErGwScale HighPerformance Standard UltraPerformance VpnGw1 VpnGw2 VpnGw3 VpnGw4
      VpnGw5`,
    why: "SKUs of ExpressRoute, and of VPN gateways that can no longer be created",
    source: skus,
  },
  {
    type: azureTypes.virtualNetworkGateway,
    path: "sku.tier",
    refuses: { allBut: "VpnGw2AZ" },
    why: "guess: it must be the same as the name, which in the example is VpnGw2AZ",
    source: skus,
  },
  {
    type: azureTypes.workspace,
    path: "sku.name",
    refuses: "Free PerNode Premium Standalone Standard",
    why: "for subscriptions of before April 2018",
    source: "https://learn.microsoft.com/azure/azure-monitor/logs/cost-logs#legacy-pricing-tiers",
  },
];

/** The paths of a record whose values the SDK's typings list, and those values. */
function enumsOf(type: string): readonly { path: string; values: readonly string[]; isList: boolean }[] {
  const typed = typedResource(type);
  return (cloudTypes[type]?.properties ?? [])
    .map((path) => ({ path, property: typedProperty(typed, path) }))
    .flatMap(({ path, property }) =>
      property?.enum === undefined
        ? []
        : [{ path, values: azureEnum(property.enum), isList: property.isList }],
    );
}

function refusedAsListed(type: string, path: string, values: readonly string[]): readonly string[] {
  const refuses = listed.find((one) => one.type === type && one.path === path)?.refuses ?? "";
  return typeof refuses === "string"
    ? words(refuses)
    : values.filter((value) => !words(refuses.allBut).includes(value));
}

function compared(type: string, path: string, values: readonly string[], refuse: Refuse) {
  const { refused, accepted, open } = tryValues(values, refuse);
  return { refused: [...refused].sort(), accepted, open };
}

describe("the simulated Azure beside the SDK's enums", () => {
  for (const type of Object.keys(cloudTypes).filter(isAzure))
    for (const { path, values, isList } of enumsOf(type))
      it(`allows in ${type} ${path} what the SDK does, or lists the difference`, () => {
        expect(compared(type, path, values, refuserOf(type, path, isList))).to.deep.equal({
          refused: [...refusedAsListed(type, path, values)].sort(),
          accepted: [],
          open: false,
        });
      });

  it("lists no difference that is none, and a source for each", () => {
    const all = Object.values(azureTypes).flatMap((type) =>
      enumsOf(type).map(({ path }) => `${type} ${path}`),
    );
    expect(all).to.include.members(listed.map(({ type, path }) => `${type} ${path}`));
    expect(listed.filter(({ source, why }) => why === "" || !/^https:\/\/\S/.test(source))).to.deep.equal([]);
  });

  it("compares the enums of every kind of resource that has some", () => {
    const compares = Object.values(azureTypes).filter((type) => enumsOf(type).length > 0);
    expect(compares).to.include.members([
      azureTypes.networkSecurityGroup,
      azureTypes.publicIPAddress,
      azureTypes.virtualMachine,
      azureTypes.virtualNetworkGateway,
      azureTypes.virtualNetworkGatewayConnection,
      azureTypes.workspace,
    ]);
  });

  for (const { says, refuse, sees } of [
    { says: "values that nobody checks", refuse: () => [], sees: { refused: [], accepted: [], open: true } },
    {
      says: "a value that is refused",
      refuse: (value: string | number) => (value === "Allow" ? [] : ["not one of Allow"]),
      sees: { refused: ["Deny"], accepted: [], open: false },
    },
    {
      says: "a value that is too much",
      refuse: (value: string | number) =>
        ["Allow", "Deny", "Perhaps"].includes(String(value)) ? [] : ["not one of Allow, Deny, Perhaps"],
      sees: { refused: [], accepted: ["Perhaps"], open: false },
    },
  ])
    it(`control: sees ${says}`, () => {
      const access = enumsOf(azureTypes.networkSecurityGroup).find(
        ({ path }) => path === "securityRules.access",
      );
      expect(access?.values).to.deep.equal(["Allow", "Deny"]);
      expect(compared("", "", access?.values ?? [], refuse)).to.deep.equal(sees);
    });
});
