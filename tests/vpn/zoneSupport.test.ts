import { expect } from "chai";
import { hasZones } from "../../rehearsal/clouds/azure/location";
import { build } from "../rehearsal/clouds/estates";
import { bgpEstate } from "../rehearsal/clouds/vpnEstates";
import { noticesOf } from "../../settings/notices";
import { addressZones, zoneSupportAsOf, zoneSupportOf } from "../../vpn/zoneSupport";

const zoned =
  `australiaeast austriaeast belgiumcentral brazilsouth canadacentral centralindia centralus chilecentral
  eastasia eastus eastus2 francecentral germanywestcentral indonesiacentral israelcentral italynorth japaneast japanwest
  koreacentral malaysiawest mexicocentral newzealandnorth northeurope norwayeast polandcentral qatarcentral
  southafricanorth southcentralus southeastasia spaincentral swedencentral switzerlandnorth uaenorth uksouth westeurope
  westus2 westus3`.split(/\s+/);
const zoneless = `australiacentral australiacentral2 australiasoutheast brazilsoutheast canadaeast francesouth
  germanynorth koreasouth northcentralus norwaywest southafricawest southindia switzerlandwest uaecentral ukwest
  westcentralus westindia westus`.split(/\s+/);
const all = ["1", "2", "3"];

describe("the zones of the gateway's addresses", () => {
  for (const location of zoned)
    it(`are all three in ${location}, and the simulated cloud agrees`, () => {
      expect(addressZones({ sku: "VpnGw2AZ", location })).to.deep.equal(all);
      expect(hasZones(location)).to.equal("yes");
    });

  for (const location of zoneless)
    it(`are none in ${location}, and the simulated cloud agrees`, () => {
      expect(addressZones({ sku: "VpnGw2AZ", location })).to.equal(undefined);
      expect(hasZones(location)).to.equal("no");
    });

  it("are all three in a region that nobody knows yet, and the simulated cloud takes them", () => {
    expect(zoneSupportOf("newlandeast")).to.equal("unknown");
    expect(addressZones({ sku: "VpnGw1AZ", location: "newlandeast" })).to.deep.equal(all);
    expect(hasZones("newlandeast")).to.equal("unknown");
  });

  it("are none with a Basic gateway, wherever it is", () => {
    for (const location of ["japaneast", "ukwest", "newlandeast"])
      expect(addressZones({ sku: "Basic", location })).to.equal(undefined);
  });
});

describe("the simulated cloud in a region without zones", () => {
  const refusalsIn = (location: string, zones: readonly string[] | undefined) =>
    build(
      bgpEstate,
      Object.fromEntries(["ip1", "ip2"].map((ip) => [ip, { location, zones: zones && [...zones] }])),
    ).refusals.filter(({ property }) => property === "zones" || property?.includes("publicIPAddress"));

  it("takes a zoned SKU on addresses without zones", () => {
    expect(refusalsIn("ukwest", undefined)).to.deep.equal([]);
  });

  it("rejects addresses that name zones", () => {
    const codes = refusalsIn("ukwest", all).map(({ code }) => code);
    expect(codes).to.deep.equal(all.slice(1).map(() => "LocationNotSupportAvailabilityZones"));
  });

  it("control: demands the zones where the region has them", () => {
    const codes = refusalsIn("westeurope", undefined).map(({ code }) => code);
    expect(codes).to.include("VmssVpnGatewayPublicIpsMustHaveZonesConfigured");
  });
});

describe("the notice about a location", () => {
  for (const { location, sku, says } of [
    { location: "japaneast", sku: "VpnGw2AZ", says: undefined },
    { location: "japaneast", sku: "Basic", says: undefined },
    { location: "ukwest", sku: "Basic", says: undefined },
    {
      location: "ukwest",
      sku: "VpnGw2AZ",
      says: "azure-native:location is ukwest, a region without availability zones: Azure makes VpnGw2AZ and its addresses regional there, and nothing of the gateway survives the failure of its datacenter. Choose a region with zones where that must not happen.",
    },
    {
      location: "tokyo",
      sku: "VpnGw1AZ",
      says: `azure-native:location is tokyo, which is not among the regions that this version knows (${zoneSupportAsOf}); it goes to Azure as it is, as a region with availability zones. If Azure answers LocationNotSupportAvailabilityZones, add the region to vpn/zoneSupport.ts.`,
    },
    {
      location: "tokyo",
      sku: "Basic",
      says: `azure-native:location is tokyo, which is not among the regions that this version knows (${zoneSupportAsOf}); it goes to Azure as it is.`,
    },
  ] as const)
    it(`${says === undefined ? "is none" : "tells"} of ${location} with ${sku}`, () => {
      expect(noticesOf({ location, sku })).to.deep.equal(says === undefined ? [] : [says]);
    });
});
