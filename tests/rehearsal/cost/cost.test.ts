import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { type Cost, monthlyCost, usualUsage } from "../../../rehearsal/cost/cost";
import { readEstate } from "../../../rehearsal/estate/estate";
import { hasZones } from "../../../rehearsal/clouds/azure/location";
import { usualZones } from "../../../rehearsal/clouds/aws/ec2/zones";
import { everyRegion, priceList } from "../../../rehearsal/cost/prices";
import { pricesOf } from "../../../rehearsal/cost/pricesFile";
import { costInWords } from "../../../rehearsal/report/words";
import type { Recording } from "../../../rehearsal/model/recording";
import { joinedCases, rehearsedStack, stackCases } from "../fixtures/stacks";

const [dev, prod, all] = stackCases.map((given) => async () => (await rehearsedStack(given)).recording);
if (dev === undefined || prod === undefined || all === undefined) throw new Error("a case is missing");

const costOf = (recording: Recording, usage = usualUsage) => monthlyCost(readEstate(recording), usage);

describe("A month's cost", () => {
  it("of dev has a line for everything that is billed", async () => {
    const { lines, total, unpriced } = costOf(await dev());
    expect(
      lines.map(({ name, quantity, amount }) => [name, quantity, amount.low, amount.high]),
    ).to.deep.equal([
      ["Azure VPN gateway Basic", "1 × 730 hours", 26.28, 29.2],
      ["Azure public address", "1 × 730 hours", 3.65, 3.65],
      ["Azure data out to the internet", "10 GB", 0, 1.2],
      ["AWS VPN connection", "1 × 730 hours", 35.04, 35.04],
      ["AWS public address of a tunnel", "2 × 730 hours", 7.3, 7.3],
      ["S3 interface endpoint in one zone", "1 × 730 hours", 10.22, 10.22],
      ["S3 interface endpoint data", "110 GB", 1.1, 1.1],
      ["AWS data out to the internet", "100 GB", 11.4, 11.4],
      ["S3 Standard storage", "100 GB", 2.5, 2.5],
    ]);
    expect(total).to.deep.equal({ low: 97.49, high: 101.61 });
    expect(unpriced).to.deep.equal([]);
  });

  it("of prod counts both connections, four tunnels' addresses, two of Azure and two zones", async () => {
    const { lines } = costOf(await prod());
    const quantity = (name: string) => lines.find((line) => line.name === name)?.quantity;
    expect(quantity("AWS VPN connection")).to.equal("2 × 730 hours");
    expect(quantity("AWS public address of a tunnel")).to.equal("4 × 730 hours");
    expect(quantity("Azure public address")).to.equal("2 × 730 hours");
    expect(quantity("S3 interface endpoint in one zone")).to.equal("2 × 730 hours");
  });

  it("of prod counts what watches it, and what that keeps", async () => {
    const { lines } = costOf(await prod());
    const watching = ["AWS alarm", "Azure alert on one time series", "Azure gateway logs"];
    expect(
      lines
        .filter(({ name }) => watching.includes(name))
        .map(({ name, quantity, amount }) => [name, quantity, amount.low, amount.high]),
    ).to.deep.equal([
      ["AWS alarm", "6 × 1 month", 0.6, 0.6],
      ["Azure alert on one time series", "16 × 1 month", 0, 1.6],
      ["Azure gateway logs", "1 GB", 2.3, 3.6],
    ]);
  });

  it("of a stack that joins networks leaves out what others pay: their gateway and its addresses, whose ten tunnels may be taken", async () => {
    const gateways = async (given: (typeof joinedCases)[number]) =>
      costOf((await rehearsedStack(given)).recording)
        .lines.map(({ name }) => name)
        .filter((name) => /^Azure (VPN|public address)/.test(name));
    const [hub, vpc] = await Promise.all(joinedCases.map(gateways));
    expect(hub).to.deep.equal(["Azure VPN tunnel"]);
    expect(vpc).to.deep.equal(["Azure VPN gateway VpnGw2AZ", "Azure public address"]);
  });

  it("counts three months of every kind of logs, of which flow logs are delivered for money", async () => {
    const usage = { hours: 0, readGb: 0, writtenGb: 0, storedGb: 10, loggedGb: 5, requests: 0 };
    const { lines } = costOf(await all(), usage);
    expect(lines.map(({ name, quantity, amount }) => [name, quantity, amount.high])).to.deep.equal([
      ["Flow log delivery to S3", "5 GB", 1.9],
      ["S3 Standard storage", "55 GB", 1.38],
    ]);
  });

  it("counts what a trail records, the changes as free or as another copy, and nothing without a trail", async () => {
    const ofTrail = ({ name }: { name: string }) => name.startsWith("CloudTrail");
    const { lines } = costOf(await prod(), { ...usualUsage, requests: 2_000_000 });
    expect(
      lines
        .filter(ofTrail)
        .map(({ name, quantity, per, amount }) => [name, quantity, per, amount.low, amount.high]),
    ).to.deep.equal([
      ["CloudTrail data events", "2,000,000 events", "100,000 events", 2, 2],
      ["CloudTrail management events", "10,000 events", "100,000 events", 0, 0.2],
    ]);
    expect(costOf(await dev()).lines.filter(ofTrail)).to.deep.equal([]);
  });

  it("says that a trail has no price where the list has none, and never that it is free", async () => {
    const recording = await prod();
    const { date, prices } = priceList;
    const without = { ...priceList, prices: prices.filter(({ name }) => !name.startsWith("CloudTrail")) };
    const cost = monthlyCost(readEstate(recording), usualUsage, without);
    expect(cost.lines.filter(({ name }) => name.startsWith("CloudTrail"))).to.deep.equal([]);
    expect(cost.unpriced).to.deep.equal(
      ["data", "management"].map(
        (kind) => `CloudTrail ${kind} events: no price for ap-northeast-1 in the list of ${date}`,
      ),
    );
  });

  it("says that a DNS security policy is billed by the query, without a price of a month", async () => {
    const line = /^Azure DNS queries under a policy: no price for japaneast/;
    expect(costOf(await all()).unpriced.filter((one) => line.test(one))).to.have.length(1);
    expect(costOf(await dev()).unpriced.filter((one) => line.test(one))).to.have.length(0);
  });

  it("counts the client inside and its disk, and nothing of them where there is none", async () => {
    const ofMachine = ({ name }: { name: string }) => /machine|disk/.test(name);
    const lines = costOf(await all()).lines.filter(ofMachine);
    expect(
      lines.map(({ name, quantity, amount }) => [name, quantity, amount.low, amount.high]),
    ).to.deep.equal([
      ["Azure machine Standard_B2ats_v2", "1 × 730 hours", 6.86, 9.93],
      ["Azure disk of 32 GB, Standard SSD", "1 × 730 hours", 2.41, 2.7],
    ]);
    expect(costOf(await dev()).lines.filter(ofMachine)).to.deep.equal([]);
  });

  it("follows the hours and the data", async () => {
    const { lines, total } = costOf(await dev(), {
      hours: 0,
      readGb: 1000,
      writtenGb: 0,
      storedGb: 0,
      loggedGb: 0,
      requests: 1_000_000,
    });
    expect(lines.map(({ name, amount }) => [name, amount.high])).to.deep.equal([
      ["S3 interface endpoint data", 10],
      ["AWS data out to the internet", 114],
    ]);
    expect(total).to.deep.equal({ low: 124, high: 124 });
  });

  const inRegion = async (awsRegion: string) => {
    const recording = await dev();
    return costOf({ ...recording, outputs: { ...recording.outputs, awsRegion } });
  };

  it("says what it has no price for, and that the total is without it", async () => {
    const cost = await inRegion("eu-west-1");
    expect(cost.unpriced).to.deep.equal([
      `AWS VPN connection: no price for eu-west-1 in the list of ${priceList.date}`,
    ]);
    expect(costInWords(cost)).to.equal("at least USD 58 – 62, 1 line without a price");
  });

  it("of dev and prod is what the README says", async () => {
    const readme = readFileSync(join(__dirname, "../../../README.md"), "utf8");
    const [ofDev, ofProd] = await Promise.all([dev(), prod()]);
    const inReadme = ({ total: { low, high } }: Cost) => `${Math.round(low)} to ${Math.round(high)}`;
    expect(readme.replaceAll(/\s+/g, " ")).to.include(
      `At the prices of ${priceList.date} in ap-northeast-1 and japaneast, with 100 GB read, a month costs ${inReadme(costOf(ofDev))} USD for \`Pulumi.dev.yaml\` and ${inReadme(costOf(ofProd))} for \`Pulumi.prod.yaml\``,
    );
  });

  it("is unknown, never 0, where nothing has a price", () => {
    const nothing = { currency: "USD", total: { low: 0, high: 0 }, unpriced: ["one", "another"] };
    expect(costInWords(nothing)).to.equal("unknown, 2 lines without a price");
    expect(costInWords({ ...nothing, unpriced: [] })).to.equal("USD 0");
  });

  it("takes the prices of a file above its own", async () => {
    const price = { name: "AWS VPN connection", region: "ap-northeast-1", per: "hour", low: 1, high: 1 };
    const file = { date: "2026-11", currency: "USD", prices: [{ ...price, source: "our contract" }] };
    const cost = monthlyCost(
      readEstate(await dev()),
      usualUsage,
      pricesOf(JSON.stringify(file), "ours.json"),
    );
    expect(cost.lines.find(({ name }) => name === "AWS VPN connection")).to.deep.include({
      amount: { low: 730, high: 730 },
      source: "our contract",
    });
    expect(cost.date).to.equal(`2026-11 (ours.json) and ${priceList.date}`);
    expect(cost.unpriced).to.deep.equal([]);
  });
});

describe("The price list", () => {
  const names = [...new Set(priceList.prices.map(({ name }) => name))];

  it("has no price twice", () => {
    const keys = priceList.prices.map(({ name, region }) => `${name} ${region}`);
    expect(new Set(keys).size).to.equal(keys.length);
  });

  it("has no price of one region beside that of every region", () => {
    const everywhere = priceList.prices
      .filter(({ region }) => region === everyRegion)
      .map(({ name }) => name);
    expect(everywhere).to.include("S3 interface endpoint data");
    for (const name of everywhere)
      expect(
        priceList.prices.filter((price) => price.name === name),
        name,
      ).to.have.lengthOf(1);
  });

  it("names regions that both clouds have", () => {
    const unknown = priceList.prices.filter(
      ({ name, region }) =>
        region !== everyRegion &&
        (name.startsWith("Azure") ? hasZones(region) === "unknown" : usualZones(region).length === 1),
    );
    expect(unknown).to.deep.equal([]);
  });

  for (const [cloud, regions] of [
    ["AWS", ["us-east-1", "ap-northeast-1"]],
    ["Azure", ["eastus", "japaneast"]],
  ] as const)
    for (const region of regions)
      it(`has one price of everything of ${cloud} in ${region}`, () => {
        const ofCloud = names.filter((name) => name.startsWith("Azure") === (cloud === "Azure"));
        for (const name of ofCloud)
          expect(
            priceList.prices.filter(
              (price) => price.name === name && [region, everyRegion].includes(price.region),
            ),
            name,
          ).to.have.lengthOf(1);
      });

  it("has a date, a currency and a source for every figure, and no range upside down", () => {
    expect(priceList.date).to.match(/^\d{4}-\d{2}$/);
    expect(priceList.currency).to.match(/^[A-Z]{3}$/);
    for (const { name, low, high, source } of priceList.prices) {
      expect(source, name).to.match(/^(guess: )?https:\/\//);
      expect(low, name).to.be.at.most(high);
    }
  });
});
