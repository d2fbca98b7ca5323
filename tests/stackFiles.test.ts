import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { load } from "js-yaml";
import { parseSettings, type Settings } from "../settings/settings";
import type { RawConfig } from "../settings/reading";
import { newNetworks } from "./settings/validConfig";

const read = (name: string): unknown => load(readFileSync(path.join(__dirname, "..", name), "utf8"));

/** A stack file as Pulumi hands it over, with the defaults that Pulumi.yaml declares where asked for. */
function configOf(stack: string, defaults: "with defaults" | "without defaults"): RawConfig {
  const file = read(`Pulumi.${stack}.yaml`) as { config: Record<string, unknown> };
  const project = read("Pulumi.yaml") as { config: Record<string, { default?: unknown }> };
  const declared = Object.entries(project.config).map(([key, entry]) => [key, entry.default] as const);
  const set = Object.entries(file.config).map(
    ([key, value]) => [key.replace(/^azure-s3-privatelink:/, ""), value] as const,
  );
  const all = [...(defaults === "with defaults" ? declared : []), ...set];
  return { values: Object.fromEntries(all.flatMap(([key, value]) => asText(key, value))) };
}

function asText(key: string, value: unknown): [string, string][] {
  if (value === undefined) return [];
  return [[key, typeof value === "string" ? value : JSON.stringify(value)]];
}

const settingsOf = (stack: string): Settings => parseSettings(configOf(stack, "with defaults"));

describe("the stack files", () => {
  for (const stack of ["dev", "prod"]) {
    it(`of ${stack} mean the same with the defaults of Pulumi.yaml as with the schema's`, () => {
      expect(settingsOf(stack)).to.deep.equal(parseSettings(configOf(stack, "without defaults")));
    });
  }

  it("of dev are the source article's environment", () => {
    const settings = settingsOf("dev");
    expect(settings.azureNetwork).to.deep.equal({
      kind: "new",
      location: "japaneast",
      resourceGroup: undefined,
      cidr: "10.0.1.0/24",
      clientSubnetCidr: "10.0.1.0/28",
      gatewaySubnetCidr: "10.0.1.240/28",
      protection: false,
    });
    expect(settings.awsNetwork).to.deep.equal({
      kind: "new",
      cidr: "10.0.0.0/24",
      subnets: [{ key: "any", cidr: "10.0.0.0/24", zone: undefined }],
    });
    expect(settings.s3).to.deep.include({
      region: "ap-northeast-1",
      buckets: [{ name: "data", access: "read", bucketName: undefined, lockDays: undefined }],
      perimeter: "allow",
      sampleObject: true,
    });
    expect(settings.vpn.topology).to.include({ kind: "single-tunnel", sku: "Basic" });
    expect(settings.alarms).to.equal(undefined);
  });

  it("of prod survive the loss of a tunnel, a gateway instance or a zone, and keep everybody else out", () => {
    const settings = settingsOf("prod");
    const { vpn, alarms, s3 } = settings;
    expect(vpn.topology).to.include({ kind: "active-active", sku: "VpnGw2AZ" });
    expect(newNetworks(settings).awsNetwork.subnets.map(({ zone }) => zone)).to.deep.equal([
      "ap-northeast-1a",
      "ap-northeast-1c",
    ]);
    expect(vpn.tunnelLogs).to.equal(true);
    expect(s3).to.include({ perimeter: "enforced", sampleObject: false });
    expect(alarms?.emails).to.have.length.above(0);
    expect(s3.trustedPrincipals).not.to.deep.equal([]);
    expect(s3.buckets.map(({ access }) => access)).to.deep.equal(["read", "readWrite"]);
  });

  it("share no address, so that one company can run both", () => {
    const cidrs = ["dev", "prod"]
      .map((stack) => newNetworks(settingsOf(stack)))
      .flatMap(({ azureNetwork, awsNetwork }) => [azureNetwork.cidr, awsNetwork.cidr]);
    expect(cidrs).to.deep.equal(["10.0.1.0/24", "10.0.0.0/24", "10.1.0.0/22", "10.2.0.0/22"]);
  });
});
