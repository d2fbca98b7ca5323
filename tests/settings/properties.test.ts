import { expect } from "chai";
import fc from "fast-check";
import { contains, networkOf, overlap, prefixLength } from "../../network/cidr";
import { SettingsError, parseSettings } from "../../settings/settings";
import { settingKeys } from "../../settings/schema";
import { complaints, configWith, newNetworks } from "./validConfig";

/** Whole networks of 10.0.0.0/8, away from the VPC. */
const networksUpTo = (smallest: number) =>
  fc
    .record({ address: fc.nat({ max: 0xff_ff_ff }), prefix: fc.integer({ min: 8, max: smallest }) })
    .map(({ address, prefix }) =>
      networkOf(`10.${address >> 16}.${(address >> 8) & 0xff}.${address & 0xff}/${prefix}`),
    );

const apart = { awsCidr: "172.16.0.0/24" };

describe("the subnets that derive from a virtual network", () => {
  for (const { vpnTopology, smallest, gatewayPrefix } of [
    { vpnTopology: "single-tunnel", smallest: 28, gatewayPrefix: 29 },
    { vpnTopology: "dual-tunnel", smallest: 26, gatewayPrefix: 27 },
    { vpnTopology: "active-active", smallest: 26, gatewayPrefix: 27 },
  ])
    it(`lie inside it, apart, and large enough for ${vpnTopology}`, () => {
      fc.assert(
        fc.property(networksUpTo(smallest), (azureCidr) => {
          const settings = parseSettings(configWith({ ...apart, azureCidr, vpnTopology }));
          const { clientSubnetCidr: client, gatewaySubnetCidr: gateway } = newNetworks(settings).azureNetwork;
          expect([client, gateway].every((part) => contains({ network: azureCidr, part }))).to.equal(true);
          expect(overlap(client, gateway)).to.equal(false);
          expect(prefixLength(client)).to.be.at.most(29);
          expect(prefixLength(gateway)).to.be.at.most(gatewayPrefix);
        }),
      );
    });

  it("can be set to themselves", () => {
    fc.assert(
      fc.property(networksUpTo(26), (azureCidr) => {
        const derived = parseSettings(configWith({ ...apart, azureCidr }));
        const { clientSubnetCidr, gatewaySubnetCidr } = newNetworks(derived).azureNetwork;
        const set = parseSettings(configWith({ ...apart, azureCidr, clientSubnetCidr, gatewaySubnetCidr }));
        expect(set).to.deep.equal(derived);
      }),
    );
  });
});

describe("any configuration at all", () => {
  const values = fc.oneof(
    fc.string(),
    fc.json(),
    fc.jsonValue().map((value) => JSON.stringify([{ name: value }])),
  );
  const configs = fc.dictionary(fc.constantFrom(...settingKeys), values);

  it("is accepted, or refused with lines that name setting, value, rule and fix", () => {
    fc.assert(
      fc.property(configs, (given) => {
        for (const line of complaints({ values: given })) {
          expect(line).to.match(/^ {2}\S.* (is .+|is not set|is set), but .+; .+$/);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("is refused as a whole, so that nothing is created from half of it", () => {
    fc.assert(
      fc.property(configs, fc.constantFrom(...settingKeys), (given, key) => {
        const broken = { ...given, [key]: "\u0000" };
        expect(() => parseSettings({ values: broken })).to.throw(SettingsError);
      }),
    );
  });
});
