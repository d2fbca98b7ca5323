import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cloudTypes } from "../../../rehearsal/clouds/cloudTypes";
import { SimulatedClouds } from "../../../rehearsal/clouds/clouds";
import { isList, isProps } from "../../../rehearsal/model/values";
import { UNKNOWN, type Props, type Value } from "../../../rehearsal/model/recording";
import { awsNetworkRows, securityGroupRows } from "./awsNetworkRows";
import { awsVpnRows } from "./awsVpnRows";
import { azureConnectionRows } from "./azureConnectionRows";
import { azureGatewayRows } from "./azureGatewayRows";
import { azureNetworkRows } from "./azureNetworkRows";
import { clientEstate } from "./clientEstate";
import { clientRows } from "./clientRows";
import { dnsEstate, dnsRows } from "./dnsRows";
import { endpointRows } from "./endpointRows";
import { logEstate } from "./logEstate";
import { logRows } from "./logRows";
import { changeRows, deletionRows } from "./lifeRows";
import { peeringRows, spokeEstate } from "./peeringRows";
import { s3Rows } from "./s3Rows";
import { build, place, type Built } from "./estates";
import { s3Estate } from "./s3Estate";
import { bgpEstate, staticEstate } from "./vpnEstates";
import { watchEstate } from "./watchEstate";
import { watchRows } from "./watchRows";

const estates = {
  static: staticEstate,
  BGP: bgpEstate,
  S3: s3Estate,
  logs: logEstate,
  watched: watchEstate,
  client: clientEstate,
  peered: spokeEstate,
  "DNS policy": dnsEstate,
};
const creationRows = [
  ...azureNetworkRows,
  ...azureGatewayRows,
  ...azureConnectionRows,
  ...peeringRows,
  ...dnsRows,
  ...clientRows,
  ...awsNetworkRows,
  ...securityGroupRows,
  ...endpointRows,
  ...awsVpnRows,
  ...s3Rows,
  ...watchRows,
  ...logRows,
];
const sourced = /^(guess: .|https:\/\/\S|rehearsal\/)/;

describe("the simulated clouds", () => {
  for (const [name, estate] of Object.entries(estates)) {
    it(`refuse nothing of the good ${name} estate`, () => {
      expect(build(estate).refusals).to.deep.equal([]);
    });

    it(`refuse nothing of the ${name} estate for what a preview does not know yet`, () => {
      const built = build(estate);
      const refusals = [...built.orders.keys()].flatMap((of) => refusalsOfUnknowns(built, of));
      expect(refusals).to.deep.equal([]);
    });

    it(`let the ${name} estate go in the reverse order of its creation, and nothing remains`, () => {
      const { clouds, orders, made } = build(estate);
      const refusals = [...orders.keys()]
        .reverse()
        .flatMap((of) => clouds.delete(made(of).type, made(of).id));
      expect(refusals).to.deep.equal([]);
      expect(clouds.resources()).to.deep.equal([]);
    });

    it(`answer the same for the ${name} estate from run to run`, () => {
      expect(build(estate).clouds.snapshot()).to.deep.equal(build(estate).clouds.snapshot());
    });
  }

  it("have a good example of every type", () => {
    const shown = Object.values(estates).flatMap((estate) => Object.values(estate).map(({ type }) => type));
    expect([...new Set(shown)].sort()).to.deep.equal(Object.keys(cloudTypes).sort());
  });

  it("refuse a type that they do not know, and echo nothing", () => {
    const clouds = new SimulatedClouds(place);
    const order = { urn: "urn", type: "aws:ec2/instance:Instance", name: "vm", inputs: { ami: "ami-1" } };
    expect(clouds.check(order).refusals.map(({ code }) => code)).to.deep.equal(["UnknownResourceType"]);
    const { resource, refusals } = clouds.create(order);
    expect(resource).to.equal(undefined);
    expect(refusals.map(({ code }) => code)).to.deep.equal(["UnknownResourceType"]);
    expect(clouds.resources()).to.deep.equal([]);
  });
});

describe("a creation is refused", () => {
  for (const { title, estate, of, changes, code, property } of creationRows)
    it(`${of}: ${code} for ${title}`, () => {
      const refusals = build(estate, changes).refusals.filter((refusal) => refusal.of === of);
      const found = refusals.filter((refusal) => refusal.code === code);
      expect(found, JSON.stringify(refusals)).to.have.length.at.least(1);
      if (property !== undefined) expect(found.map((refusal) => refusal.property)).to.include(property);
      for (const refusal of refusals) expect(refusal.source).to.match(sourced);
    });
});

describe("a change", () => {
  for (const { title, estate, of, change, code } of changeRows)
    it(`${code === undefined ? "is taken" : `is refused with ${code}`}: ${of}, ${title}`, () => {
      const { clouds, orders, made } = build(estate);
      const order = orders.get(of);
      if (order === undefined) throw new Error(`the estate has no ${of}`);
      const changed = { ...order, inputs: { ...order.inputs, ...change } };
      const codes = clouds.update(changed, made(of).id).refusals.map((refusal) => refusal.code);
      expect([...new Set(codes)]).to.deep.equal(code === undefined ? [] : [code]);
    });

  it("of a pre-shared key is accepted by Azure, and the old key stays", () => {
    const { clouds, orders, made } = build(staticEstate);
    const order = orders.get("azureConnection1");
    if (order === undefined) throw new Error("the estate lost its connection");
    const { id, type, inputs } = made("azureConnection1");
    const outcome = clouds.update({ ...order, inputs: { ...inputs, sharedKey: "AnotherKeyAltogether" } }, id);
    expect(outcome.refusals).to.deep.equal([]);
    expect(clouds.find(type, id)?.outputs["sharedKey"]).to.equal(inputs["sharedKey"]);
  });

  it("keeps the addresses that the cloud gave", () => {
    const { clouds, orders, made } = build(staticEstate);
    const order = orders.get("connection1");
    if (order === undefined) throw new Error("the estate lost its connection");
    const before = made("connection1");
    const changed = { ...order, inputs: { ...order.inputs, tunnel1PresharedKey: "AnotherKeyAltogether" } };
    const after = clouds.update(changed, before.id).resource?.outputs;
    expect(after?.["tunnel1Address"]).to.equal(before.outputs["tunnel1Address"]);
    expect(after?.["tunnel1PresharedKey"]).to.equal("AnotherKeyAltogether");
  });

  it("of what is not there is refused", () => {
    const { clouds, orders } = build(staticEstate);
    const order = orders.get("vpc");
    if (order === undefined) throw new Error("the estate lost its VPC");
    expect(clouds.update(order, "vpc-0gone").refusals.map(({ code }) => code)).to.deep.equal(["NotFound"]);
  });
});

describe("a deletion", () => {
  for (const { title, estate, of, code } of deletionRows)
    it(`is refused with ${code}: ${title}`, () => {
      const { clouds, made } = build(estate);
      const codes = clouds.delete(made(of).type, made(of).id).map((refusal) => refusal.code);
      expect([...new Set(codes)]).to.deep.equal([code]);
      expect(clouds.find(made(of).type, made(of).id)).to.deep.equal(made(of));
    });

  it("of a resource group takes everything in it along", () => {
    const { clouds, made } = build(staticEstate);
    expect(clouds.delete(made("group").type, made("group").id)).to.deep.equal([]);
    expect(clouds.resources().filter(({ type }) => type.startsWith("azure-native:"))).to.deep.equal([]);
    expect(clouds.find(made("vpc").type, made("vpc").id)).not.to.equal(undefined);
  });

  it("of a bucket's settings leaves its objects", () => {
    const { clouds, made } = build(s3Estate);
    const settings = clouds
      .resources()
      .filter(({ type, id }) => type !== made("bucket").type && id === made("bucket").id);
    expect(settings).to.have.length.greaterThan(4);
    for (const { type, id } of settings) expect(clouds.delete(type, id)).to.deep.equal([]);
    expect(clouds.find(made("object").type, made("object").id)).to.deep.equal(made("object"));
  });

  it("of what is gone already succeeds", () => {
    expect(new SimulatedClouds(place).delete("aws:ec2/vpc:Vpc", "vpc-0gone")).to.deep.equal([]);
  });
});

describe("every refusal", () => {
  // A rule without a row here could stop firing and nobody would notice.
  it("of the clouds' files has a row that shows it", () => {
    const shown = new Set([...creationRows, ...changeRows, ...deletionRows].map(({ code }) => code));
    const folder = join(__dirname, "../../../rehearsal/clouds");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    const written = files
      .filter((file) => file.endsWith(".ts"))
      .flatMap((file) =>
        [...readFileSync(join(folder, file), "utf8").matchAll(/(?:code|missing|inUse): "([\w.]+)"/g)].map(
          ([, code]) => code,
        ),
      );
    // Shown above and in surroundings.test.ts, without an estate.
    const elsewhere = ["UnknownResourceType", "NotFound", "OwnedByOthers"];
    expect(
      [...new Set(written)].filter((code) => !shown.has(code) && !elsewhere.includes(code ?? "")),
    ).to.deep.equal([]);
  });

  it("leaves the secret out of its message", () => {
    const secrets = ["with-hyphen", "with space", "0startsWithZero"];
    const messages = creationRows.flatMap((row) => build(row.estate, row.changes).refusals);
    const told = messages.filter(
      ({ property = "", message }) =>
        /Key$/.test(property) && secrets.some((secret) => message.includes(secret)),
    );
    expect(told).to.deep.equal([]);
  });
});

/** The refusals of one resource with each of its values in turn not known yet. */
function refusalsOfUnknowns({ clouds, orders, made }: Built, of: string): unknown[] {
  const order = orders.get(of);
  if (order === undefined) return [];
  return unknownVariants(order.inputs).flatMap((inputs) => {
    const asUpdate = made(of).id;
    return isProps(inputs) ? [...clouds.refusals({ ...order, inputs }, asUpdate)] : [];
  });
}

/** A value with one leaf, node or list item after the other replaced by UNKNOWN. */
function unknownVariants(value: Value): Value[] {
  if (isList(value))
    return value.flatMap((item, at) =>
      [UNKNOWN, ...unknownVariants(item)].map((variant) => [
        ...value.slice(0, at),
        variant,
        ...value.slice(at + 1),
      ]),
    );
  if (!isProps(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    [UNKNOWN, ...unknownVariants(inner)].map((variant): Props => ({ ...value, [key]: variant })),
  );
}
